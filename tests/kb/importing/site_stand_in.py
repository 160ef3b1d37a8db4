"""A help site: pages with dates, tags and alternates, a robots.txt, sitemaps of every kind, and moods."""

import gzip
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from .serving import Asked, Reply

_HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class SitePage:
    """A page. `changed` "" = the sitemap does not say; `others`: hreflang -> path, told in the sitemap or the page."""

    html: str
    changed: str = ""
    tagged: bool = False
    others: dict[str, str] = field(default_factory=dict)
    others_in_page: bool = False
    redirect: str = ""
    status: int = 200
    data: bytes = b""
    kind: str = "text/html; charset=utf-8"


@dataclass
class Site:
    """A site that serves its pages, and lists them in an index of two sitemaps, one of them gzipped."""

    pages: dict[str, SitePage]
    robots: str = "User-agent: *\nDisallow: /private/\n"
    moods: list[Reply] = field(default_factory=list)  # what it answers instead, to the next requests of pages
    fails_after: int = 1_000  # pages before it breaks down
    mapped: bool = True
    base: str = ""
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """Answer as such a site does."""
        paths = list(self.pages)
        match asked.path:
            case "/robots.txt":
                listed = f"Sitemap: {self.base}/maps/index.xml\n" if self.mapped else ""
                return Reply(200, (self.robots + listed).encode(), {"Content-Type": "text/plain"})
            case "/maps/index.xml" if self.mapped:
                return Reply(200, self._index().encode(), {"Content-Type": "application/xml"})
            case "/maps/one.xml" if self.mapped:
                return Reply(200, self._map(paths[::2]).encode(), {"Content-Type": "application/xml"})
            case "/maps/two.xml.gz" if self.mapped:
                return Reply(200, gzip.compress(self._map(paths[1::2]).encode()), {"Content-Type": "application/gzip"})
        where = asked.path + (f"?{'&'.join(f'{name}={value}' for name, value in asked.query)}" if asked.query else "")
        if where not in self.pages:
            return Reply(404, b"<html>not here</html>", _HTML)
        if self.moods:
            return self.moods.pop(0)
        if sum(one.path in self.pages for one in self.asked) > self.fails_after:
            return Reply(502, b"bad gateway")
        return self._page(self.pages[where], asked)

    def fetched(self) -> list[str]:
        """The pages that were asked for since this was last called."""
        paths = [one.path for one in self.asked if one.path in self.pages]
        self.asked.clear()
        return paths

    def _page(self, page: SitePage, asked: Asked) -> Reply:
        if page.redirect:
            return Reply(302, b"", {"Location": page.redirect})
        if page.status != 200:
            return Reply(page.status, b"<html>no</html>", _HTML)
        html = page.html
        if page.others_in_page:
            alternates = "".join(
                f'<link rel="alternate" hreflang="{lang}" href="{self.base}{path}">'
                for lang, path in page.others.items()
            )
            html = html.replace("<head>", f"<head>{alternates}")
        body = page.data or html.encode()
        tag = f'"{hash(body)}"'
        if page.tagged and asked.headers.get("if-none-match") == tag:
            return Reply(304, b"", {"ETag": tag})
        return Reply(200, body, {"Content-Type": page.kind, **({"ETag": tag} if page.tagged else {})})

    def _index(self) -> str:
        maps = "".join(
            f"<sitemap><loc>{self.base}/maps/{name}</loc><lastmod>2026-01-05</lastmod></sitemap>"
            for name in ("one.xml", "two.xml.gz")
        )
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        return f'{head}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'

    def _map(self, paths: list[str]) -> str:
        entries = "".join(self._entry(path, self.pages[path]) for path in paths)
        spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
        return f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>{entries}</urlset>'

    def _entry(self, path: str, page: SitePage) -> str:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{lang}" href="{self.base}{other}"/>'
            for lang, other in page.others.items()
            if not page.others_in_page
        )
        changed = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
        return f"<url><loc>{escape(self.base + path)}</loc>{changed}{others}</url>"


def html(title: str, text: str, lang: str = "en") -> str:
    """A page as help sites write it."""
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title} | Acme Help</title></head><body>'
        f'<header><a href="/">Acme</a><nav><a href="/login">Sign in</a></nav></header>'
        f"<main><h1>{title}</h1>{text}</main><footer>All rights reserved</footer></body></html>"
    )
