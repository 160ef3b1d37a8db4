"""What a message was understood to mean: data made outside the core and recorded on the event."""

from dataclasses import dataclass
from enum import StrEnum

from .plain import personal


class Act(StrEnum):
    """What a message does in the dialogue, whatever its topic; found by rule, in French and English."""

    YES = "yes"
    NO = "no"
    DONT_KNOW = "dont_know"
    THANKS = "thanks"
    GREETING = "greeting"
    SMALL_TALK = "small_talk"
    HUMAN = "human"
    CANCEL = "cancel"
    REPEAT = "repeat"
    LATER = "later"  # "not now", "I can't try at the moment"
    SOLVED = "solved"  # "it works now"
    NOT_SOLVED = "not_solved"  # "still broken"
    CORRECTION = "correction"  # "no, I meant ..."
    STATUS = "status"  # "where is my ticket?"
    RESUME = "resume"  # "back to the first problem"
    WROTE_BEFORE = "wrote_before"  # "I mailed you about this yesterday"
    SPEAK_FRENCH = "speak_french"
    SPEAK_ENGLISH = "speak_english"


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing named in the text; `start` and `end` count characters of the (masked) text.

    `name` is a slot name of contract.md: os, os_version, device, application, error_code, asset, site, since,
    affected, changed, order_number, invoice_number, phone, email; deadline (ISO 8601, when the person must be done,
    today), due (the same, on a later day) and later (ISO 8601, when they will be able to try), which is no slot.
    """

    name: str
    value: str = personal()
    text: str = personal()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A possible topic with its calibrated probability, 0..1."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Quote:
    """What an article of no pack says where it answers: recorded, since the article may change or go.

    `body` is Markdown, the paragraphs that matter where the article is long; `source` its address where it came from.
    """

    title: str
    body: str
    source: str = ""
    fix: str = "how_to"
    minutes: int = 5
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A knowledge article that may answer; `confident` when its score passes the index's own floor.

    `paragraph`: the one that answers, counted from 1. `quote`: what it says, where no pack holds the article.
    """

    article: str
    version: int
    lang: str
    score: float
    confident: bool
    paragraph: int = 1
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One of several problems told in one message, in text order."""

    text: str = personal()
    intent: str | None = None
    confidence: float = 0.0
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was read from one message.

    `lang` is fr, en, other (clearly a third language) or None (too short to tell). `words` counts the words of the
    cleaned text. `intent` is None when nothing is confident enough to act on; `ranking` then still lists the best.
    `done` lists fixes that the person says to have tried already (words of `Article.done_words`, e.g. "restart").
    `by`: who named the topic: rules | model | rasa, "" where that was not recorded yet.
    """

    lang: str | None = None
    words: int = 0
    intent: str | None = None
    confidence: float = 0.0
    ranking: tuple[Ranked, ...] = ()
    entities: tuple[Entity, ...] = ()
    acts: tuple[Act, ...] = ()
    out_of_scope: bool = False
    frustrated: bool = False
    threat: str | None = None  # security: received | acted | active ; danger: danger (smoke, swollen battery)
    how_to: bool = False  # "how do I ...": the article at once, no diagnosis
    done: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()  # two or more, else empty
    hits: tuple[Hit, ...] = ()
    by: str = ""

    @property
    def wants_human(self) -> bool:
        """Whether the person asks for a human being."""
        return Act.HUMAN in self.acts
