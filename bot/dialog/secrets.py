"""Finds and masks secrets by rule: passwords told in words, cards, IBANs, tokens, keys, one-time codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from . import secret_passwords, secret_shapes, secret_told

MASK = "•••••"  # never as long as what it hides
_LOOKS = 5  # a masked secret may uncover the one beside it


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret in a text.

    `kind`: password | card | iban | token | private_key | recovery_key | code.
    """

    start: int
    end: int
    kind: str


def find(text: str) -> tuple[Secret, ...]:
    """List the secrets of a text in order, none overlapping another; nothing in a masked text is one."""
    found: tuple[Secret, ...] = ()
    for _ in range(_LOOKS):
        fresh = _apart(_all(_masked(text, found)))
        if not fresh:
            break
        found = _apart((*found, *(_placed(one, found) for one in fresh)))
    return found


def mask(text: str) -> tuple[str, tuple[Secret, ...]]:
    """Replace each secret by the same placeholder; gives the secrets too, as they stood in the given text."""
    secrets = find(text)
    return _masked(text, secrets), secrets


def _all(text: str) -> Iterator[Secret]:
    for rules in (secret_shapes, secret_told, secret_passwords):
        for start, end, kind in rules.spots(text):
            if kind == "private_key" or "•" not in text[start:end]:
                yield Secret(start, end, kind)


def _apart(secrets: Iterable[Secret]) -> tuple[Secret, ...]:
    found: list[Secret] = []
    for secret in sorted(secrets, key=lambda one: (one.start, -one.end)):
        if not found or secret.start >= found[-1].end:
            found.append(secret)
        elif secret.end > found[-1].end:  # two readings of one secret: nothing of either may be seen
            found[-1] = replace(found[-1], end=secret.end)
    return tuple(found)


def _placed(secret: Secret, hidden: tuple[Secret, ...]) -> Secret:
    """Say where a secret of the masked text stands in the text itself."""
    start, end = secret.start, secret.end
    for one in hidden:
        if one.start > start:
            break
        longer = one.end - one.start - len(MASK)
        start, end = start + longer, end + longer
    return replace(secret, start=start, end=end)


def _masked(text: str, secrets: tuple[Secret, ...]) -> str:
    parts, at = [], 0
    for secret in secrets:
        parts += [text[at : secret.start], MASK]
        at = secret.end
    return "".join(parts) + text[at:]
