"""Entities: the things a message names, by rule, in French and English; one kind of thing a file."""

from datetime import datetime

from bot.dialog.understanding import Entity

from .codes import error_codes
from .equipment import equipment
from .numbers import contacts, references
from .places import places
from .scope import scope
from .times import times

_ORDER = ("email", "invoice_number", "order_number", "error_code", "phone")


def read_entities(text: str, plain: str, now: datetime, lang: str = "fr") -> tuple[Entity, ...]:
    """Read a message's entities in text order; `plain` is the text folded. One word is claimed by one reader."""
    claimed = [*contacts(text, plain), *references(text, plain), *error_codes(text, plain)]
    found = _apart(sorted(claimed, key=lambda one: _ORDER.index(one.name)))
    for reader in (equipment, places):
        found += [one for one in reader(text, plain) if not any(_overlap(one, other) for other in found)]
    found += times(text, plain, now, lang)
    found += scope(text, plain)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.name)))


def _apart(entities: list[Entity]) -> list[Entity]:
    """Keep the first of those that overlap."""
    kept: list[Entity] = []
    for entity in entities:
        if not any(_overlap(entity, other) for other in kept):
            kept.append(entity)
    return kept


def _overlap(one: Entity, other: Entity) -> bool:
    return one.start < other.end and other.start < one.end
