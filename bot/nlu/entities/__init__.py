"""Entities: the things a message names, by rule, in French and English; one kind of thing a file."""

from datetime import datetime

from bot.dialog.understanding import Entity

from .applications import applications
from .assets import assets, printers
from .claims import Claims
from .codes import error_codes
from .equipment import equipment
from .numbers import emails, references
from .phones import phones
from .scope import scope
from .sites import sites
from .times import times


def read_entities(text: str, plain: str, now: datetime, lang: str = "fr") -> tuple[Entity, ...]:
    """Read a message's entities in text order; `plain` is the text folded. One word is claimed by one reader."""
    claims = Claims(len(text))
    found = claims.take_apart(emails(text))
    found += claims.take_apart(references(text, plain))
    found += claims.take_apart(phones(text, claims.hide(plain)))
    found += claims.take_apart(error_codes(text, plain))
    found += claims.take([*equipment(text, plain), *applications(text, plain)])
    found += claims.take(assets(text, plain))
    if not any(one.name == "device" for one in found):
        found += printers(text, plain)
    found += claims.take(sites(text, plain))
    found += times(text, plain, now, lang)
    found += scope(text, plain)
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.name)))
