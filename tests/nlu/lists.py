"""The lists of messages beside this file: fields parted by bars, the message last; a `#` starts a remark."""

from pathlib import Path

from bot.dialog.understanding import Understanding

HERE = Path(__file__).parent


def listed(name: str, fields: int = 3) -> list[list[str]]:
    """Read a list."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("|", fields - 1) for line in lines if line.strip() and not line.startswith("#")]


def signals_of(told: Understanding) -> set[str]:
    """Name the signals that a message was understood to give, as traps.txt names them."""
    signs = {
        "human": told.wants_human or told.intent == "human_request",
        "security": told.threat in ("received", "acted", "active") or told.intent == "phishing_security",
        "danger": told.threat == "danger",
        "frustrated": told.frustrated,
        "other": told.lang == "other",
    }
    return {name for name, is_given in signs.items() if is_given}
