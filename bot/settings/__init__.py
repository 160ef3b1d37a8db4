"""guichet.toml and the environment -> frozen Settings."""

from .reading import FILE, SettingFault, SettingsError, read_settings, read_token
from .tables import TEAMS, Settings

__all__ = ["FILE", "TEAMS", "SettingFault", "Settings", "SettingsError", "read_settings", "read_token"]
