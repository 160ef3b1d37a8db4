"""Imported articles in the ledger: versions are shared by an article's languages, and none is ever changed or lost."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.dialog.article import Article, ArticleText
from bot.kb.articles import FIXES
from bot.ports.articles import PACK, Articles, ArticleVersion

from .items import Text

SHARED = ("topic", "fix", "minutes", "when", "done_words", "needs")  # the same in all languages of an article
OWN = ("risk", "signs", "cause")  # a language's own
_INSTRUCTIONS = "how_to"  # what pages of a help site mostly are

Run = Callable[[Coroutine[Any, Any, None]], None]


@dataclass(frozen=True, slots=True)
class Held:
    """An article as it stands; None = not at all. `last`: the highest number that a version of it ever had."""

    article: Article | None = None
    last: int = 0


class Keeper:
    """Writes articles of one source to the ledger. `run` runs a coroutine to its end."""

    def __init__(self, articles: Articles, origin: str, run: Run) -> None:
        self._articles, self._origin, self._run = articles, origin, run

    def held(self, article: str) -> Held:
        """Read an article as it stands."""
        kept = self._articles.versions(article)
        current = [one for one in kept if one.current]
        last = max((one.article.version for one in kept), default=0)
        if not current:
            return Held(last=last)
        newest = max((one.article for one in current), key=lambda one: one.version)
        return Held(replace(newest, texts={one.lang: one.text for one in current}), last)

    def stands(self, article: str, lang: str) -> bool:
        """Whether a text is current."""
        return self._articles.found(article, lang) is not None

    def is_a_packs(self, article: str) -> bool:
        """Whether a pack holds an article of this id."""
        return any(one.current and one.origin == PACK for one in self._articles.versions(article))

    def keep(self, article: str, texts: Mapping[str, Text], topic: str = "") -> str:
        """Write an article's languages; a new version where words or fields changed. Gives added, changed or unchanged.

        Languages that are not given stay as they are. A text that did not change while another did tells so in `as_of`.
        """
        held = self.held(article)
        now = _now(article, held.article, texts, topic)
        if now == held.article:
            return "unchanged"
        now = _risen(now, held)
        at = datetime.now(UTC)
        each = [
            ArticleVersion(replace(now, texts={lang: text}), lang, self._origin, at) for lang, text in now.texts.items()
        ]
        self._run(self._articles.keep(each))
        return "changed" if held.article else "added"

    def set_aside(self, article: str, lang: str) -> None:
        """Take a text from what is found; it stays in its versions."""
        self._run(self._articles.retire([(article, lang)]))


def _now(id: str, before: Article | None, texts: Mapping[str, Text], topic: str) -> Article:
    """The article as the source tells it, still under its old version."""
    fields = _shared(before, texts, topic)
    held = before.texts if before else {}
    told = {lang: _text(text, held.get(lang)) for lang, text in texts.items()}
    return Article(id, before.version if before else 1, **fields, texts={**held, **told})


def _shared(before: Article | None, texts: Mapping[str, Text], topic: str) -> dict[str, Any]:
    """What the languages have in common: what the source tells wins over what stands, the person's wish over both."""
    whole = any(text.whole for text in texts.values())
    kept = {key: getattr(before, key) for key in SHARED if not whole or key == "topic"} if before else {}
    told = {key: text.fields[key] for text in reversed([*texts.values()]) for key in SHARED if key in text.fields}
    shared = {"fix": _INSTRUCTIONS, **kept, **told, **({"topic": topic} if topic else {})}
    if shared["fix"] not in FIXES:
        shared["fix"] = _INSTRUCTIONS
    return _frozen(shared)


def _frozen(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}


def _text(text: Text, before: ArticleText | None) -> ArticleText:
    told = {key: text.fields[key] for key in OWN if key in text.fields}
    kept = {} if text.whole or before is None else {key: getattr(before, key) for key in OWN}
    own: dict[str, Any] = _frozen({**kept, **told})
    return ArticleText(text.title or text.slug, text.body, **own, source=text.url, as_of=before.as_of if before else 0)


def _risen(now: Article, held: Held) -> Article:
    """Raise the version; where words changed, those that did not say which version they tell."""
    before = held.article
    old = before.texts if before else {}
    moved = {lang for lang, text in now.texts.items() if _words(text) != _words(old.get(lang))}
    texts = {
        lang: replace(text, as_of=0 if lang in moved else text.as_of or (before.version if before and moved else 0))
        for lang, text in now.texts.items()
    }
    return replace(now, version=held.last + 1, texts=texts)


def _words(text: ArticleText | None) -> ArticleText | None:
    """What a reader finds."""
    return text and replace(text, source="", as_of=0)
