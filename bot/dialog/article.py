"""Knowledge articles as conversations know them: what they tell in each language, and to whom they may be told."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article in one language; `body` is Markdown. `risk`: what it interrupts; empty = no risk to files.

    `signs`: how people tell it, in their own words; `cause`: why it happens. `as_of`: the version that this text tells,
    where the article has moved on in another language since; 0 = it is current.
    """

    title: str
    body: str
    risk: str = ""
    signs: tuple[str, ...] = ()
    cause: str = ""
    source: str = ""
    as_of: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A knowledge article: a fix, a workaround or a how-to.

    `minutes` is the person's own time. `when`: a predicate over slots, where the fix applies. `done_words`: what
    people call having done it ("restart"), matched with `Understanding.done`. `needs`: what only a technician has,
    admin | presence: such an article is shown to agents and never proposed to a person.
    """

    id: str
    version: int
    topic: str = ""
    fix: str = "fix"  # fix | workaround | how_to | advice
    minutes: int = 5
    when: str = ""
    done_words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    texts: Mapping[str, ArticleText] = field(default_factory=dict)

    def is_stale(self, lang: str) -> bool:
        """Whether the text in this language lags behind the other's."""
        text = self.texts.get(lang)
        return text is not None and 0 < text.as_of < self.version
