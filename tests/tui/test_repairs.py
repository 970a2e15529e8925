"""Files of the user that cannot be used when the app opens."""

import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from stretch_coach.context import Context
from stretch_coach.journal.acknowledgements import notice_is_due
from stretch_coach.journal.sessions import list_sessions
from stretch_coach.routine.library import Library
from stretch_coach.session.request import SessionRequest
from stretch_coach.settings import Settings
from stretch_coach.tui.dialogs import ConfirmDialog
from stretch_coach.tui.repairs import repair_history, repair_settings
from stretch_coach.tui.screens.coach import CoachScreen
from stretch_coach.tui.screens.home import HomeScreen
from tests.tui.conftest import NOON
from tests.tui.driving import at, notifications, running
from tests.tui.host import Driver, HostApp, hosting
from tests.tui.test_home import interrupt

Repair = Callable[[App[Any], Context], Coroutine[Any, Any, None]]
INVALID = "# mine\n[voice]\nrate = 1\n"


@asynccontextmanager
async def repairing(repair: Repair, context: Context) -> AsyncIterator[Driver]:
    """Repair something in a small host app. The block starts at the question, and its end waits for the repair."""
    async with hosting(Screen(), context) as host:
        worker = host.app.run_worker(repair(host.app, context))
        await at(host.pilot, ConfirmDialog)
        yield host
        await host.until(lambda: worker.is_finished, "it is repaired")


def text(pilot: Pilot[Any]) -> str:
    """Return what the dialog says, without the breaks of its lines."""
    return str(pilot.app.screen.query_one("#text", Static).content)


class TestInvalidSettings:
    @pytest.fixture
    def context(self, context: Context) -> Context:
        """Return the context of a user whose settings file has an invalid line."""
        context.places.settings_file.write_text(INVALID, encoding="utf-8")
        context.reload_settings()
        return context

    @pytest.fixture
    def edit(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
        """Return a function that makes an editor of Python code, in which `file` is the path."""
        script = tmp_path / "editor.py"
        monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
        monkeypatch.setattr(HostApp, "suspend", lambda _: nullcontext())  # there is no terminal to give to it
        return lambda code: script.write_text(f"import sys\nfile = sys.argv[1]\n{code}", encoding="utf-8")

    async def test_defaults_are_used_and_the_file_is_unchanged(self, context: Context) -> None:
        async with repairing(repair_settings, context) as host:
            assert "config.toml:3: voice.rate: 1 is not valid." in text(host.pilot)
            await host.press("enter")
        assert context.places.settings_file.read_text(encoding="utf-8") == INVALID

    async def test_corrected_file_is_read(self, context: Context, edit: Callable[[str], object]) -> None:
        edit("open(file, 'w').write('[voice]\\nrate = 99\\n')")
        async with repairing(repair_settings, context) as host:
            await host.press("y")
        assert context.settings.voice.rate == 99

    async def test_file_that_stays_invalid_is_offered_again(
        self, context: Context, edit: Callable[[str], object]
    ) -> None:
        edit("open(file, 'w').write('[voice]\\npace = 1\\n')")
        async with repairing(repair_settings, context) as host:
            first = host.app.screen
            await host.press("y")
            await host.until(lambda: host.app.screen is not first and "config.toml:2" in text(host.pilot), "again")
            await host.press("n")
        assert context.settings.voice.rate == Settings().voice.rate

    async def test_session_from_the_command_line_asks_too(
        self, context: Context, session_request: SessionRequest
    ) -> None:
        async with running(context, session_request) as pilot:
            await at(pilot, ConfirmDialog)
            await pilot.press("n")
            await at(pilot, CoachScreen)


def damage(context: Context) -> bytes:
    content = b"no database at all " * 300
    context.places.history.write_bytes(content)
    return content


def kept_aside(context: Context, content: bytes) -> bool:
    history = context.places.history
    return any(file.read_bytes() == content for file in history.parent.glob("history.*.db") if file != history)


class TestDamagedHistory:
    async def test_newest_good_backup_is_restored(self, context: Context, library: Library) -> None:
        interrupt(context, library)
        content = damage(context)
        async with running(context) as pilot:
            await at(pilot, ConfirmDialog)
            assert "intact backup is from 2026-11-20" in text(pilot)
            await pilot.press("enter")
            await at(pilot, HomeScreen)  # not first use: the backup knows the user
            assert "Restored the backup from 2026-11-20." in " ".join(notifications(pilot))
        assert kept_aside(context, content)

    async def test_a_history_without_content_is_restored_too(self, context: Context, library: Library) -> None:
        interrupt(context, library)
        context.places.history.write_bytes(b"")
        async with repairing(repair_history, context) as host:
            assert "history.db is empty." in text(host.pilot)
            await host.press("enter")
        with context.history() as history:
            assert len(list_sessions(history)) == 1

    async def test_an_empty_file_is_no_question_without_a_backup(self, new_context: Context) -> None:
        new_context.places.history.parent.mkdir(parents=True, exist_ok=True)
        new_context.places.history.write_bytes(b"")
        async with hosting(Screen(), new_context) as host:
            worker = host.app.run_worker(repair_history(host.app, new_context))
            await host.until(lambda: worker.is_finished, "nothing was asked")

    async def test_new_history_is_started_if_the_user_prefers_that(self, context: Context) -> None:
        content = damage(context)
        async with repairing(repair_history, context) as host:
            await host.press("n")
        assert "was damaged. Moved it to" in " ".join(host.app.warnings)
        assert kept_aside(context, content)
        with context.history() as history:
            assert notice_is_due(history, NOON.ms)

    async def test_without_a_backup_that_is_said(self, new_context: Context) -> None:
        new_context.places.history.parent.mkdir(parents=True, exist_ok=True)
        content = damage(new_context)
        async with repairing(repair_history, new_context) as host:
            assert "There is no backup." in text(host.pilot)
            await host.press("enter")
        assert kept_aside(new_context, content)
