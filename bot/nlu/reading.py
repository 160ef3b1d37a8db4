"""Reading a message by rules alone: language, entities, acts, moods. No model; pure and fast."""

from dataclasses import dataclass, replace

from bot.dialog.understanding import Entity, Understanding
from bot.ports.understander import Hints

from .acts import read_acts
from .clean import Cleaned, clean
from .done import done_before
from .entities import read_entities
from .fold import composed
from .intents import HUMAN
from .language import language, words
from .moods import denied, frustrated, how_to, threat

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules read, and the cleaned text for the model.

    `says_more`: the message holds something besides dialogue acts. `denied`: signals that it seems to give and does
    not. `places` maps places of the cleaned text to the given one; empty when they are the same.
    """

    cleaned: Cleaned
    understanding: Understanding
    says_more: bool
    places: list[int]
    denied: frozenset[str] = frozenset()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the places in the text as it was given."""
        return (self.places[start], self.places[end]) if self.places else (start, end)


def read(text: str, hints: Hints, languages: tuple[str, ...] = LANGUAGES) -> Understanding:
    """Understand a message as far as rules go; topics are left open. Cannot raise for any text."""
    return read_closely(text, hints, languages).understanding


def read_closely(text: str, hints: Hints, languages: tuple[str, ...] = LANGUAGES) -> Reading:
    """Read by rules and keep what the model needs."""
    text, places = composed(text)
    cleaned = clean(text, hints.channel)
    lang = language(cleaned.body, cleaned.body_plain, languages) or language(
        cleaned.said, cleaned.said_plain, languages
    )
    acts = read_acts(cleaned.said_plain)
    danger = threat(cleaned.body_plain) or ("received" if cleaned.lured else None)
    understanding = Understanding(
        lang=lang,
        words=len(words(cleaned.body_plain)),
        entities=read_entities(cleaned.said, cleaned.said_plain, hints.now, lang or hints.lang),
        acts=acts.acts,
        frustrated=frustrated(cleaned.said),
        threat=danger,
        how_to=danger is None and how_to(cleaned.body_plain),
        done=done_before(cleaned.body_plain),
    )
    no = denied(cleaned.body_plain) | ({HUMAN} if acts.no_human else frozenset())
    reading = Reading(cleaned, understanding, acts.says_more, places, no)
    return replace(reading, understanding=_in_place(reading)) if places else reading


def _in_place(reading: Reading) -> Understanding:
    """Move the entities to their places in the given text."""
    moved: list[Entity] = []
    for entity in reading.understanding.entities:
        start, end = reading.original(entity.start, entity.end)
        moved.append(replace(entity, start=start, end=end))
    return replace(reading.understanding, entities=tuple(moved))
