"""`guichet doctor`: what is in order, what is wrong, and the mend."""

from dataclasses import asdict
from pathlib import Path

from bot.app import Check, examine
from bot.settings import SettingsError

from .frame import FINDING, HOME, Config, Home, Json, app, put, say, settings_from


@app.command()
def doctor(as_json: Json = False, home: Home = HOME, config: Config = None) -> int:
    """Check settings, packs, understanding, database, ticketing system and channels; exit 1 on a fault."""
    checks = _checks(home, config)
    for check in checks:
        put(asdict(check)) if as_json else say(_told(check))
    faults = sum(check.level == "fault" for check in checks)
    warnings = sum(check.level == "warn" for check in checks)
    if not as_json:
        say(f"{faults} fault{'s' * (faults != 1)}, {warnings} warning{'s' * (warnings != 1)}")
    return FINDING if faults else 0


def _checks(home: Path, config: Path | None) -> tuple[Check, ...]:
    """Settings that cannot be read are findings here, not wrong use."""
    try:
        settings = settings_from(config)
    except SettingsError as error:
        return tuple(Check("fault", "settings", f"{one.place} {one.what}", one.mend) for one in error.faults)
    return examine(settings, home)


def _told(check: Check) -> str:
    mend = f" -> {check.mend}" if check.mend else ""
    return f"{check.level:6} {check.what:14} {check.told}{mend}"
