"""The help center API of Zendesk as it answers to visitors, agents and clients that page in either way."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

from .serving import Asked, Reply

USER, TOKEN = "agent@acme.example", "s3cret-t0ken"
BASIC = "Basic " + b64encode(f"{USER}/token:{TOKEN}".encode()).decode()
_KNOWN = {
    "page[size]",
    "page[after]",
    "page[before]",
    "page",
    "per_page",
    "sort_by",
    "sort_order",
    "include",
    "start_time",
}


@dataclass
class Entry:
    """An article in one locale."""

    id: int
    locale: str
    title: str
    body: str
    updated_at: str = "2026-01-05T09:00:00Z"
    draft: bool = False
    segment: int | None = None


@dataclass
class Zendesk:
    """A help center. `most`: articles in one answer; `numbered`: it pages by number alone, as it used to."""

    entries: list[Entry]
    locales: tuple[str, ...] = ("en-us", "fr", "de")
    most: int = 2
    numbered: bool = False
    hides_locales: bool = False
    base: str = ""
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """Answer as Zendesk does."""
        told = asked.headers.get("authorization", "")
        if told and told not in (BASIC, f"Bearer {TOKEN}"):
            return _json({"error": "Couldn't authenticate you"}, 401)
        agent = bool(told)
        match asked.path.removeprefix("/api/v2/help_center/").split("/"):
            case ["locales.json"] if self.hides_locales and not agent:
                return _json({"error": "Couldn't authenticate you"}, 401)
            case ["locales.json"]:
                return _json({"locales": list(self.locales), "default_locale": next(iter(self.locales), "")})
            case ["articles.json"] if not agent:
                return _json({"error": "InvalidEndpoint", "description": "a locale is needed"}, 401)
            case ["articles.json"]:
                return self._listed(asked, [one for one in self.entries if one.locale == self.locales[0]])
            case ["incremental", "articles.json"] if agent:
                return self._incremental(asked)
            case [locale, "articles.json"] if locale in self.locales:
                seen = [one for one in self.entries if one.locale == locale and (agent or self._public(one))]
                return self._listed(asked, seen)
        return _json({"error": "RecordNotFound", "description": "Not found"}, 404)

    def _public(self, entry: Entry) -> bool:
        return not entry.draft and entry.segment is None

    def _listed(self, asked: Asked, entries: list[Entry]) -> Reply:
        names = {name for name, _ in asked.query}
        by_cursor = any(name.startswith("page[") for name in names) and not self.numbered
        sizes = [asked.one("page[size]", "30"), asked.one("per_page", "30"), asked.one("page", "1")]
        mixed = by_cursor and names & {"page", "per_page"}
        if not names <= _KNOWN or mixed or not all(one.isdecimal() and 1 <= int(one) <= 100 for one in sizes):
            return _json({"error": "BadRequest", "description": f"bad parameter in {asked.query}"}, 400)
        return self._by_cursor(asked, entries) if by_cursor else self._by_number(asked, entries)

    def _by_cursor(self, asked: Asked, entries: list[Entry]) -> Reply:
        after = asked.one("page[after]", "after-0")
        if not after.startswith("after-"):
            return _json({"error": "InvalidPaginationParameter"}, 400)
        start, size = int(after.removeprefix("after-")), min(int(asked.one("page[size]", "30")), self.most)
        more = start + size < len(entries)
        following = f"{self.base}{asked.path}?page%5Bafter%5D=after-{start + size}&page%5Bsize%5D={size}"
        return _json(
            {
                "articles": [self._article(one) for one in entries[start : start + size]],
                "meta": {"has_more": more, "after_cursor": f"after-{start + size}", "before_cursor": "before"},
                "links": {"prev": None, "next": following if more else None},
            }
        )

    def _by_number(self, asked: Asked, entries: list[Entry]) -> Reply:
        page, size = int(asked.one("page", "1")), min(int(asked.one("per_page", "30")), self.most)
        start = (page - 1) * size
        following = f"{self.base}{asked.path}?page={page + 1}&per_page={size}"
        return _json(
            {
                "count": len(entries),
                "page": page,
                "per_page": size,
                "page_count": -(-len(entries) // size),
                "next_page": following if start + size < len(entries) else None,
                "previous_page": None,
                "sort_by": "position",
                "sort_order": "asc",
                "articles": [self._article(one) for one in entries[start : start + size]],
            }
        )

    def _incremental(self, asked: Asked) -> Reply:
        if not asked.one("start_time").isdecimal():
            return _json({"error": "InvalidValue", "description": "start_time is missing"}, 400)
        articles = [self._article(one) for one in self.entries if one.locale == self.locales[0]]
        return _json({"articles": articles, "count": len(articles), "end_time": 1767603600, "next_page": None})

    def _article(self, entry: Entry) -> dict[str, Any]:
        return {
            "id": entry.id,
            "url": f"{self.base}/api/v2/help_center/{entry.locale}/articles/{entry.id}.json",
            "html_url": f"{self.base}/hc/{entry.locale}/articles/{entry.id}-{entry.title.replace(' ', '-')}",
            "title": entry.title,
            "name": entry.title,
            "body": entry.body,
            "locale": entry.locale,
            "source_locale": "en-us",
            "draft": entry.draft,
            "user_segment_id": entry.segment,
            "created_at": "2025-01-05T09:00:00Z",
            "updated_at": entry.updated_at,
            "edited_at": entry.updated_at,
            "outdated": False,
            "label_names": [],
            "section_id": 360,
        }


def _json(told: Any, status: int = 200) -> Reply:
    return Reply(status, json.dumps(told).encode(), {"Content-Type": "application/json; charset=utf-8"})
