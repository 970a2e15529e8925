"""The report: right numbers, escaped text, and nothing that is loaded from outside."""

import re
import sqlite3
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

from stretch_coach.journal.day import CountingRules
from stretch_coach.journal.plan import Plan, set_plan
from stretch_coach.journal.records import Outcome, SessionRecord, Source, StepOutcome, StepRecord
from stretch_coach.journal.report.facts import load_report
from stretch_coach.journal.report.page import PageTexts, write_report
from stretch_coach.journal.revisions import delete_session, note_session, rate_comfort
from stretch_coach.journal.sessions import save_session
from stretch_coach.journal.statistics import range_start

Did = Callable[..., SessionRecord]
FRIDAY = date(2026, 11, 20)
EVIL = '<script>alert(1)</script><img src="http://example.org/x"> & "quoted"'
STOPPED = StepRecord(2, "left", "chin-tuck", 25_000, 7_000, 2, 0, StepOutcome.STOPPED)


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"


def report(database: sqlite3.Connection, days: int = 7, *, notes: bool = False) -> str:
    facts = load_report(database, range_start(days, FRIDAY), FRIDAY, CountingRules(), with_notes=notes)
    texts = PageTexts({"chin-tuck": "Chin tuck"}, "It does not diagnose or treat.", FRIDAY, "0.0")
    return write_report(facts, texts)


def test_report_separates_recorded_and_self_reported(database: sqlite3.Connection, did: Did) -> None:
    set_plan(database, date(2026, 11, 1), Plan(), 0)
    for back in range(3):
        did(date(2026, 11, 20 - back))
    did(date(2026, 11, 19), Outcome.PARTIAL, done_ms=30_000)
    did(date(2026, 11, 16), source=Source.MANUAL, done_ms=300_000)
    gone = did(date(2026, 11, 15))
    delete_session(database, gone.id, 1)
    did(date(2026, 11, 1))  # before the range
    text = Page(report(database)).text
    assert "14 Nov 2026 to 20 Nov 2026 · 7 days" in text
    assert "Planned days done 3 of 7" in text
    assert "Adherence 43%" in text
    assert "Recorded 4 sessions the timer ran, 4 min" in text
    assert "Self-reported 1 session logged by hand, 5 min" in text
    assert "Micro break 3 1 0 0 4 min 1 (5 min)" in text
    assert "It does not diagnose or treat." in text
    assert "Stopped because it hurt Never in this time." in text


def test_report_lists_where_it_hurt(database: sqlite3.Connection, session: Did) -> None:
    one = session(outcome=Outcome.STOPPED, done_ms=20_000)
    save_session(database, one, [STOPPED])
    note_session(database, one.id, "It pulled", 1)
    assert "20 Nov 2026 Chin tuck, left Micro break after 7 s" in Page(report(database)).text
    assert "It pulled" not in report(database)
    assert "It pulled" in report(database, notes=True)
    assert "Chin tuck 1 0 7 s" in Page(report(database)).text


def test_report_mentions_a_change_in_comfort_only_above_the_thresholds(database: sqlite3.Connection, did: Did) -> None:
    assert "How the neck felt (self-reported) Not recorded." in Page(report(database)).text
    for day in range(14, 20):
        rate_comfort(database, did(date(2026, 11, day)).id, before=5, after=4, at_ms=1)
    assert "within normal variation (mean 5.0, then 4.0)" in report(database)
    for day in range(14, 20):
        rate_comfort(database, did(date(2026, 11, day)).id, before=8, after=0, at_ms=1)
    assert "Before vs after sessions: lower (mean 6.5, then 2.0)" in report(database)


def test_report_escapes_text_and_loads_nothing(database: sqlite3.Connection, session: Did) -> None:
    one = session(outcome=Outcome.STOPPED)._replace(title=EVIL, routine=EVIL)
    save_session(database, one, [STOPPED._replace(exercise=EVIL)])
    note_session(database, one.id, EVIL, 1)
    rate_comfort(database, one.id, before=3, at_ms=1)
    html = report(database, notes=True)
    page = Page(html)
    assert EVIL in page.text
    assert not page.tags & {"script", "img", "link", "iframe", "object", "a", "form", "image", "use", "base"}
    assert {name for name, _ in page.attributes} & {"src", "href", "style", "onload", "xlink:href", "srcset"} == set()
    assert not re.search(r"@import|url\(", html)
    assert any(value.startswith("default-src 'none'; style-src 'sha256-") for _, value in page.attributes)


def test_report_counts_rows_that_do_not_fit(database: sqlite3.Connection, session: Did) -> None:
    for number in range(30):
        save_session(database, session()._replace(routine=f"r{number}", title=f"Routine {number}"))
    assert "And 16 more routines." in report(database)


def test_report_of_an_empty_history_says_not_recorded(database: sqlite3.Connection) -> None:
    text = Page(report(database, notes=True)).text
    assert "Days with a session 0 of 7 planned or not Adherence \N{EN DASH} no plan was made" in text
    assert "Plan No plan was made." in text
    for title in ("Day by day", "How the neck felt (self-reported)", "Stopped because it hurt", "Routines"):
        assert f"{title} Not recorded." in text
    assert "Notes (self-reported) Not recorded." in text
    assert "Streak" not in text


def test_report_has_a_line_for_the_name(database: sqlite3.Connection) -> None:
    assert '<p class="name">Name</p>' in report(database)


def test_report_counts_planned_days_from_the_first_plan(database: sqlite3.Connection, did: Did) -> None:
    did(date(2026, 11, 14))
    did(date(2026, 11, 19))
    set_plan(database, date(2026, 11, 18), Plan(), 0)
    text = Page(report(database)).text
    assert "Planned days done 1 of 2 at least one session Adherence 50%" in text
    assert "Plan From 18 Nov 2026: daily, 1 session a day." in text
    assert "From 14 Nov 2026" not in text


def test_report_leaves_notes_out_by_default(database: sqlite3.Connection, did: Did) -> None:
    note_session(database, did().id, "private", 1)
    assert "Notes" not in report(database)
    assert "20 Nov 2026 Micro break private" in Page(report(database, notes=True)).text
