"""Notifications are shown by whatever there is, and by something better as soon as there is."""

import io
import itertools
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("jeepney", reason="D-Bus and Wayland are Linux's")

from stretch_coach.breaks.desktop.notify.notification import Notification, PromptError
from stretch_coach.breaks.desktop.notify.notifier import Notifier, PrompterChoice, choose_prompter
from tests.breaks.desktop.fake_bus import NOTIFICATIONS, FakeBus, NotificationService, wait_until
from tests.breaks.fakes import GONE, FakePrompter

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTIFICATION = Notification("Time for a break", "Micro-break.")
MISSING = PromptError("notifications", "There is no service.", "Start one.")


class FakeWatch:
    """Reports a service when a test says so."""

    def __init__(self) -> None:
        self.started = False
        self.is_open = True

    def has_started(self) -> bool:
        return self.started

    def descriptors(self) -> list[int]:
        return []

    def close(self) -> None:
        self.is_open = False


def notifier_of(*choices: PrompterChoice) -> Notifier:
    """Return a notifier that opens these prompters one after the other."""
    left: Iterator[PrompterChoice] = iter(choices)
    return Notifier(lambda: next(left))


class TestLoss:
    def test_a_notification_is_shown_again_by_the_next_prompter(self) -> None:
        first, second = FakePrompter(), FakePrompter()
        notifier = notifier_of(PrompterChoice(first), PrompterChoice(second))
        notifier.show(lambda _: NOTIFICATION, 0.0)
        first.fails = True
        assert notifier.answers(1.0) == []
        assert not first.is_open
        assert notifier.trouble == "The service is gone. Start one."
        assert notifier.wait_seconds(1.0) == 2.0
        notifier.keep_up(2.0)
        assert second.shown == []
        notifier.keep_up(3.0)
        assert second.shown == [NOTIFICATION]
        assert notifier.trouble == ""
        assert notifier.wait_seconds(3.0) is None

    def test_a_prompter_that_keeps_failing_is_tried_less_and_less_often(self) -> None:
        attempts: list[float] = []
        prompter = FakePrompter()
        prompter.fails = True

        def choose() -> PrompterChoice:
            attempts.append(float(now))
            return PrompterChoice(prompter)

        notifier = Notifier(choose)
        now = 0
        notifier.show(lambda _: NOTIFICATION, 0.0)
        for now in range(3600):
            notifier.keep_up(float(now))
        distances = [later - earlier for earlier, later in itertools.pairwise(attempts)]
        assert distances[:3] == [2, 4, 8]
        assert distances[-1] == 300

    def test_a_new_notification_is_tried_at_once(self) -> None:
        first, second = FakePrompter(), FakePrompter()
        notifier = notifier_of(PrompterChoice(first), PrompterChoice(second))
        first.fails = True
        notifier.show(lambda _: NOTIFICATION, 0.0)
        notifier.show(lambda _: NOTIFICATION, 0.5)
        assert second.shown == [NOTIFICATION]


class TestRefusal:
    def test_notification_refused_twice_is_shown_once_in_another_way(self) -> None:
        refusing, makeshift = FakePrompter(), FakePrompter()
        refusing.fails = True
        reasons: list[PromptError] = []

        def substitute(error: PromptError) -> FakePrompter:
            reasons.append(error)
            return makeshift

        notifier = Notifier(lambda: PrompterChoice(refusing, substitute=substitute))
        notifier.show(lambda _: NOTIFICATION, 0.0)
        assert makeshift.shown == []
        for second in range(1, 600):
            notifier.keep_up(float(second))
        assert (makeshift.shown, reasons) == ([NOTIFICATION], [GONE])
        refusing.fails = False
        notifier.keep_up(1000.0)
        assert refusing.shown == [NOTIFICATION]
        assert notifier.trouble == ""

    def test_a_service_that_answers_nonsense_leaves_the_prompt_as_a_line_of_text(self, bus: FakeBus) -> None:
        stream = io.StringIO()
        NotificationService(bus)
        answer = bus.services[NOTIFICATIONS]
        bus.services[NOTIFICATIONS] = lambda member, arguments: (
            ("s", ("abc",)) if member == "Notify" else answer(member, arguments)
        )
        notifier = Notifier(lambda: choose_prompter(stream, {}, platform="linux", bus=bus.address))
        notifier.show(lambda _: NOTIFICATION, 0.0)
        notifier.keep_up(2.0)
        assert "wrong type: s" in notifier.trouble
        assert stream.getvalue().endswith("Prompts are printed here instead.\nTime for a break: Micro-break.\n")
        notifier.close()


class TestMakeshift:
    def test_gives_way_to_something_better_and_shows_nothing_twice(self) -> None:
        makeshift, other, better = FakePrompter("makeshift"), FakePrompter("other"), FakePrompter("better")
        notifier = notifier_of(
            PrompterChoice(makeshift, MISSING), PrompterChoice(other, MISSING), PrompterChoice(better)
        )
        notifier.show(lambda _: NOTIFICATION, 0.0)
        assert notifier.trouble == "There is no service. Start one."
        notifier.keep_up(60.0)
        assert (makeshift.shown, other.shown, other.is_open) == ([NOTIFICATION], [], False)
        notifier.keep_up(120.0)
        assert (better.shown, makeshift.is_open, notifier.name) == ([NOTIFICATION], False, "better")
        assert notifier.trouble == ""

    def test_gives_way_at_once_when_a_service_starts(self) -> None:
        watch, better = FakeWatch(), FakePrompter("better")
        makeshift = PrompterChoice(FakePrompter(), MISSING, watch)  # type: ignore[arg-type]  # a fake
        notifier = notifier_of(makeshift, PrompterChoice(better))
        notifier.show(lambda _: NOTIFICATION, 0.0)
        notifier.keep_up(100.0)
        assert better.shown == []
        watch.started = True
        notifier.keep_up(101.0)
        assert better.shown == [NOTIFICATION]
        assert not watch.is_open

    def test_needs_no_wake_up_while_there_is_nothing_to_show(self) -> None:
        notifier = notifier_of(PrompterChoice(FakePrompter(), MISSING))
        notifier.keep_up(0.0)
        assert notifier.wait_seconds(0.0) is None


class TestChoice:
    def test_the_desktops_notifications_come_first(self, bus: FakeBus) -> None:
        NotificationService(bus)
        choice = choose_prompter(io.StringIO(), {}, platform="linux", bus=bus.address)
        assert (choice.prompter.name, choice.missing) == ("desktop notifications (fake)", None)
        choice.prompter.close()

    def test_terminal_is_used_until_there_is_a_service(self, bus: FakeBus) -> None:
        stream = io.StringIO()
        notifier = Notifier(lambda: choose_prompter(stream, {}, platform="linux", bus=bus.address))
        notifier.show(lambda _: NOTIFICATION, 0.0)
        assert "printed here instead" in stream.getvalue()
        service = NotificationService(bus)
        bus.change_owner("org.freedesktop.Notifications", "", ":1.9")

        def is_shown() -> bool:
            notifier.keep_up(1.0)
            return bool(service.shown)

        wait_until(is_shown, "the service was used")
        assert notifier.trouble == ""
        notifier.close()

    def test_terminal_is_used_without_a_bus(self) -> None:
        stream = io.StringIO()
        choice = choose_prompter(stream, {}, platform="linux")
        assert choice.missing
        assert choice.watch is None
        choice.prompter.show(NOTIFICATION)
        assert stream.getvalue() == (
            "There are no desktop notifications (no bus is set in the environment). Run this inside a desktop session. "
            "Prompts are printed here instead.\nTime for a break: Micro-break.\n"
        )

    @pytest.mark.parametrize(("platform", "name"), [("darwin", "a dialog of macOS"), ("win32", "a message box")])
    def test_macos_and_windows_have_dialogs(self, platform: str, name: str) -> None:
        assert choose_prompter(io.StringIO(), {}, platform=platform).prompter.name == name
