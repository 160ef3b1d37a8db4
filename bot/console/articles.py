"""Articles as the knowledge pages show them: everything said in words, nothing left to look up by a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from markupsafe import Markup

from bot.channels.render import safe_address, web_html
from bot.console.conditions import in_words
from bot.console.differing import LONGEST
from bot.console.knowledge_words import KINDS, LOCALES, NEEDS, Wording
from bot.console.language import KNOWN
from bot.console.views import Reader
from bot.console.words import told
from bot.dialog.article import Article
from bot.ports.articles import PACK, ArticleVersion, Tally, together

Tallies = Mapping[str, Mapping[int, Tally]]
Versions = Sequence[ArticleVersion]


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a list. `lang`: of the title; `langs`: those it exists in; `lags`: those whose text is behind."""

    id: str
    version: int
    title: str
    lang: str
    langs: tuple[str, ...]
    lags: tuple[str, ...]
    topic: str
    kind: str
    minutes: str
    origin: str
    needs: str
    helped: str


@dataclass(frozen=True, slots=True)
class TextView:
    """An article in one language; `html` is safe already, `stale` says which version it tells, where it lags."""

    lang: str
    title: str
    html: Markup
    cut: bool
    stale: str
    version: str
    origin: str
    signs: tuple[str, ...]
    cause: str
    risk: str
    source: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list of versions; `before`: the one it is compared with, 0 for the first."""

    number: int
    day: str
    langs: tuple[str, ...]
    lags: tuple[str, ...]
    helped: str
    current: bool
    before: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article on a page of its own. `newest`: the number it is at; `standing`: current | earlier | set_aside."""

    line: Line
    when: str
    texts: tuple[TextView, ...]
    missing: tuple[str, ...]
    versions: tuple[VersionRow, ...]
    newest: int
    standing: str


def in_order(langs: Sequence[str], reader: Reader) -> tuple[str, ...]:
    """Put languages in order, the reader's own first."""
    return tuple(sorted(langs, key=lambda lang: (lang != reader.lang, KNOWN.index(lang) if lang in KNOWN else 9, lang)))


def line_of(versions: Versions, tallies: Tallies, reader: Reader) -> Line:
    """Tell of an article in a line, by the texts that are given."""
    article = whole(versions)
    langs = in_order(tuple(article.texts), reader)
    return Line(
        id=article.id,
        version=article.version,
        title=article.texts[langs[0]].title,
        lang=langs[0],
        langs=langs,
        lags=_lagging(versions, reader),
        topic=article.topic,
        kind=told(KINDS, article.fix, reader.lang),
        minutes=Wording(reader.lang)("n_minutes", n=article.minutes),
        origin=origin_name(versions[0].origin, reader.lang),
        needs=needs_of(article, reader.lang),
        helped=helped(tallies.get(article.id, {}).get(article.version, Tally()), reader.lang),
    )


def article_view(shown: Versions, kept: Versions, tallies: Tallies, reader: Reader) -> ArticleView:
    """Tell all of an article: the texts that are shown, and every version that was kept."""
    article = whole(shown)
    current = [one for one in kept if one.current]
    newest = max(one.article.version for one in current or kept)
    texts = {one.lang: one for one in shown}
    return ArticleView(
        line=line_of(shown, tallies, reader),
        when=in_words(article.when, reader.lang, reader.names),
        texts=tuple(_text(texts[lang], article.version, reader) for lang in in_order(tuple(texts), reader)),
        missing=in_order([lang for lang in KNOWN if lang not in texts], reader),
        versions=_rows(kept, tallies.get(article.id, {}), reader),
        newest=newest,
        standing="set_aside" if not current else "current" if all(one.current for one in shown) else "earlier",
    )


def whole(versions: Versions) -> Article:
    """Put the texts of an article together. Raises ValueError where there are none."""
    article = together(versions)
    if article is None:
        raise ValueError("an article has a text")
    return article


def helped(tally: Tally, lang: str) -> str:
    """Say how often a version helped."""
    say = Wording(lang)
    if not tally.tried:
        return ""
    return say("helped", helped=say.number(tally.helped), tried=say.number(tally.tried))


def needs_of(article: Article, lang: str) -> str:
    """Say what only the team has, where an article needs it."""
    return ", ".join(told(NEEDS, need, lang) for need in article.needs)


def origin_name(origin: str, lang: str) -> str:
    """Say where an article comes from."""
    return Wording(lang)("pack") if origin == PACK else origin.removeprefix("https://").rstrip("/")


def day(at: datetime, reader: Reader) -> str:
    """Say a day in words."""
    return str(format_date(at.astimezone(reader.zone), "long", locale=LOCALES[reader.lang]))


def numbers(versions: Versions) -> list[int]:
    """List the numbers of versions, the highest first."""
    return sorted({one.article.version for one in versions}, reverse=True)


def _lagging(versions: Versions, reader: Reader) -> tuple[str, ...]:
    return in_order([one.lang for one in versions if one.article.is_stale(one.lang)], reader)


def _text(version: ArticleVersion, newest: int, reader: Reader) -> TextView:
    text, number, say = version.text, version.article.version, Wording(reader.lang)
    since = say("since", day=day(version.kept_at, reader))
    return TextView(
        lang=version.lang,
        title=text.title,
        html=Markup(web_html(text.body[:LONGEST], outline=4)),
        cut=len(text.body) > LONGEST,
        stale=say("as_of", tells=text.as_of, at=newest) if version.article.is_stale(version.lang) else "",
        version=f"{say('version', n=number)}, {since}",
        origin=origin_name(version.origin, reader.lang),
        signs=text.signs,
        cause=text.cause,
        risk=text.risk,
        source=safe_address(text.source),
    )


def _rows(kept: Versions, tallies: Mapping[int, Tally], reader: Reader) -> tuple[VersionRow, ...]:
    listed = numbers(kept)
    return tuple(
        _row(number, before, [one for one in kept if one.article.version == number], tallies, reader)
        for number, before in zip(listed, [*listed[1:], 0], strict=True)
    )


def _row(number: int, before: int, texts: Versions, tallies: Mapping[int, Tally], reader: Reader) -> VersionRow:
    return VersionRow(
        number=number,
        day=day(max(one.kept_at for one in texts), reader),
        langs=in_order([one.lang for one in texts], reader),
        lags=_lagging(texts, reader),
        helped=helped(tallies.get(number, Tally()), reader.lang),
        current=any(one.current for one in texts),
        before=before,
    )
