"""guichet.toml and the environment -> frozen Settings."""

from .channels import OAuth
from .reading import FILE, SettingFault, SettingsError, read_settings
from .secret import UnreadError, read_token, unlike_certificates
from .tables import TEAMS, Settings

__all__ = [
    "FILE",
    "TEAMS",
    "OAuth",
    "SettingFault",
    "Settings",
    "SettingsError",
    "UnreadError",
    "read_settings",
    "read_token",
    "unlike_certificates",
]
