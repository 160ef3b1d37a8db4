"""What a site lists: its sitemaps (an index of them, gzipped ones too), or the links of a page; and its robots.txt."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .fetching import LARGEST_LIST, Answer, Fetcher, PageError, refuse, same_host
from .html import TooMuchError
from .items import MOST_PAGES, SourceError
from .page import decoded, links

AGENT = "Guichet"
_MOST_SITEMAPS = 500
_LONGEST_PAUSE = 10.0  # seconds between pages, whatever robots.txt asks for
_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
_NO_PAGE = re.compile(r"\.(?:pdf|png|jpe?g|gif|svg|webp|ico|zip|gz|docx?|xlsx?|pptx?|mp[34]|css|js|json|xml|exe|msi)\Z")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a site lists. `changed`: when it says it last did; `others`: its other languages, by hreflang."""

    address: str
    changed: str = ""
    others: Mapping[str, str] = field(default_factory=dict)


def robots(fetcher: Fetcher) -> RobotFileParser:
    """Read what a site asks of robots; a site without robots.txt asks nothing."""
    rules = RobotFileParser()
    try:
        answer = fetcher.get(urljoin(fetcher.home, "/robots.txt"))
    except PageError:
        answer = Answer(404, "")
    rules.parse(decoded(answer.body).splitlines() if answer.status == 200 else [])
    fetcher.pause = min(float(rules.crawl_delay(AGENT) or 0), _LONGEST_PAUSE)
    return rules


def listing(fetcher: Fetcher, rules: RobotFileParser) -> list[Listed]:
    """What the site lists: the sitemap at the address given, else the sitemaps of its site, else the page's own links.

    Raises SourceError where nothing can be had at the address, or a sitemap is none.
    """
    answer = _fetched(fetcher, fetcher.home)
    if answer.status == 200 and _is_sitemap(answer.body):
        return list(_unlike(_entries(fetcher, [answer])))
    below = _folder(fetcher.home)
    for address in [*(rules.site_maps() or []), urljoin(fetcher.home, "/sitemap.xml")]:
        if found := [page for page in _site_map(fetcher, address) if page.address.startswith(below)]:
            return found
    refuse(answer)
    return list(_unlike(_linked(answer))) or [Listed(plainly(answer.address))]


def plainly(address: str) -> str:
    """An address as one writes it: without fragment, tracking and default port; two of one page are the same."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    port = parts.port if parts.port and parts.port != {"http": 80, "https": 443}.get(parts.scheme) else None
    pairs = [one for one in parse_qsl(parts.query, keep_blank_values=True) if not one[0].startswith("utm_")]
    return urlunsplit((parts.scheme, f"{host}:{port}" if port else host, parts.path or "/", urlencode(pairs), ""))


def _plainly_if(address: str) -> str:
    """The same for addresses of others; "" = it is none."""
    try:
        return plainly(address)
    except ValueError:
        return ""


def _site_map(fetcher: Fetcher, address: str) -> list[Listed]:
    """The pages of a sitemap that the person did not name: one that is not there is none."""
    try:
        answer = fetcher.get(address, largest=LARGEST_LIST)
    except PageError:
        return []
    if answer.status != 200 or not _is_sitemap(_unpacked(answer)):
        return []
    return list(_unlike(_entries(fetcher, [answer])))


def _fetched(fetcher: Fetcher, address: str) -> Answer:
    """An answer, unpacked; one of 401 or 403 ends the import, an address that is not there need not."""
    try:
        answer = fetcher.get(address, largest=LARGEST_LIST)
    except PageError as error:
        raise SourceError(f"{address}: {error}; {error.mend}") from error
    if answer.status not in (404, 410):
        refuse(answer)
    return replace(answer, body=_unpacked(answer))


def _entries(fetcher: Fetcher, answers: list[Answer]) -> Iterator[Listed]:
    """The pages of sitemaps, and of those they lead to."""
    fetched = {answer.address for answer in answers}
    while answers:
        answer = answers.pop(0)
        root = _xml(answer)
        if _name(root) == "urlset":
            yield from (page for entry in root if (page := _page(entry)) and same_host(fetcher.home, page.address))
            continue
        for entry in root:
            address = _child(entry, "loc")
            if address and address not in fetched and len(fetched) < _MOST_SITEMAPS:
                fetched.add(address)
                answers.append(_part(fetcher, address))


def _part(fetcher: Fetcher, address: str) -> Answer:
    """A sitemap that an index names: without it the list would not be whole."""
    answer = _fetched(fetcher, address)
    refuse(answer)
    return answer


def _xml(answer: Answer) -> Element:
    try:
        root: Element = fromstring(_unpacked(answer), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        mend = "a sitemap is plain XML without a document type; tell the site's owner"
        raise SourceError(f"{answer.address} cannot be read ({type(error).__name__}: {error}); {mend}") from error
    return root


def _page(entry: Element) -> Listed | None:
    address = _plainly_if(_child(entry, "loc"))
    others = {
        str(link.get("hreflang")).lower(): where
        for link in entry
        if _name(link) == "link" and link.get("hreflang") and (where := _plainly_if(str(link.get("href") or "")))
    }
    return Listed(address, _child(entry, "lastmod"), others) if address else None


def _child(entry: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in entry if _name(child) == name), "")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_sitemap(data: bytes) -> bool:
    return _ROOT.search(data[:4_000]) is not None


def _unpacked(answer: Answer) -> bytes:
    """A sitemap out of its gzip, no larger than was agreed: a small file can hold any amount of zeros."""
    if not answer.body.startswith(b"\x1f\x8b"):
        return answer.body
    unpacking = zlib.decompressobj(wbits=31)
    try:
        data = unpacking.decompress(answer.body, LARGEST_LIST)
    except zlib.error as error:
        raise SourceError(f"{answer.address} is no good gzip file; tell the site's owner") from error
    if unpacking.unconsumed_tail:
        raise SourceError(f"{answer.address} is larger than {LARGEST_LIST // 1_000_000} MB; tell the site's owner")
    return data


def _unlike(pages: Iterator[Listed]) -> Iterator[Listed]:
    """Each page once, as far as a source may reach."""
    seen: set[str] = set()
    for page in pages:
        file = _NO_PAGE.search(urlsplit(page.address).path.lower())
        if not file and page.address not in seen and len(seen) <= MOST_PAGES:
            seen.add(page.address)
            yield page


def _linked(answer: Answer) -> Iterator[Listed]:
    """The pages that a page links to below its own folder; where it lists itself with a query, those alone."""
    try:
        found = [_plainly_if(where) for where in links(decoded(answer.body, answer.charset), answer.address)]
    except TooMuchError as error:
        raise SourceError(f"{answer.address} cannot be read ({error}); give its sitemap instead") from error
    here = plainly(answer.address)
    queried = [one for one in found if one.startswith(f"{here.partition('?')[0]}?") and one != here]
    below = [one for one in found if one.startswith(_folder(here))]
    yield from (Listed(one) for one in queried or below)


def _folder(address: str) -> str:
    """What the addresses of the pages beside and below a page begin with."""
    parts = urlsplit(plainly(address))
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rpartition("/")[0] + "/", "", ""))
