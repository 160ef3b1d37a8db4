"""The knowledge pages: articles searched, listed, read, and two versions of one compared; closed to strangers."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from bot.console.articles import Versions, article_view, line_of, numbers
from bot.console.asking import LONGEST, Asked, asked_in, number_in, same_page
from bot.console.changes import compared
from bot.console.door import Door
from bot.console.finding import found_for
from bot.console.knowledge_words import Wording
from bot.console.language import KNOWN
from bot.console.listing import listing, topic_name
from bot.console.views import Reader
from bot.ports.articles import Articles, ArticleVersion
from bot.ports.understander import Knowledge

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,199}")


@dataclass(frozen=True, slots=True)
class KnowledgeDoors:
    """What the knowledge pages need. `languages`: those that a question may be in."""

    door: Door
    articles: Articles
    search: Knowledge
    languages: tuple[str, ...] = ("fr", "en")


def knowledge_routes(doors: KnowledgeDoors) -> APIRouter:
    """Give the routes under /kb."""
    pages = KnowledgePages(doors)
    routes = APIRouter(prefix="/kb", include_in_schema=False)
    routes.add_api_route("", pages.shelves, methods=["GET"])
    routes.add_api_route("/{article}", pages.article, methods=["GET"])
    routes.add_api_route("/{article}/compare", pages.compare, methods=["GET"])
    return routes


class KnowledgePages:
    """Shows articles to those who have a session, and a closed door to everyone else."""

    def __init__(self, doors: KnowledgeDoors) -> None:
        self._doors = doors
        self._door = doors.door

    async def shelves(self, request: Request) -> Response:
        """Show what a question finds; without one, the list."""
        reader = self._door.reader(request)
        if reader is None:
            return self._door.closed(request)
        asked = asked_in(request.query_params)
        if asked.question:
            return await self._found(request, asked, reader)
        listed = await asyncio.to_thread(listing, asked, self._doors.articles, reader)
        return self._page(request, "kb/list.html", {"listed": listed, "asked": listed.asked}, reader)

    async def article(self, request: Request, article: str) -> Response:
        """Show an article, as it stands or in an earlier version, in its languages side by side."""
        reader = self._door.reader(request)
        if reader is None:
            return self._door.closed(request)
        kept = await self._kept(article)
        told = request.query_params.get("version", "")
        shown = _version(kept, number_in(told)) if told else _standing(kept)
        if not shown:
            return self._missing(request, "no_version" if kept else "no_article", reader)
        tallies = await asyncio.to_thread(self._doors.articles.tallies, [article])
        view = await asyncio.to_thread(article_view, shown, kept, tallies, reader)
        values = {"view": view, "line": view.line, "topic": topic_name(view.line.topic, reader)}
        return self._page(request, "kb/article.html", values, reader)

    async def compare(self, request: Request, article: str) -> Response:
        """Show what changed between two versions: those that are asked for, else the last two."""
        reader = self._door.reader(request)
        if reader is None:
            return self._door.closed(request)
        kept = await self._kept(article)
        if not kept:
            return self._missing(request, "no_article", reader)
        listed = numbers(kept)
        before, after = _two(request.query_params, listed, _standing(kept))
        if not {before, after} <= set(listed):
            return self._missing(request, "no_version", reader)
        two = _version(kept, before), _version(kept, after)
        found = await asyncio.to_thread(compared, *two, reader) if before != after else None
        values = {"line": line_of(two[1], {}, reader), "numbers": listed, "comparison": found}
        return self._page(request, "kb/compare.html", {"before": before, "after": after, **values}, reader)

    async def _found(self, request: Request, asked: Asked, reader: Reader) -> Response:
        doors = self._doors
        found = await asyncio.to_thread(found_for, asked, doors.search, doors.articles, doors.languages, reader)
        return self._page(request, "kb/found.html", {"found": found, "asked": asked}, reader)

    async def _kept(self, article: str) -> tuple[ArticleVersion, ...]:
        return await asyncio.to_thread(self._doors.articles.versions, article) if _ID.fullmatch(article) else ()

    def _missing(self, request: Request, what: str, reader: Reader) -> Response:
        return self._page(request, "kb/missing.html", {"missing": what}, reader, 404)

    def _page(
        self, request: Request, name: str, values: Mapping[str, object], reader: Reader, status: int = 200
    ) -> Response:
        flags = {lang: same_page(request.query_params, lang) for lang in KNOWN}
        words = {"say": Wording(reader.lang), "asked": Asked(), "longest": LONGEST, "flags": flags, "known": KNOWN}
        return self._door.page(request, name, {**words, **values}, status, reader.lang)


def _version(kept: Versions, number: int) -> tuple[ArticleVersion, ...]:
    return tuple(one for one in kept if one.article.version == number)


def _standing(kept: Versions) -> tuple[ArticleVersion, ...]:
    """What is current; of an article that was set aside, its last version."""
    current = tuple(one for one in kept if one.current)
    return current or (_version(kept, numbers(kept)[0]) if kept else ())


def _two(query: QueryParams, listed: Sequence[int], standing: Versions) -> tuple[int, int]:
    """The two versions to compare: those that are asked for, else what stands with the one before it, if any."""
    after = number_in(query["to"]) if query.get("to") else max(one.article.version for one in standing)
    earlier = next((number for number in listed if number < after), after)
    return number_in(query["from"]) if query.get("from") else earlier, after
