"""What a source gives an import: texts of articles in one language each, and what became of those that gave none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.kb.articles import LANGUAGES
from bot.nlu.phrases import Fault

KINDS = ("folder", "confluence", "zendesk", "site")
MOST_PAGES = 20_000  # of one source, unless told otherwise
LARGEST_TEXT = 2_000_000  # bytes of one page


class SourceError(Exception):
    """A source that cannot be read, or not to its end; the message names it and the mend."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a source says of a text's state, in its own terms: by them it tells whether the text has changed since."""

    revision: str = ""
    etag: str = ""
    modified: str = ""

    def over(self, before: "Marks") -> "Marks":
        """These, and those before where it told no new ones."""
        return Marks(self.revision or before.revision, self.etag or before.etag, self.modified or before.modified)


@dataclass(frozen=True, slots=True)
class Text:
    """An article in one language, as the source tells it.

    `key` names it within its source for ever; `slug` is the article id it would like. `fields` are keys of the front
    matter; `whole`: they are all there are, so that a key that is gone is taken away.
    """

    key: str
    slug: str
    title: str
    body: str
    lang: str
    url: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    whole: bool = False
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class Same:
    """A text that the source says is as it was."""

    key: str
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class Gone:
    """A text that was listed and is not there."""

    key: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page that is no article for us: another language, no words. `lasting`: it need not be read again."""

    key: str
    reason: str
    lasting: bool = False
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class Faulty:
    """A text that could not be taken; what was taken of it before stays."""

    key: str
    fault: Fault


Told = Text | Same | Gone | LeftOut | Faulty


@dataclass(frozen=True, slots=True)
class Family:
    """All that was told of one article at once, in whichever languages. `of`: how many there are; 0 = unknown."""

    told: tuple[Told, ...]
    of: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """What is remembered of a text: where it went, the source's marks, when it was seen (ISO 8601).

    `article` "" = it was left out. `gone`: since when the source no longer has it; "" = it has.
    """

    key: str
    article: str = ""
    languages: tuple[str, ...] = ()
    url: str = ""
    marks: Marks = Marks()
    seen: str = ""
    gone: str = ""


Known = Mapping[str, Item]


class Source(Protocol):
    """Where articles come from. `name` tells it apart from every other source."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    def families(self, known: Known) -> Iterator[Family]:
        """Tell everything there is, article by article, reading only what changed since `known`.

        Comes to its end only when all was told; raises SourceError where it cannot go on.
        """
        ...

    def judges(self, item: Item) -> bool:
        """Whether an item that was not told is gone; not where this reading left its language out."""
        ...


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: article ids by what became of them, and what could not be taken.

    `gone`: the source has them no longer; `set_aside`: those of them that are not found any more. `left_out`: pages
    that are no article for us, with the reason. `complete`: the source was read to its end.
    """

    source: str = ""
    kind: str = ""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for. `lang`: take this language alone. `topic`: set on every article. `limit` 0 = all."""

    lang: str = ""
    topic: str = ""
    prune: bool = False
    limit: int = 0

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages to take, the preferred one first."""
        return (self.lang,) if self.lang else LANGUAGES
