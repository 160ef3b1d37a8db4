"""The articles of a pack, as the linter and the playbook need them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.dialog.flow import Article, ArticleText
from bot.flows.faults import Fault, Margin, Place, Reference
from bot.flows.reading import fields_of, items_of, one_of, predicate_of, text_of
from bot.flows.tree import Fields, Scalar, read_tree
from bot.flows.words import typography

KEYS = ("title", "version", "topic", "fix", "minutes", "when", "done_words", "risk")
FIXES = ("fix", "workaround", "how_to", "advice")
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """Articles by id, what is wrong in their files, and the slots their conditions need."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_articles(folder: Path, name: str) -> ArticleSheet:
    """Read ID.LANG.md files of a folder, which goes by `name` in faults; both languages must say the same."""
    faults: list[Fault] = []
    references: list[Reference] = []
    articles: dict[str, Article] = {}
    for file in sorted(folder.glob("*.md")):
        margin = Margin(Place(f"{name}/{file.name}"), faults, references)
        article_id, _, lang = file.stem.rpartition(".")
        if lang not in LANGUAGES or not article_id:
            margin.note(0, f"'{file.name}' names no language", "name it ID.en.md or ID.fr.md")
            continue
        read = _article(article_id, lang, file.read_text(encoding="utf-8", errors="replace"), margin)
        articles[article_id] = _joined(articles.get(article_id), read, margin)
    faults += _one_language(articles, name)
    return ArticleSheet(articles, tuple(references), tuple(faults))


def _article(article_id: str, lang: str, text: str, margin: Margin) -> Article:
    head, body = _parted(text, margin)
    fields = fields_of(read_tree("\n" + head, margin), margin, "an article", KEYS, ("title", "version", "topic", "fix"))
    told = {key: text_of(fields.fields.get(key), margin, key) for key in ("title", "topic", "risk")}
    if lang == "fr":
        for fault, mend in (*typography(told["title"]), *typography(told["risk"]), *typography(body)):
            margin.note(fields.line, fault, mend)
    fix = fields.fields.get("fix")
    return Article(
        id=article_id,
        version=_number(fields, "version", 1, margin),
        topic=told["topic"],
        fix=one_of(fix, margin, "fix", FIXES) if fix else "fix",
        minutes=_number(fields, "minutes", 5, margin),
        when=predicate_of(fields.fields.get("when"), margin, "when"),
        done_words=tuple(
            text_of(one, margin, "a word") for one in items_of(fields.fields.get("done_words"), margin, "done_words")
        ),
        texts={lang: ArticleText(told["title"], body.strip(), told["risk"])},
    )


def _parted(text: str, margin: Margin) -> tuple[str, str]:
    """The front matter between two lines of dashes, and the body."""
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0].strip():
        margin.note(1, "the article has no head", "begin with `---`, `title: ...` and the other keys, `---`")
        return "{}", text
    return parts[1], parts[2]


def _number(fields: Fields, key: str, otherwise: int, margin: Margin) -> int:
    tree = fields.fields.get(key)
    value = tree.value if isinstance(tree, Scalar) else None
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    if tree is not None:
        margin.note(tree.line, f"{key} must be a whole number from 1", f"write `{key}: {otherwise}`")
    return otherwise


def _joined(one: Article | None, other: Article, margin: Margin) -> Article:
    """Both languages of an article as one; what holds for the article as a whole must be the same in both."""
    if one is None:
        return other
    for key in ("version", "topic", "fix", "minutes", "when"):
        if getattr(one, key) != getattr(other, key):
            told = f"{key} is {getattr(one, key)!r} in one language and {getattr(other, key)!r} in the other"
            margin.note(1, told, "write the same in both")
    words = tuple(dict.fromkeys((*one.done_words, *other.done_words)))
    return replace(one, done_words=words, texts={**one.texts, **other.texts})


def _one_language(articles: Mapping[str, Article], name: str) -> Iterator[Fault]:
    for article in articles.values():
        for lang in LANGUAGES:
            if lang not in article.texts:
                there = next(iter(article.texts))
                mend = f"write articles/{article.id}.{lang}.md"
                yield Fault(f"{name}/{article.id}.{there}.md", 0, "", "", f"the article is not there in '{lang}'", mend)
