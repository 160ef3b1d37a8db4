"""What an HTML page tells: its language, its title, its other languages, and the article in it."""

import codecs
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import Tag

from .html import element_markdown, followed, one_line, parsed

# The page's own title, with the badge or date that some put above it.
_HEADING = re.compile(r"\A(?:(?:(?!```)[^#\n][^\n]{0,200}\n+){0,3}#|##?) (?P<title>[^\n]+)(?:\n+|\Z)")
_NO_PAGE_SETS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7")  # some take for ever
_LARGEST_TREE = 20_000  # elements that trafilatura looks at
_HOLDERS = ["div", "section", "form", "center", "table", "tbody", "tr", "td", "span", "font"]
_SITE_NAME = re.compile(r"\s+(?:[-|·•–—»]|::)\s+[^-|·•–—»]{1,60}\Z")


@dataclass(frozen=True, slots=True)
class PageTold:
    """A page read. `lang` as the page writes it, "" = untold; `others`: the addresses of its other languages."""

    title: str
    body: str
    lang: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


def read_page(html: str, address: str) -> PageTold:
    """Read the article out of a page. Raises TooMuchError."""
    soup = parsed(html)
    root = soup.find("html")
    base = soup.find("base", href=True)
    stands = followed(str(base["href"]), address) if isinstance(base, Tag) else ""
    lang = str(root.get("lang") or root.get("xml:lang") or "") if isinstance(root, Tag) else ""
    others = dict(_others(soup, address))
    article, title = _article(soup)
    told = element_markdown(article, stands or address) if article else ""
    heading = _HEADING.match(told)
    if heading:
        title, told = one_line(_unmarked(heading["title"])), told[heading.end() :].strip()
    return PageTold(title, told, lang, others)


def _article(soup: BeautifulSoup) -> tuple[Tag | None, str]:
    """The element that holds the article, and the title that stands outside of it."""
    titles = soup.find_all("h1")
    title = one_line(titles[0].get_text(" ")) if len(titles) == 1 else ""
    if named := _landmark(soup):
        return named, title or _named(soup)
    body = soup.find("body")
    found = _extracted(soup) or (body if isinstance(body, Tag) else None)
    return found, title or (found and _heading_above(found)) or _named(soup)


def decoded(data: bytes, charset: str = "") -> str:
    """Read bytes as text: in the character set that the answer or the page names, else as most pages are written."""
    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    for name in (charset, declared, "utf-8"):
        with suppress(LookupError, ValueError):
            if name and codecs.lookup(name).name not in _NO_PAGE_SETS:
                return data.decode(name)
    told_utf8 = "utf-8" in {(charset or "").lower(), (declared or "").lower()}
    return data.decode("utf-8" if told_utf8 else "cp1252", errors="replace")


def links(html: str, address: str) -> Iterator[str]:
    """Where the links of a page lead, in their order. Raises TooMuchError."""
    for link in parsed(html).find_all("a", href=True):
        if where := followed(str(link["href"]), address):
            yield where


def _others(soup: BeautifulSoup, address: str) -> Iterator[tuple[str, str]]:
    for link in soup.find_all("link", hreflang=True, href=True):
        if "alternate" in str(link.get("rel") or "") and (where := followed(str(link["href"]), address)):
            yield str(link["hreflang"]), where


def _named(soup: BeautifulSoup) -> str:
    """The title that the page's head gives, without the site's name behind it."""
    told = soup.find("meta", property="og:title")
    title = one_line(str(told.get("content") or "")) if isinstance(told, Tag) else ""
    if not title and isinstance(soup.title, Tag):
        title = _SITE_NAME.sub("", one_line(soup.title.get_text()))
    return title


def _landmark(soup: BeautifulSoup) -> Tag | None:
    """The element that the page itself names as its article, where it names one."""
    for selector in ("#main-content.wiki-content", "main article", "article", "main", "[role=main]"):
        found = soup.select(selector)
        if len(found) == 1 and found[0].get_text(strip=True):
            return found[0]
    return None


def _extracted(soup: BeautifulSoup) -> Tag | None:
    """The element that holds what trafilatura takes for the article of a page that names none.

    It is asked where the article is, not for its text: of lists and headings it loses too many.
    """
    from trafilatura import extract  # a quarter of a second, which no other verb should pay
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "10")  # help articles are short
    config.set("DEFAULT", "MAX_TREE_SIZE", str(_LARGEST_TREE))
    told = extract(str(soup), favor_recall=True, include_comments=False, config=config)
    body = soup.find("body")
    return _holder(body, " ".join(told.split())) if told and isinstance(body, Tag) else None


def _holder(body: Tag, told: str) -> Tag:
    """The innermost element around nine tenths of a text that was taken out of it."""
    weights: dict[int, int] = {}
    for node in body.find_all(string=True):
        words = " ".join(node.split())
        if len(words) > 2 and words in told:
            for parent in node.parents:
                weights[id(parent)] = weights.get(id(parent), 0) + len(words)
    holder, enough = body, 0.9 * weights.get(id(body), 0)
    while inner := [one for one in holder.find_all(_HOLDERS, recursive=False) if weights.get(id(one), 0) >= enough > 0]:
        holder = inner[0]
    return holder


def _heading_above(article: Tag) -> str:
    """The nearest heading that stands before an article."""
    above = article.find_previous(["h1", "h2", "h3"])
    return one_line(above.get_text(" ")) if isinstance(above, Tag) else ""


def _unmarked(heading: str) -> str:
    """A heading's words without their Markdown."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    words = re.sub(r"(?<!\\)[*`]+", "", words)
    return re.sub(r"\\([^\w\s])", r"\1", words).replace("&lt;", "<").replace("&amp;", "&").strip()
