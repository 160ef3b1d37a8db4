"""guichet.toml and the environment -> frozen Settings."""

from .channels import OAuth
from .reading import FILE, SettingFault, SettingsError, read_settings
from .secret import read_token
from .tables import TEAMS, Settings

__all__ = ["FILE", "TEAMS", "OAuth", "SettingFault", "Settings", "SettingsError", "read_settings", "read_token"]
