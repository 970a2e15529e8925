"""The dialogs: what their keys and buttons are called."""

import pytest
from textual.widgets import Button

from stretch_coach.tui.dialogs import ConfirmDialog, EndSessionDialog
from tests.tui.frames import words_of
from tests.tui.host import hosting


@pytest.mark.parametrize(
    "dialog",
    [
        ConfirmDialog("Sure?"),
        ConfirmDialog("Remove this?", confirm="Remove", cancel="Keep"),
        ConfirmDialog("See a doctor", confirm=None, cancel="Close"),
        EndSessionDialog(),
    ],
)
async def test_dialog_keys_are_called_what_its_buttons_are(dialog: ConfirmDialog) -> None:
    async with hosting(dialog) as driver:
        await driver.pilot.pause()
        footer = words_of(driver.app).splitlines()[-1]
        labels = [str(button.label) for button in dialog.query(Button)]
        assert all(label in footer for label in labels), footer
        assert ("No" in labels) == ("No" in footer.split())
