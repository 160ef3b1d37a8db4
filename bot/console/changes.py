"""What changed from one version of an article to another: in its fields, and in the text of each language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.console.articles import Versions, in_order, needs_of, whole
from bot.console.conditions import in_words
from bot.console.differing import Piece, Stretch, differences, is_cut, words
from bot.console.knowledge_words import FIELDS, KINDS, Wording
from bot.console.views import Reader
from bot.console.words import told
from bot.dialog.article import Article, ArticleText
from bot.ports.articles import ArticleVersion


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changed, in words."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TextChanges:
    """What changed in one language; `note` says what there is to say where no line changed. `cut`: not all compared."""

    lang: str
    fields: tuple[FieldChange, ...]
    stretches: tuple[Stretch, ...]
    note: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one version to another; `fields` are those of all languages."""

    before: int
    after: int
    fields: tuple[FieldChange, ...]
    texts: tuple[TextChanges, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed at all."""
        return not self.fields and not any(one.fields or one.stretches or one.note or one.cut for one in self.texts)


def compared(before: Versions, after: Versions, reader: Reader) -> Comparison:
    """Compare two versions, each given as its texts."""
    old, new = whole(before), whole(after)
    langs = in_order(tuple({**old.texts, **new.texts}), reader)
    texts = tuple(_text(lang, _in(lang, before), _in(lang, after), reader) for lang in langs)
    return Comparison(
        old.version, new.version, tuple(_changed(_shared(old, reader), _shared(new, reader), reader)), texts
    )


def _in(lang: str, versions: Sequence[ArticleVersion]) -> ArticleVersion | None:
    return next((one for one in versions if one.lang == lang), None)


def _shared(article: Article, reader: Reader) -> Mapping[str, str]:
    """What is the same in all languages."""
    lang, names = reader.lang, reader.names
    return {
        "topic": names.topic(article.topic, lang) if article.topic else "",
        "fix": told(KINDS, article.fix, lang),
        "minutes": Wording(lang)("n_minutes", n=article.minutes),
        "when": in_words(article.when, lang, names),
        "needs": needs_of(article, lang),
        "done_words": ", ".join(article.done_words),
    }


def _own(text: ArticleText) -> Mapping[str, str]:
    """What is of one language, the text itself apart."""
    signs = " · ".join(text.signs)
    return {"title": text.title, "signs": signs, "cause": text.cause, "risk": text.risk, "source": text.source}


def _changed(old: Mapping[str, str], new: Mapping[str, str], reader: Reader) -> Iterator[FieldChange]:
    for key, after in new.items():
        if old[key] != after:
            yield FieldChange(told(FIELDS, key, reader.lang), words(old[key], after))


def _text(lang: str, before: ArticleVersion | None, after: ArticleVersion | None, reader: Reader) -> TextChanges:
    old, new = (one.text if one else ArticleText("", "") for one in (before, after))
    stretches = differences(old.body, new.body)
    cut = old.body != new.body and is_cut(old.body, new.body)
    note = _note(before, after, bool(stretches) or cut, Wording(reader.lang))
    return TextChanges(lang, tuple(_changed(_own(old), _own(new), reader)), stretches, note, cut)


def _note(before: ArticleVersion | None, after: ArticleVersion | None, moved: bool, say: Wording) -> str:
    """Say what the lines do not show."""
    match before, after:
        case (None, ArticleVersion() as only) | (ArticleVersion() as only, None):
            return say("only_in", n=only.article.version)
        case ArticleVersion() as old, ArticleVersion() as new if old.text.body != new.text.body and not moved:
            return say("spacing")
        case _:
            return ""
