"""``config.toml``: what can be set, read from the file and changed in it."""

from stretch_coach.settings.model import (
    AppSettings,
    BreakRule,
    BreakSettings,
    RecordSettings,
    Settings,
    StartSettings,
    VoiceSettings,
    Window,
)
from stretch_coach.settings.reading import load_settings

__all__ = [
    "AppSettings",
    "BreakRule",
    "BreakSettings",
    "RecordSettings",
    "Settings",
    "StartSettings",
    "VoiceSettings",
    "Window",
    "load_settings",
]
