"""What prompts say: short, and never scolding."""

from stretch_coach.breaks.prompt import Choice, Notice
from stretch_coach.breaks.state import Hold, Prompt
from stretch_coach.breaks.zone import Zone
from stretch_coach.settings import BreakRule
from stretch_coach.weekdays import name_days

HELD_BACK = {
    Hold.APP: "the app is open and asks instead",
    Hold.FULLSCREEN: "a window fills the screen",
    Hold.DO_NOT_DISTURB: "the desktop is not to disturb",
    Hold.MICROPHONE: "a microphone is in use",
    Hold.AWAY: "nobody is at the screen",
    Hold.GAP: "the last prompt was a short while ago",
}


def routine_name(routine: str) -> str:
    """A routine's id as one would say it; its title is in a file that is not read here."""
    return routine.replace("-", " ").capitalize()


def moment_text(zone: Zone, instant: float, now: float) -> str:
    """An instant as one says it: the time of the day, with the day where it is another one."""
    wall = zone.wall(instant)
    return f"{wall:%H:%M}" if wall.date() == zone.wall(now).date() else f"{wall:%a %d %b %H:%M}"


def minutes_text(seconds: float, kind: str = "") -> str:
    """A span in whole minutes; of the kind that is told, such as ``"active "``."""
    minutes = round(seconds / 60)
    return f"1 {kind}minute" if minutes == 1 else f"{minutes} {kind}minutes"


def ask_notice(prompt: Prompt, snooze: int | None, *, can_answer: bool, sounds: bool) -> Notice:
    """The prompt itself; the only notice that may be heard."""
    name = routine_name(prompt.routine)
    if not can_answer:
        ways = "stretch-coach breaks start, snooze or skip" if snooze else "stretch-coach breaks start or skip"
        return Notice("Time for a break", f"{name}. Type {ways}.", stays=True, sounds=sounds)
    snoozing = ((Choice.SNOOZE, f"Snooze {snooze} min"),) if snooze else ()
    choices = ((Choice.START, "Start"), *snoozing, (Choice.SKIP, "Skip"))
    return Notice("Time for a break", f"{name}.", choices, stays=True, sounds=sounds)


def announce_notice(prompt: Prompt, seconds: float) -> Notice:
    """That a prompt will come."""
    return Notice("A break is near", f"{routine_name(prompt.routine)} in {seconds:.0f} seconds.", sounds=False)


def led_notice(prompt: Prompt) -> Notice:
    """That a break is led by voice, and can be ended."""
    body = "Follow the voice; end it here whenever you like, and at once if something hurts."
    return Notice(routine_name(prompt.routine), body, ((Choice.STOP, "End"),), stays=True, sounds=False)


def settings_notice(trouble: str) -> Notice:
    """That the settings cannot be used as they are."""
    return Notice("Settings: the last good ones hold on", trouble, sounds=False)


def launch_notice(trouble: str) -> Notice:
    """That a session could not be begun."""
    return Notice("The break could not be opened", trouble, sounds=False)


def rule_line(rule: BreakRule) -> str:
    """A rule on one line, its name first."""
    if rule.every:
        when = f"every {rule.every} active minutes"
        when += "".join(f", {window}" for window in rule.windows)
    else:
        when = f"at {', '.join(f'{one:%H:%M}' for one in rule.at)}"
    return f"{rule.id}: {when}, {name_days(rule.days)}: {rule.routine}"
