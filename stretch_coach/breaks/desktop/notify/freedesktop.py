"""Desktop notifications on Linux: `org.freedesktop.Notifications`, directly over D-Bus.

Specification: https://specifications.freedesktop.org/notification-spec/1.2/
"""

import contextlib
from collections import deque
from typing import Any

from jeepney import DBusAddress

from stretch_coach.breaks.desktop.bus import PATIENCE_SECONDS, Bus, BusError, BusGoneError, Signal
from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError, one_line
from stretch_coach.breaks.desktop.sockets import SESSION
from stretch_coach.breaks.prompt import Choice

SERVICE = "org.freedesktop.Notifications"
_ADDRESS = DBusAddress("/org/freedesktop/Notifications", bus_name=SERVICE, interface=SERVICE)
_APP = "Stretch Coach"
_ICON = "appointment-soon"  # a name of the icon naming specification
_DEFAULT = "default"  # the action of a click on the notification itself
# Services whose names start with this draw a button for the default action too, if it has a label.
_DRAWS_DEFAULT = "Xfce"
_SOUND = "message-new-instant"  # a name of the sound naming specification
_NORMAL_URGENCY = 1
_DISMISSED = 2
_NEVER_EXPIRES, _EXPIRES_BY_DEFAULT = 0, -1
_MAX_NAME_LENGTH = 60
_CURE = "Start a notification service such as dunst or mako, or run this inside a desktop session."


class DesktopPrompter:
    """Shows notifications through the desktop's notification service.

    Args:
        address: The session bus.
        patience: Seconds that each call of the service may take.

    Raises:
        PromptError: There is no session bus, or no notification service on it.
    """

    def __init__(self, address: str = SESSION, *, patience: float = PATIENCE_SECONDS) -> None:
        self._capabilities: frozenset[str] = frozenset()
        self._default_label = True
        self._service = ""  # the unique name of the process that answers; it changes when the service restarts
        self._shown: int | None = None
        self._last = 0
        self._choices: dict[str, Choice] = {}
        self._signals: deque[Signal] = deque(maxlen=64)
        self._service_left = False
        try:
            self._bus = Bus(address, self._hear, patience=patience)
        except BusError as error:
            raise PromptError("notifications", f"{error}.".capitalize(), _CURE) from error
        try:
            # Subscribe before anything is shown, or a fast answer is lost.
            self._bus.subscribe(interface=SERVICE, path=_ADDRESS.object_path)
            self._bus.subscribe(sender="org.freedesktop.DBus", member="NameOwnerChanged", arg0=SERVICE)
            self.name = self._meet_service()
        except BusError as error:
            self._bus.close()
            raise PromptError("notifications", f"Notifications are unavailable: {error}.", _CURE) from error

    def show(self, notification: Notification) -> None:
        """Show a notification in place of the one before.

        Raises:
            PromptError: The service or the bus is gone, or the service refuses.
        """
        try:
            if self._service_left:
                self._bus.drain()
                self.name = self._meet_service()
            self._shown = None
            self._signals.clear()
            self._choices = {choice.value: choice for choice, _ in notification.choices} if self.can_answer() else {}
            if self._choices:
                self._choices[_DEFAULT] = notification.choices[0][0]
            arguments = self._arguments(notification)
            reply = self._bus.call(_ADDRESS, "Notify", "susssasa{sv}i", arguments, returns="u")
        except BusError as error:
            self._last = 0
            raise PromptError("notifications", f"The prompt could not be shown ({error}).", _CURE) from error
        if reply.sender != self._service:  # the service restarted in between, and may have other capabilities
            self._service_left = True
            self._service = reply.sender
        self._shown = self._last = reply.body[0]

    def withdraw(self) -> None:
        """Remove the notification, if one is shown."""
        if self._shown is not None:
            self._bus.notify(_ADDRESS, "CloseNotification", "u", self._shown)
            self._shown = None

    def answers(self) -> list[Choice]:
        """Return the answers since the last call. Closing a notification that was answered is not an answer.

        Raises:
            PromptError: The bus is gone, or the service has ended and the notification with it.
        """
        try:
            self._bus.drain()
        except BusGoneError as error:
            raise PromptError("notifications", f"The prompt is gone: {error}.", _CURE) from error
        if self._shown is None:
            self._signals.clear()
            return []
        signals = [one for one in self._signals if self._is_ours(one)]
        self._signals.clear()
        chosen = [self._choices[one.body[1]] for one in signals if self._is_answer(one)]
        if not chosen and any(one.member == "NotificationClosed" and one.body[1] == _DISMISSED for one in signals):
            chosen = [Choice.DISMISSED]
        if not chosen and self._service_left:
            self._shown = None
            self._last = 0
            raise PromptError("notifications", "The notification service has ended, and the prompt with it.", _CURE)
        return chosen

    def can_answer(self) -> bool:
        """Return whether the service offers buttons."""
        return "actions" in self._capabilities

    def descriptors(self) -> list[int]:
        """Return the descriptor of the connection to the bus."""
        return [self._bus.fileno()]

    def close(self) -> None:
        """Disconnect from the bus."""
        self._bus.close()

    def _meet_service(self) -> str:
        """Ask the service for its name and capabilities; the bus starts the service if it knows how."""
        reply = self._bus.call(_ADDRESS, "GetCapabilities", returns="as")
        self._service = reply.sender
        self._capabilities = frozenset(reply.body[0])
        self._service_left = False
        self._last = 0
        about = self._bus.call(_ADDRESS, "GetServerInformation", returns="ssss").body
        self._default_label = not about[0].startswith(_DRAWS_DEFAULT)
        return f"desktop notifications ({one_line(about[0][:_MAX_NAME_LENGTH])})"

    def _arguments(self, notification: Notification) -> tuple[Any, ...]:
        choices = notification.choices if self._choices else ()
        actions = [text for choice, label in choices for text in (choice.value, _encodable(label))]
        if self._choices:
            actions = [_DEFAULT, actions[1] if self._default_label else "", *actions]
        hints = {
            "urgency": ("y", _NORMAL_URGENCY),
            "desktop-entry": ("s", "stretch-coach"),
            "transient": ("b", not notification.stays),
        }
        hints |= {"sound-name": ("s", _SOUND)} if notification.sounds else {"suppress-sound": ("b", True)}
        body = _encodable(notification.body)
        if "body-markup" in self._capabilities:
            body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        expires = _NEVER_EXPIRES if notification.stays else _EXPIRES_BY_DEFAULT
        return (_APP, self._last, _ICON, _encodable(notification.title), body, actions, hints, expires)

    def _hear(self, signal: Signal) -> None:
        if signal.sender == "org.freedesktop.DBus":
            if signal.member == "NameOwnerChanged" and signal.signature == "sss":
                name, before, _ = signal.body
                self._service_left = self._service_left or (name == SERVICE and before == self._service)
        elif signal.interface == SERVICE and (self._shown is None or self._is_ours(signal)):
            self._signals.append(signal)

    def _is_ours(self, signal: Signal) -> bool:
        """Return whether a signal is about our notification, from the service that shows it.

        A service that restarts uses the same ids again.
        """
        fits = (signal.member, signal.signature) in (("ActionInvoked", "us"), ("NotificationClosed", "uu"))
        return fits and signal.sender == self._service and signal.body[0] == self._shown

    def _is_answer(self, signal: Signal) -> bool:
        return signal.member == "ActionInvoked" and signal.body[1] in self._choices


class ServiceWatch:
    """Waits on the session bus for a notification service to start.

    Args:
        address: The session bus.

    Raises:
        BusError: There is no session bus.
    """

    def __init__(self, address: str = SESSION) -> None:
        self._has_started = False
        self._bus = Bus(address, self._hear)
        try:
            self._bus.subscribe(sender="org.freedesktop.DBus", member="NameOwnerChanged", arg0=SERVICE)
        except BusError:
            self._bus.close()
            raise

    def has_started(self) -> bool:
        """Return whether a service has started or the bus has gone, so that it is time to choose a prompter again."""
        try:
            self._bus.drain()
        except BusGoneError:
            self._has_started = True
        return self._has_started

    def descriptors(self) -> list[int]:
        """Return the descriptor of the connection to the bus."""
        return [self._bus.fileno()]

    def close(self) -> None:
        """Disconnect from the bus."""
        self._bus.close()

    def _hear(self, signal: Signal) -> None:
        if signal.member == "NameOwnerChanged" and signal.signature == "sss" and signal.body[0] == SERVICE:
            self._has_started = self._has_started or bool(signal.body[2])


def open_service_watch(address: str = SESSION) -> ServiceWatch | None:
    """Return a watch for a notification service, or None without a bus."""
    with contextlib.suppress(BusError):
        return ServiceWatch(address)
    return None


def _encodable(text: str) -> str:
    """Return a text that D-Bus accepts: without NUL, and in valid Unicode."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
