"""Desktop notifications against a service that clicks, on a private bus."""

import select
import tracemalloc
from collections.abc import Iterator

import pytest

from stretch_coach.breaks.notify.freedesktop import DesktopPrompter
from stretch_coach.breaks.prompt import Choice, Notice, PromptError
from tests.breaks.buses import NotificationService, PrivateBus, Service, wait_until

BREAK = Notice(
    "Time for a break",
    "Screen break <3 minutes> & more",
    ((Choice.START, "Start"), (Choice.SNOOZE, "Snooze 5 min"), (Choice.SKIP, "Skip")),
    stays=True,
)


@pytest.fixture
def service(bus: PrivateBus) -> Iterator[NotificationService]:
    """A service that clicks nothing until it is told to."""
    fake = NotificationService(bus)
    yield fake
    fake.stop()


@pytest.fixture
def prompter(bus: PrivateBus, service: NotificationService) -> Iterator[DesktopPrompter]:
    """A prompter on it."""
    assert service
    opened = DesktopPrompter(bus.address)
    yield opened
    opened.close()


def answered(prompter: DesktopPrompter) -> list[Choice]:
    """The next answers, waited for as the watcher waits."""
    found: list[Choice] = []

    def look() -> bool:
        select.select(prompter.descriptors(), [], [], 1)
        found.extend(prompter.answers())
        return bool(found)

    wait_until(look, "an answer")
    return found


@pytest.mark.parametrize("unicast", [False, True])
def test_snooze_snooze_start_and_each_notice_in_place_of_the_last(
    service: NotificationService, prompter: DesktopPrompter, *, unicast: bool
) -> None:
    service.unicast = unicast
    service.clicks = ["Snooze 5 min", "Snooze 5 min", "Start"]
    answers = []
    for _ in range(3):
        prompter.show(BREAK)
        answers += answered(prompter)
    assert answers == [Choice.SNOOZE, Choice.SNOOZE, Choice.START]
    assert [arguments[1] for arguments in service.shown] == [0, 1, 1]


def test_a_dismissed_notice_says_so_and_an_expired_one_says_nothing(
    service: NotificationService, prompter: DesktopPrompter
) -> None:
    service.clicks = ["<expire>", "<dismiss>"]
    prompter.show(BREAK)
    wait_until(lambda: not service.clicks or len(service.clicks) == 1, "it expired")
    assert prompter.answers() == []
    prompter.show(BREAK)
    assert answered(prompter) == [Choice.DISMISSED]


def test_a_click_on_the_notice_means_its_first_choice(service: NotificationService, prompter: DesktopPrompter) -> None:
    prompter.show(BREAK)
    service.say("ActionInvoked", "us", 1, "default")
    assert answered(prompter) == [Choice.START]


def test_ids_of_others_and_keys_that_were_not_offered_are_no_answers(
    service: NotificationService, prompter: DesktopPrompter
) -> None:
    prompter.show(BREAK)
    service.say("ActionInvoked", "us", 99, "start")
    service.say("NotificationClosed", "uu", 99, 2)
    service.say("ActionInvoked", "us", 1, "made-up")
    service.say("ActionInvoked", "us", 1, "skip")
    assert answered(prompter) == [Choice.SKIP]


def test_nobody_else_on_the_bus_can_answer(
    bus: PrivateBus, service: NotificationService, prompter: DesktopPrompter
) -> None:
    prompter.show(BREAK)
    stranger = Service(bus, "org.example.Stranger", lambda *_: ("", ()))
    stranger.emit("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked", "us", 1, "start")
    select.select(prompter.descriptors(), [], [], 5)
    assert prompter.answers() == []
    stranger.stop()
    service.say("ActionInvoked", "us", 1, "skip")
    assert answered(prompter) == [Choice.SKIP]


@pytest.mark.parametrize(
    ("capabilities", "body", "buttons"),
    [
        (("body", "actions"), "Screen break <3 minutes> & more", 8),
        (("body", "actions", "body-markup"), "Screen break &lt;3 minutes&gt; &amp; more", 8),
        (("body",), "Screen break <3 minutes> & more", 0),
    ],
)
def test_what_the_service_can_do_decides(
    bus: PrivateBus, capabilities: tuple[str, ...], body: str, buttons: int
) -> None:
    fake = NotificationService(bus, capabilities=capabilities)
    prompter = DesktopPrompter(bus.address)
    prompter.show(BREAK)
    [arguments] = fake.shown
    assert (arguments[4], len(arguments[5]), prompter.can_answer()) == (body, buttons, buttons > 0)
    assert arguments[7] == 0
    prompter.close()
    fake.stop()


def test_text_that_no_bus_takes_is_made_harmless(service: NotificationService, prompter: DesktopPrompter) -> None:
    prompter.show(Notice("a\0b", "\ud800"))
    assert service.shown[0][3:5] == ("ab", "?")


def test_withdrawing_closes_it_and_hears_no_more(service: NotificationService, prompter: DesktopPrompter) -> None:
    prompter.show(BREAK)
    prompter.withdraw()
    wait_until(lambda: ("CloseNotification", (1,)) in service.calls, "it was closed")
    assert prompter.answers() == []


def test_a_service_that_ends_takes_its_notice_with_it_and_its_successor_is_used(
    bus: PrivateBus, service: NotificationService, prompter: DesktopPrompter
) -> None:
    prompter.show(BREAK)
    service.stop()
    with pytest.raises(PromptError, match="has ended"):
        answered(prompter)
    with pytest.raises(PromptError, match="could not be shown"):
        prompter.show(BREAK)
    successor = NotificationService(bus, clicks=("Start",))
    prompter.show(BREAK)
    assert answered(prompter) == [Choice.START]
    assert successor.shown[0][1] == 0
    successor.stop()


def test_a_lost_bus_is_told_and_another_can_be_opened(
    bus: PrivateBus, service: NotificationService, prompter: DesktopPrompter
) -> None:
    assert service
    prompter.show(BREAK)
    bus.process.kill()
    bus.process.wait()
    with pytest.raises(PromptError):
        answered(prompter)
    with pytest.raises(PromptError):
        prompter.show(BREAK)
    with pytest.raises(PromptError, match="bus does not answer"):
        DesktopPrompter(bus.address)


def test_a_bus_without_a_service_is_told_with_a_cure(bus: PrivateBus) -> None:
    with pytest.raises(PromptError, match="no notification service") as told:
        DesktopPrompter(bus.address)
    assert told.value.hint


def test_a_chatty_bus_leaves_nothing_to_read_and_takes_no_memory(
    service: NotificationService, prompter: DesktopPrompter
) -> None:
    prompter.show(BREAK)
    prompter.answers()  # NameAcquired and the rest
    assert select.select(prompter.descriptors(), [], [], 0)[0] == []

    def flood(count: int) -> None:
        for _ in range(count):
            service.say("NotificationClosed", "uu", 99, 2)
        service.say("ActionInvoked", "us", 1, "skip")
        assert answered(prompter) == [Choice.SKIP]

    flood(500)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    flood(5000)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 100_000
    assert select.select(prompter.descriptors(), [], [], 0)[0] == []
