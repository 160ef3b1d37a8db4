"""HTML of others made into Markdown of ours: clean, without a tag, a script, a picture or a tracked link left."""

import re
import warnings
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, Tag

from .markdown import REMOVED_NAME, markdown

MOST_TAGS = 40_000  # of one page: more is no article, and takes minutes
_DEEPEST = 60  # elements within one another; what lies deeper stays as its words
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BLANK = re.compile(r"[ \t\r\n]+")  # not the no-break spaces of French
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|_hs\w+|mkt_tok", re.IGNORECASE)
_SCHEMES = ("http", "https", "mailto")
_BLOCKS = re.findall(r"\S+", "p div h1 h2 h3 h4 h5 h6 ul ol li pre table blockquote section article dl dd dt")
_REMOVED = re.findall(
    r"\S+",
    """
    script style template noscript iframe object embed applet svg math canvas audio video source track map area button
    input select textarea datalist nav aside footer head link meta base title frame frameset dialog progress
    """,
)
# What surrounds an article inside its own element, by the names that the makers of help sites give it.
_AROUND_ROLES = {"navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alertdialog"}
_AROUND_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        breadcrumb breadcrumbs theme-doc-breadcrumbs toc toc-macro table-of-contents theme-doc-toc-mobile pagination
        pagination-nav pager article-votes article-relatives article-share article-comments article-subscribe share
        social-share recent-articles related-articles related-posts comments comment-list sidebar headerlink hash-link
        anchor-link skip-link cookie-banner cookie-consent edit-this-page theme-edit-this-page page-metadata feedback
        was-this-helpful newsletter site-footer site-header
        """,
    )
)


class TooMuchError(Exception):
    """A page with more elements than an article has."""


def plain(text: str) -> str:
    """A text of others without characters that a file, a terminal or a reader would take as an order."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """A title: plain, on one line, of a length that can be shown."""
    return _BLANK.sub(" ", plain(text)).strip()[:300]


def parsed(html: str) -> BeautifulSoup:
    """Read a page, whatever is wrong with it. Raises TooMuchError."""
    if html.count("<") > MOST_TAGS:
        raise TooMuchError(f"the page has more than {MOST_TAGS:,} elements")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(plain(html), "lxml")
    _flatten(soup)
    return soup


def to_markdown(html: str, base: str = "") -> str:
    """Tell a piece of HTML; links are made absolute by the address it stands at. Raises TooMuchError."""
    return element_markdown(parsed(html), base)


def element_markdown(body: Tag, base: str = "") -> str:
    """Tell an element; it is changed on the way, but nothing is taken out of it: among many siblings that is slow."""
    for tag in body.find_all(_is_around):
        tag.name = REMOVED_NAME
    for picture in body.find_all("img"):
        words = one_line(str(picture.get("alt") or ""))
        picture.name = "span"
        picture.append(NavigableString(words))
    for table in body.find_all("table"):
        _unlay(table)
    for link in body.find_all("a"):
        _straighten(link, base)
    for steps in body.find_all("ol"):
        _count(steps)
    return markdown(body)


def followed(href: str, base: str) -> str:
    """The address a link leads to, absolute and without tracking; "" where it must not be followed."""
    try:
        parts = urlsplit(urljoin(base, plain(href).strip()))
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or (parts.scheme != "mailto" and not host):
        return ""
    query = parts.query
    if _TRACKING.search(query):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)])
    address = urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))
    return quote(address, safe="%:/?#@!$&*+,;=~._-")  # brackets and blanks would end it in Markdown


def _flatten(soup: BeautifulSoup) -> None:
    """Cut what is nested deeper than anybody writes; walked without recursion, which such a page would exhaust."""
    for deep in list(_at_depth(soup, _DEEPEST)):
        words = deep.get_text(" ")
        deep.clear()
        deep.append(NavigableString(words))


def _at_depth(soup: BeautifulSoup, depth: int) -> Iterator[Tag]:
    level: list[Tag] = [soup]
    for _ in range(depth):
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
    yield from level


def _is_around(tag: Tag) -> bool:
    """Whether an element is not the article but what stands around it."""
    names = tag.get("class")
    told = {*(names if isinstance(names, list) else str(names or "").split()), str(tag.get("id") or "")}
    return tag.name in _REMOVED or tag.get("role") in _AROUND_ROLES or not _AROUND_NAMES.isdisjoint(told)


def _unlay(table: Tag) -> None:
    """Turn a table that only places things, or holds what no cell can, into the plain succession of its cells."""
    widest = max((len(row.find_all(["td", "th"], recursive=False)) for row in table.find_all("tr")), default=0)
    if widest > 1 and table.find(["h1", "h2", "h3", "h4", "pre", "table"]) is None:
        return
    for part in [table, *table.find_all(["thead", "tbody", "tfoot", "tr", "td", "th", "caption"])]:
        if part is table or part.find_parent("table") is None:
            part.name = "div"


def _straighten(link: Tag, base: str) -> None:
    """Give a link its absolute address, or leave only its words."""
    href = str(link.get("href") or "")
    address = followed(href, base) if href and not href.startswith("#") else ""
    if not address or link.find(_BLOCKS) is not None:
        link.name = "span"
    link.attrs = {"href": address}


def _count(steps: Tag) -> None:
    """Number the steps of a list once for all."""
    told = str(steps.get("start") or "")
    number = int(told) if told.isdecimal() and len(told) < 7 else 1
    for step in _items(steps.children):
        step["value"] = str(number)
        number += 1


def _items(children: Iterator[PageElement]) -> Iterator[Tag]:
    return (child for child in children if isinstance(child, Tag) and child.name == "li")
