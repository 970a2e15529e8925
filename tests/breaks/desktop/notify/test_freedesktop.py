"""Desktop notifications through a service on a fake bus."""

import select
from collections.abc import Iterator

import pytest

pytest.importorskip("jeepney", reason="D-Bus and Wayland are Linux's")

from stretch_coach.breaks.desktop.bus import BusError
from stretch_coach.breaks.desktop.notify.freedesktop import DesktopPrompter, ServiceWatch, open_service_watch
from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError
from stretch_coach.breaks.prompt import Choice
from tests.breaks.desktop.fake_bus import NOTIFICATIONS, FakeBus, NotificationService, wait_until

BREAK = Notification(
    "Time for a break",
    "Screen break <3 minutes> & more",
    ((Choice.START, "Start"), (Choice.SNOOZE, "Snooze 5 min"), (Choice.SKIP, "Skip")),
    stays=True,
)


@pytest.fixture
def service(bus: FakeBus) -> NotificationService:
    """A service that clicks nothing until a test says so."""
    return NotificationService(bus)


@pytest.fixture
def prompter(bus: FakeBus, service: NotificationService) -> Iterator[DesktopPrompter]:
    assert service
    opened = DesktopPrompter(bus.address)
    yield opened
    opened.close()


def next_answers(prompter: DesktopPrompter) -> list[Choice]:
    """Wait for answers as the watcher does."""
    found: list[Choice] = []

    def look() -> bool:
        select.select(prompter.descriptors(), [], [], 0.2)
        found.extend(prompter.answers())
        return bool(found)

    wait_until(look, "an answer arrived")
    return found


class TestAnswers:
    def test_each_button_is_an_answer_and_each_notification_replaces_the_last(
        self, service: NotificationService, prompter: DesktopPrompter
    ) -> None:
        service.clicks = ["Snooze 5 min", "Skip", "Start"]
        answers = []
        for _ in range(3):
            prompter.show(BREAK)
            answers += next_answers(prompter)
        assert answers == [Choice.SNOOZE, Choice.SKIP, Choice.START]
        assert [arguments[1] for arguments in service.shown] == [0, 1, 1]

    def test_dismissing_is_an_answer_and_expiring_is_not(
        self, service: NotificationService, prompter: DesktopPrompter
    ) -> None:
        prompter.show(BREAK)
        service.send("NotificationClosed", "uu", 1, 1)
        select.select(prompter.descriptors(), [], [], 5)
        assert prompter.answers() == []
        service.send("NotificationClosed", "uu", 1, 2)
        assert next_answers(prompter) == [Choice.DISMISSED]

    def test_a_click_on_the_notification_means_its_first_choice(
        self, service: NotificationService, prompter: DesktopPrompter
    ) -> None:
        prompter.show(BREAK)
        service.send("ActionInvoked", "us", 1, "default")
        assert next_answers(prompter) == [Choice.START]

    def test_other_notifications_keys_and_senders_are_ignored(
        self, service: NotificationService, prompter: DesktopPrompter
    ) -> None:
        prompter.show(BREAK)
        service.send("ActionInvoked", "us", 99, "start")
        service.send("NotificationClosed", "uu", 99, 2)
        service.send("ActionInvoked", "us", 1, "made-up")
        service.send("ActionInvoked", "us", 1, "start", sender=":1.77")
        service.send("ActionInvoked", "us", 1, "skip")
        assert next_answers(prompter) == [Choice.SKIP]

    def test_nothing_is_heard_after_withdrawing(
        self, bus: FakeBus, service: NotificationService, prompter: DesktopPrompter
    ) -> None:
        prompter.show(BREAK)
        prompter.withdraw()
        wait_until(lambda: ("CloseNotification", (1,)) in bus.calls, "it was closed")
        service.send("ActionInvoked", "us", 1, "start")
        select.select(prompter.descriptors(), [], [], 5)
        assert prompter.answers() == []


class TestNotification:
    @pytest.mark.parametrize(
        ("capabilities", "body", "buttons"),
        [
            (("body", "actions"), "Screen break <3 minutes> & more", 8),
            (("body", "actions", "body-markup"), "Screen break &lt;3 minutes&gt; &amp; more", 8),
            (("body",), "Screen break <3 minutes> & more", 0),
        ],
    )
    def test_uses_the_capabilities_of_the_service(
        self, bus: FakeBus, capabilities: tuple[str, ...], body: str, buttons: int
    ) -> None:
        service = NotificationService(bus, capabilities=capabilities)
        prompter = DesktopPrompter(bus.address)
        prompter.show(BREAK)
        [arguments] = service.shown
        assert (arguments[4], len(arguments[5]), prompter.can_answer()) == (body, buttons, buttons > 0)
        assert arguments[7] == 0
        prompter.close()

    @pytest.mark.parametrize(("name", "label"), [("dunst", "Start"), ("Xfce Notify Daemon", "")])
    def test_a_service_that_would_draw_the_default_action_gets_none_to_draw(
        self, bus: FakeBus, name: str, label: str
    ) -> None:
        service = NotificationService(bus, name=name)
        prompter = DesktopPrompter(bus.address)
        prompter.show(BREAK)
        assert service.shown[0][5][:4] == ["default", label, "start", "Start"]
        prompter.close()

    def test_text_that_d_bus_does_not_accept_is_replaced(
        self, service: NotificationService, prompter: DesktopPrompter
    ) -> None:
        prompter.show(Notification("a\0b", "\ud800"))
        assert service.shown[0][3:5] == ("ab", "?")

    def test_the_name_of_the_service_is_printable(self, bus: FakeBus) -> None:
        NotificationService(bus, name="\x1b]0;PWN\x07X" + "y" * 500)
        prompter = DesktopPrompter(bus.address)
        assert prompter.name.isprintable()
        assert len(prompter.name) < 100
        prompter.close()


class TestLosses:
    def test_a_service_that_ends_takes_its_notification_along_and_its_successor_is_used(
        self, bus: FakeBus, service: NotificationService, prompter: DesktopPrompter
    ) -> None:
        prompter.show(BREAK)
        service.leave()
        with pytest.raises(PromptError, match="has ended"):
            next_answers(prompter)
        with pytest.raises(PromptError, match="could not be shown"):
            prompter.show(BREAK)
        successor = NotificationService(bus, "Start")
        prompter.show(BREAK)
        assert next_answers(prompter) == [Choice.START]
        assert successor.shown[-1][1] == 0

    def test_a_lost_bus_is_an_error(self, bus: FakeBus, prompter: DesktopPrompter) -> None:
        prompter.show(BREAK)
        bus.stop()
        with pytest.raises(PromptError, match="gone"):
            next_answers(prompter)
        with pytest.raises(PromptError, match="could not be shown"):
            prompter.show(BREAK)
        with pytest.raises(PromptError, match="bus does not answer"):
            DesktopPrompter("unix:path=/nonexistent")

    def test_a_bus_without_a_service_is_an_error_with_a_cure(self, bus: FakeBus) -> None:
        with pytest.raises(PromptError, match="Notifications are unavailable") as missing:
            DesktopPrompter(bus.address)
        assert "dunst" in missing.value.hint


class TestServiceWatch:
    def test_notices_a_service_that_starts(self, bus: FakeBus) -> None:
        watch = ServiceWatch(bus.address)
        bus.change_owner("org.example.Other", "", ":1.5")
        bus.change_owner(NOTIFICATIONS, ":1.5", "")
        bus.emit("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameOwnerChanged", "s", NOTIFICATIONS)
        select.select(watch.descriptors(), [], [], 5)
        assert not watch.has_started()
        bus.change_owner(NOTIFICATIONS, "", ":1.5")
        wait_until(watch.has_started, "it was noticed")
        watch.close()

    def test_a_bus_that_ends_is_worth_another_attempt(self, bus: FakeBus) -> None:
        watch = ServiceWatch(bus.address)
        bus.stop()
        assert watch.has_started()
        watch.close()

    def test_there_is_none_without_a_bus(self) -> None:
        assert open_service_watch("unix:path=/nonexistent") is None
        with pytest.raises(BusError):
            ServiceWatch("unix:path=/nonexistent")
