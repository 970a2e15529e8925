"""Desktop notifications on Linux: ``org.freedesktop.Notifications``, straight over D-Bus.

Specification: https://specifications.freedesktop.org/notification-spec/1.2/
"""

from collections import deque
from typing import Any

from jeepney import DBusAddress

from stretch_coach.breaks.bus import Bus, BusError, BusGoneError, Signal
from stretch_coach.breaks.prompt import Choice, Notice, PromptError

SERVICE = "org.freedesktop.Notifications"
_ADDRESS = DBusAddress("/org/freedesktop/Notifications", bus_name=SERVICE, interface=SERVICE)
_APP = "Stretch Coach"
_ICON = "appointment-soon"  # of the standard icon names
_DEFAULT = "default"  # the action of a click on the notice itself
_SOUND = "message-new-instant"  # a name of the freedesktop sound naming specification
_NORMAL_URGENCY = 1
_DISMISSED = 2
_NEVER, _AS_THE_DESKTOP_DOES = 0, -1
_CURE = "Start a notification service such as dunst or mako, or run this inside a desktop session."


class DesktopPrompter:
    """Notices shown by the desktop's notification service.

    Args:
        address: ``SESSION``, or a bus's own address.

    Raises:
        PromptError: There is no session bus, or no notification service on it.
    """

    def __init__(self, address: str = "SESSION") -> None:
        self._capabilities: frozenset[str] = frozenset()
        self._service = ""  # the unique name of what answers: after its restart it is another one
        self._shown: int | None = None
        self._last = 0
        self._choices: dict[str, Choice] = {}
        self._heard: deque[Signal] = deque(maxlen=64)
        self._service_left = False
        try:
            self._bus = Bus(address, self._hear)
        except BusError as error:
            raise PromptError("notifications", f"{error}.".capitalize(), _CURE) from error
        try:
            # Before anything is shown, or a fast answer is lost.
            self._bus.listen(interface=SERVICE, path=_ADDRESS.object_path)
            self._bus.listen(sender="org.freedesktop.DBus", member="NameOwnerChanged", arg0=SERVICE)
            self.name = self._meet()
        except BusError as error:
            self._bus.close()
            raise PromptError("notifications", f"There is no notification service ({error}).", _CURE) from error

    def show(self, notice: Notice) -> None:
        """Show a notice in place of the one before.

        Raises:
            PromptError: The service or the bus is gone, or the service refuses.
        """
        try:
            if self._service_left:
                self._bus.take_in()
                self.name = self._meet()
            self._shown = None
            self._heard.clear()
            self._choices = {choice.value: choice for choice, _ in notice.choices} if self.can_answer() else {}
            if self._choices:
                self._choices[_DEFAULT] = notice.choices[0][0]
            reply = self._bus.call(_ADDRESS, "Notify", "susssasa{sv}i", *self._arguments(notice))
        except BusError as error:
            self._last = 0
            raise PromptError("notifications", f"The notice could not be shown ({error}).", _CURE) from error
        if reply.sender != self._service:  # restarted in between; what it can do may be another matter
            self._service_left = True
            self._service = reply.sender
        self._shown = self._last = int(reply.body[0])

    def withdraw(self) -> None:
        """Take the notice away, if one is shown."""
        if self._shown is not None:
            self._bus.tell(_ADDRESS, "CloseNotification", "u", self._shown)
            self._shown = None

    def answers(self) -> list[Choice]:
        """What was answered since this was last asked; the end of an answered notice says no more.

        Raises:
            PromptError: The bus is gone, or the service has ended and the notice with it.
        """
        try:
            self._bus.take_in()
        except BusGoneError as error:
            raise PromptError("notifications", f"The notice is gone: {error}.", _CURE) from error
        if self._shown is None:
            self._heard.clear()
            return []
        heard = [one for one in self._heard if self._is_ours(one)]
        self._heard.clear()
        chosen = [self._choices[one.body[1]] for one in heard if self._is_answer(one)]
        if not chosen and any(one.member == "NotificationClosed" and one.body[1] == _DISMISSED for one in heard):
            chosen = [Choice.DISMISSED]
        if not chosen and self._service_left:
            self._shown = None
            self._last = 0
            raise PromptError("notifications", "The notification service has ended, and the notice with it.", _CURE)
        return chosen

    def can_answer(self) -> bool:
        """Whether the service offers buttons."""
        return "actions" in self._capabilities

    def descriptors(self) -> list[int]:
        """The connection to the bus."""
        return [self._bus.fileno()]

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def _meet(self) -> str:
        """Ask the service what it can do, starting it if the desktop knows how."""
        reply = self._bus.call(_ADDRESS, "GetCapabilities")
        self._service = reply.sender
        self._capabilities = frozenset(reply.body[0])
        self._service_left = False
        self._last = 0
        about = self._bus.call(_ADDRESS, "GetServerInformation").body
        return f"desktop notifications ({about[0]})"

    def _arguments(self, notice: Notice) -> tuple[Any, ...]:
        actions = [text for pair in notice.choices for text in (pair[0].value, _plain(pair[1]))]
        buttons = [_DEFAULT, actions[1], *actions] if self._choices else []
        hints = {
            "urgency": ("y", _NORMAL_URGENCY),
            "desktop-entry": ("s", "stretch-coach"),
            "transient": ("b", not notice.stays),
        }
        hints |= {"sound-name": ("s", _SOUND)} if notice.sounds else {"suppress-sound": ("b", True)}
        body = _plain(notice.body)
        if "body-markup" in self._capabilities:
            body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        expires = _NEVER if notice.stays else _AS_THE_DESKTOP_DOES
        return (_APP, self._last, _ICON, _plain(notice.title), body, buttons, hints, expires)

    def _hear(self, signal: Signal) -> None:
        if signal.member == "NameOwnerChanged" and signal.sender == "org.freedesktop.DBus":
            name, before, _ = signal.body
            if name == SERVICE and before == self._service:
                self._service_left = True
        elif signal.interface == SERVICE and (self._shown is None or self._is_ours(signal)):
            self._heard.append(signal)

    def _is_ours(self, signal: Signal) -> bool:
        """Whether it is about our notice, and from the service that shows it: ids are used again after a restart."""
        return len(signal.body) > 1 and signal.sender == self._service and signal.body[0] == self._shown

    def _is_answer(self, signal: Signal) -> bool:
        return signal.member == "ActionInvoked" and signal.body[1] in self._choices


def _plain(text: str) -> str:
    """Text that D-Bus takes: no NUL, and nothing that is not Unicode."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
