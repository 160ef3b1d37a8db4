"""Articles in the ledger's database: versions are added, never changed; what is current is marked."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, bindparam, case, func, literal_column, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from bot.dialog.article import Article
from bot.dialog.tries import DID_NOT_HELP, HELPED
from bot.ports.articles import ArticleChangedError, ArticleVersion, Shelf, Tally
from bot.store.codec import decode, encode, moment, stamp
from bot.store.ledger import SqlLedger
from bot.store.tables import article, article_result

T = TypeVar("T")

BATCH = 200  # versions written at once: a unit of the writer lasts at most 50 ms
LONGEST_TOPIC = 200  # characters that are listed by: an index takes no longer ones
_COLUMNS = ("article", "lang", "version", "topic", "stale", "body", "digest", "origin", "kept_at")
_ADD = (
    insert(article)
    .values({name: bindparam(name) for name in _COLUMNS})
    .values(current=False)
    .on_conflict_do_nothing(index_elements=["article", "lang", "version"])
)
# What is current, in the very words of the indexes: SQLite uses them for no others.
_NOW: ColumnElement[Any] = literal_column("article.current")
_ONE = select(article).where(article.c.article == bindparam("which"))
_MARK = (
    update(article)
    .where(article.c.article == bindparam("which"), article.c.lang == bindparam("whose"))
    .values(current=article.c.version == bindparam("number"))
)
_CURRENT = select(article).where(_NOW)
_STATE = select(func.count(), func.max(article.c.id), func.sum(article.c.id)).where(_NOW)
_EACH = (
    select(
        article.c.topic,
        func.max(article.c.origin).label("origin"),
        func.max(case((article.c.stale, 1), else_=0)).label("stale"),
    )
    .where(_NOW)
    .group_by(article.c.topic, article.c.article)
    .subquery()
)
_SHELVES = select(_EACH, func.count().label("held")).group_by(*_EACH.c)
_TALLY = select(
    article_result.c.article,
    article_result.c.version,
    func.sum(case((article_result.c.result == HELPED, 1), else_=0)).label("helped"),
    func.sum(case((article_result.c.result == DID_NOT_HELP, 1), else_=0)).label("did_not_help"),
).group_by(article_result.c.article, article_result.c.version)


class SqlArticles:
    """Implements bot.ports.articles.Articles."""

    def __init__(self, ledger: SqlLedger) -> None:
        self._ledger = ledger

    async def keep(self, versions: Iterable[ArticleVersion]) -> None:
        """Add versions, batch by batch, and make them current. Raises ArticleChangedError, and then wrote nothing."""
        rows = [_row(version) for version in versions]
        changed = [key for batch in _batches(rows) for key in await self._ledger.read(_changed(batch))]
        if changed:
            raise ArticleChangedError(changed)
        for batch in _batches(rows):
            await self._ledger.writer.submit(_keeping(batch))

    async def retire(self, texts: Iterable[tuple[str, str]]) -> None:
        """Take texts from what is current."""
        for batch in _batches(sorted(texts)):
            await self._ledger.writer.submit(_retiring(batch))

    def standing(self, origin: str) -> frozenset[tuple[str, str]]:
        """Name the current texts of an origin."""
        held = select(article.c.article, article.c.lang).where(_NOW, article.c.origin == origin)
        return frozenset((row.article, row.lang) for row in self._rows(held))

    def current(self) -> Iterator[ArticleVersion]:
        """Give what is current, a few at a time."""
        with self._ledger.database.reading.connect() as connection:
            ordered = _CURRENT.order_by(article.c.article, article.c.lang).execution_options(yield_per=BATCH)
            yield from map(_version, connection.execute(ordered))

    def found(self, article_id: str, lang: str, version: int = 0) -> ArticleVersion | None:
        """Give a version; 0 = the current one."""
        which = article.c.version == version if version else _NOW
        rows = self._rows(_ONE.where(article.c.lang == lang, which), which=article_id)
        return _version(rows[0]) if rows else None

    def versions(self, article_id: str) -> tuple[ArticleVersion, ...]:
        """Give all versions, newest first."""
        return tuple(
            map(_version, self._rows(_ONE.order_by(article.c.version.desc(), article.c.lang), which=article_id))
        )

    def origins(self) -> Mapping[str, int]:
        """Count the current articles by origin."""
        counted = select(article.c.origin, func.count(article.c.article.distinct()).label("held"))
        return {row.origin: row.held for row in self._rows(counted.where(_NOW).group_by(article.c.origin))}

    def shelves(self) -> Mapping[Shelf, int]:
        """Count the current articles by where they stand."""
        return {Shelf(row.topic, row.origin, bool(row.stale)): row.held for row in self._rows(_SHELVES)}

    def listed(
        self, topic: str, start: int, most: int, origin: str = "", stale: bool = False
    ) -> tuple[tuple[ArticleVersion, ...], ...]:
        """Give a stretch of a topic's current articles; of these alone the texts are read."""
        ids = select(article.c.article).where(_NOW, article.c.topic == topic).distinct()
        if origin:
            ids = ids.where(article.c.origin == origin)
        if stale:
            ids = ids.where(article.c.stale)
        stretch = ids.order_by(article.c.article).offset(start).limit(most)
        rows = self._rows(_CURRENT.where(article.c.article.in_(stretch)).order_by(article.c.article, article.c.lang))
        return tuple(tuple(map(_version, held)) for _, held in groupby(rows, key=lambda row: row.article))

    def tallies(self, articles: Collection[str] | None = None) -> Mapping[str, Mapping[int, Tally]]:
        """Count results by article and version."""
        told: dict[str, dict[int, Tally]] = {}
        query = _TALLY if articles is None else _TALLY.where(article_result.c.article.in_(articles))
        for row in self._rows(query):
            told.setdefault(row.article, {})[row.version] = Tally(int(row.helped), int(row.did_not_help))
        return told

    def state(self) -> str:
        """Name what is current."""
        return "-".join(str(part or 0) for part in self._rows(_STATE)[0])

    def _rows(self, query: Any, **values: Any) -> Sequence[Row[Any]]:
        with self._ledger.database.reading.connect() as connection:
            return connection.execute(query, values).all()


def _batches(things: Sequence[T]) -> Iterator[Sequence[T]]:
    return (things[start : start + BATCH] for start in range(0, len(things), BATCH))


def _row(version: ArticleVersion) -> dict[str, Any]:
    body, _ = encode(version.article)
    return {
        "article": version.article.id,
        "lang": version.lang,
        "version": version.article.version,
        "topic": _topic(version.article.topic),
        "stale": version.article.is_stale(version.lang),
        "body": body,
        "digest": hashlib.sha256(body.encode()).hexdigest(),
        "origin": version.origin,
        "kept_at": stamp(version.kept_at),
    }


def _topic(told: str) -> str:
    """A topic to list by, as every database takes it."""
    return told[:LONGEST_TOPIC].replace("\0", "").encode("utf-8", "replace").decode()


def _version(row: Row[Any]) -> ArticleVersion:
    held: Article = decode(Article, row.body, "")
    return ArticleVersion(held, row.lang, row.origin, moment(row.kept_at), bool(row.current))


def _changed(rows: Sequence[dict[str, Any]]) -> Callable[[Connection], list[tuple[str, str, int]]]:
    """Find those of the rows that are kept with another text."""
    digests = {(row["article"], row["lang"], row["version"]): row["digest"] for row in rows}
    ids = {row["article"] for row in rows}
    query = select(article.c.article, article.c.lang, article.c.version, article.c.digest).where(
        article.c.article.in_(ids)
    )

    def changed(connection: Connection) -> list[tuple[str, str, int]]:
        held = {(row.article, row.lang, row.version): row.digest for row in connection.execute(query)}
        return sorted(key for key, digest in digests.items() if held.get(key, digest) != digest)

    return changed


def _retiring(texts: Sequence[tuple[str, str]]) -> Callable[[Connection], None]:
    off = update(article).where(tuple_(article.c.article, article.c.lang).in_(texts)).values(current=False)
    return lambda connection: connection.execute(off).close()


def _keeping(rows: Sequence[dict[str, Any]]) -> Callable[[Connection], None]:
    def keep(connection: Connection) -> None:
        connection.execute(_ADD, list(rows))
        marks = [{"which": row["article"], "whose": row["lang"], "number": row["version"]} for row in rows]
        connection.execute(_MARK, marks)

    return keep
