"""Confluence's REST API as it answers: Data Center v1, Cloud v1 and, where v1 is gone, Cloud v2. Refuses all else."""

import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .serving import Asked, Reply

USER, TOKEN = "reader@acme.example", "s3cret-t0ken"
BASIC = "Basic " + b64encode(f"{USER}:{TOKEN}".encode()).decode()
_V1_LIST = {"type", "spaceKey", "title", "status", "postingDay", "expand", "start", "limit"}
_EXPANDABLE = {"body.export_view", "body.storage", "body.view", "version", "metadata.labels", "space", "history"}


@dataclass
class WikiPage:
    """A page of the stand-in."""

    id: str
    title: str
    html: str
    version: int = 1
    labels: tuple[str, ...] = ()


@dataclass
class Confluence:
    """One space, "IT". `cloud` 0 = Data Center, 1 = Cloud with v1, 2 = Cloud without it."""

    pages: list[WikiPage]
    cloud: int = 0
    most: int = 2  # pages in one answer, whatever limit was asked for
    fails_after: int = 1_000  # answers before it breaks down
    base: str = ""
    asked: list[Asked] = field(default_factory=list)

    @property
    def context(self) -> str:
        """The path below which it lives."""
        return "/wiki" if self.cloud else ""

    def answer(self, asked: Asked) -> Reply:
        """Answer as Confluence does."""
        allowed = (BASIC,) if self.cloud else (BASIC, f"Bearer {TOKEN}")
        if asked.headers.get("authorization") not in allowed:
            return _json({"statusCode": 401, "message": "Unauthorized"}, 401)
        if len(self.asked) > self.fails_after:
            return Reply(503, b"down for maintenance")
        path = asked.path.removeprefix(self.context)
        if not asked.path.startswith(f"{self.context}/"):
            return Reply(404, b"<html>Page not found</html>", {"Content-Type": "text/html"})
        if path.startswith("/rest/api/content"):
            if self.cloud == 2:
                return _json({"message": "GoneException: This deprecated endpoint has been removed."}, 410)
            return self._v1(path.removeprefix("/rest/api/content").strip("/"), asked)
        if path.startswith("/api/v2/") and self.cloud:
            return self._v2(path.removeprefix("/api/v2/"), asked)
        return _json({"message": "null for uri"}, 404)

    def _v1(self, id: str, asked: Asked) -> Reply:
        expand = [one for one in asked.one("expand").split(",") if one]
        known = {"expand", "status", "version"} if id else _V1_LIST
        if not {name for name, _ in asked.query} <= known or not set(expand) <= _EXPANDABLE:
            return _json({"statusCode": 400, "message": f"unknown parameter in {asked.query}"}, 400)
        if id:
            found = next((page for page in self.pages if page.id == id), None)
            return _json(self._page_v1(found, expand)) if found else _json({"statusCode": 404}, 404)
        if asked.one("spaceKey") != "IT":
            return _json({"statusCode": 404, "message": f"No space with key : {asked.one('spaceKey')}"}, 404)
        if asked.one("type", "page") != "page":
            return _json(self._list_v1([], 0, 0, asked))
        start, limit = asked.one("start", "0"), asked.one("limit", "25")
        if not start.isdecimal() or not limit.isdecimal():
            return _json({"statusCode": 400, "message": "start and limit are numbers"}, 400)
        size = min(int(limit), self.most)
        chosen = self.pages[int(start) : int(start) + size]
        return _json(self._list_v1([self._page_v1(page, expand) for page in chosen], int(start), size, asked))

    def _list_v1(self, results: list[dict[str, Any]], start: int, limit: int, asked: Asked) -> dict[str, Any]:
        links = {"base": self.base + self.context, "context": self.context, "self": f"{self.base}{asked.path}"}
        if start + len(results) < len(self.pages) and results:
            kept = "&".join(f"{name}={value}" for name, value in asked.query if name not in ("start", "limit"))
            links["next"] = f"/rest/api/content?{kept}&limit={limit}&start={start + len(results)}"
        return {"results": results, "start": start, "limit": limit, "size": len(results), "_links": links}

    def _page_v1(self, page: WikiPage, expand: Iterable[str]) -> dict[str, Any]:
        told: dict[str, Any] = {"id": page.id, "type": "page", "status": "current", "title": page.title}
        told["_links"] = {"webui": self._webui(page), "self": f"{self.base}{self.context}/rest/api/content/{page.id}"}
        told["_expandable"] = {"space": "/rest/api/space/IT"}
        if "version" in expand:
            told["version"] = {"number": page.version, "when": "2026-01-05T09:00:00.000Z", "minorEdit": False}
        if "body.export_view" in expand:
            told["body"] = {"export_view": {"value": page.html, "representation": "export_view"}}
        if "metadata.labels" in expand:
            labels = [{"prefix": "global", "name": name, "id": "1"} for name in page.labels]
            told["metadata"] = {"labels": {"results": labels, "start": 0, "limit": 200, "size": len(labels)}}
        return told

    def _webui(self, page: WikiPage) -> str:
        name = page.title.replace(" ", "+")
        return f"/spaces/IT/pages/{page.id}/{name}" if self.cloud else f"/display/IT/{name}"

    def _v2(self, path: str, asked: Asked) -> Reply:
        names = {name for name, _ in asked.query}
        match path.split("/"):
            case ["spaces"] if names <= {"keys", "ids", "limit", "cursor", "type", "status"}:
                found = [{"id": "65551", "key": "IT", "name": "IT"}] if asked.one("keys") == "IT" else []
                return _json({"results": found, "_links": {"base": f"{self.base}/wiki"}})
            case ["spaces", "65551", "pages"] if names <= {"depth", "sort", "status", "body-format", "cursor", "limit"}:
                return self._list_v2(asked)
            case ["pages"] if names <= {"space-id", "sort", "status", "title", "body-format", "cursor", "limit"}:
                return self._list_v2(asked)
            case ["pages", id] if names <= {"body-format", "include-labels", "version", "status", "include-version"}:
                page = next((page for page in self.pages if page.id == id), None)
                return _json(self._page_v2(page, asked)) if page else _json({"errors": [{"status": 404}]}, 404)
        return _json({"errors": [{"status": 400, "title": f"unknown parameter in {asked.query}"}]}, 400)

    def _list_v2(self, asked: Asked) -> Reply:
        cursor = asked.one("cursor", "at-0")
        limit = asked.one("limit", "25")
        formats = ("", "storage", "atlas_doc_format")
        bad_limit = not limit.isdecimal() or not 1 <= int(limit) <= 250
        if not cursor.startswith("at-") or bad_limit or asked.one("body-format") not in formats:
            return _json({"errors": [{"status": 400, "title": "bad cursor, limit or body-format"}]}, 400)
        start = int(cursor.removeprefix("at-"))
        size = min(int(limit), self.most)
        links = {"base": f"{self.base}/wiki"}
        if start + size < len(self.pages):
            links["next"] = f"{asked.path}?cursor=at-{start + size}&limit={limit}"
        results = [self._page_v2(page, asked) for page in self.pages[start : start + size]]
        return _json({"results": results, "_links": links})

    def _page_v2(self, page: WikiPage, asked: Asked) -> dict[str, Any]:
        told: dict[str, Any] = {"id": page.id, "status": "current", "title": page.title, "spaceId": "65551"}
        told["version"] = {"number": page.version, "createdAt": "2026-01-05T09:00:00.000Z", "minorEdit": False}
        told["_links"] = {"webui": self._webui(page), "base": f"{self.base}/wiki"}
        told["body"] = {}
        if asked.one("body-format") == "export_view":
            told["body"] = {"export_view": {"representation": "export_view", "value": page.html}}
        if asked.one("include-labels") == "true":
            told["labels"] = {"results": [{"name": name, "prefix": "global"} for name in page.labels]}
        return told


def _json(told: Any, status: int = 200) -> Reply:
    return Reply(status, json.dumps(told).encode(), {"Content-Type": "application/json;charset=UTF-8"})
