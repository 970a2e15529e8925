"""The settings: what can be set, and the file `config.toml` that sets it.

`schema` is the table of all settings, `kinds` what they accept, `load` reads the file and `edit` changes it.
"""

from stretch_coach.settings.load import LoadedSettings, load_settings, load_settings_or_defaults
from stretch_coach.settings.rules import BreakRule, Window
from stretch_coach.settings.schema import (
    AppSettings,
    BreakSettings,
    RecordSettings,
    Settings,
    StartSettings,
    VoiceSettings,
)

__all__ = [
    "AppSettings",
    "BreakRule",
    "BreakSettings",
    "LoadedSettings",
    "RecordSettings",
    "Settings",
    "StartSettings",
    "VoiceSettings",
    "Window",
    "load_settings",
    "load_settings_or_defaults",
]
