"""What the app asks when a file of the user cannot be used: invalid settings, a damaged history."""

import asyncio
from typing import Any

from textual.app import App, SuspendNotSupported

from stretch_coach.context import Context
from stretch_coach.editor import edit_file
from stretch_coach.errors import CoachError
from stretch_coach.journal.backups import GoodBackup, newest_good_backup, restore_backup
from stretch_coach.journal.database import is_damaged
from stretch_coach.phrasing import count
from stretch_coach.tui.dialogs import ConfirmDialog


def edit_settings_file(app: App[Any], context: Context) -> None:
    """Open the settings file in the user's editor, and read it afterwards.

    Raises:
        CoachError: The file cannot be opened here, or is not valid afterwards.
    """
    file = context.places.settings_file
    try:
        with app.suspend():
            edit_file(file)
    except SuspendNotSupported:
        raise CoachError(str(file), "cannot be edited from here.", "Open it in an editor.") from None
    if error := context.reload_settings():
        raise error


async def repair_settings(app: App[Any], context: Context) -> None:
    """Offer to open an invalid settings file, as often as it stays invalid. Nothing else changes it."""
    problem = context.settings_error
    while problem:
        text = f"{problem}\n\nThe default settings are used until it is corrected. The file is unchanged."
        dialog = ConfirmDialog("Your settings are not valid", text, confirm="Open the file", cancel="Use the defaults")
        if not await app.push_screen_wait(dialog):
            return
        problem = None
        try:
            edit_settings_file(app, context)
        except CoachError as error:
            problem = error


async def repair_history(app: App[Any], context: Context) -> None:
    """Offer to restore the newest intact backup in place of a damaged history, or of one that lost its content.

    If the user declines, a damaged file is moved aside and a new history is started.

    Raises:
        CoachError: The backup cannot be restored, or there can be no history.
    """
    history = context.places.history
    is_empty = history.is_file() and history.stat().st_size == 0
    if not is_empty and not await asyncio.to_thread(is_damaged, history):
        return
    good = await asyncio.to_thread(newest_good_backup, history, context.today)
    if is_empty and not (good and good.contents.sessions):
        return
    state = "is empty." if is_empty else "cannot be read. It will be kept under another name."
    if await app.push_screen_wait(_damage_dialog(f"{history} {state}", good)) and good:
        now_ms = context.clock.wall().ms
        restored = await asyncio.to_thread(restore_backup, context.places, good.backup.file, now_ms, with_files=False)
        context.warn(f"Restored the backup from {good.backup.day}. The damaged history is kept as {restored.aside}.")
    else:
        with context.writable_history():  # which moves the damaged file aside
            pass


def _damage_dialog(text: str, good: GoodBackup | None) -> ConfirmDialog:
    if good is None:
        return ConfirmDialog(
            "Your history is damaged", f"{text} There is no backup.", confirm=None, cancel="Start a new one"
        )
    found = f"The newest intact backup is from {good.backup.day}, with {count(good.contents.sessions, 'session')}."
    return ConfirmDialog(
        "Your history is damaged. Restore the backup?",
        f"{text}\n\n{found}",
        confirm="Restore the backup",
        cancel="Start a new history",
        suggest=True,
    )
