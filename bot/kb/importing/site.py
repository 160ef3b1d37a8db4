"""Any site that lists its pages: articles are found in them, languages joined by their alternates."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bot.kb.articles import LANGUAGES
from bot.nlu.phrases import Fault

from .fetching import Answer, Fetcher, PageError, refuse, same_host
from .html import TooMuchError
from .items import Family, Faulty, Gone, Item, Known, LeftOut, Marks, Same, Text, Told
from .page import PageTold, decoded, read_page
from .sitemap import AGENT, Listed, listing, plainly, robots
from .wording import page_slug, short, told_language

_PAGES = ("text/html", "application/xhtml+xml", "")


class SiteSource:
    """The pages of a site: those its sitemap lists, or those a page of it links to."""

    kind = "site"

    def __init__(self, fetcher: Fetcher, languages: tuple[str, ...]) -> None:
        self.name = plainly(fetcher.home)
        self._fetcher, self._languages = fetcher, languages
        self._listed: dict[str, Listed] = {}
        self._read: set[str] = set()

    def families(self, known: Known) -> Iterator[Family]:
        """Tell every page that is listed, each with its other languages; only what may have changed is fetched."""
        self._rules = robots(self._fetcher)
        self._listed = {_key(page.address): page for page in listing(self._fetcher, self._rules)}
        for key, page in self._listed.items():
            if key not in self._read:
                yield Family(tuple(self._family(page, known)), len(self._listed))

    def judges(self, item: Item) -> bool:
        """The list names every page, whatever its language."""
        return True

    def _family(self, first: Listed, known: Known) -> Iterator[Told]:
        """A page, and the pages that say the same in our other languages."""
        waiting = [first]
        while waiting:
            page = waiting.pop(0)
            key = _key(page.address)
            if key in self._read:
                continue
            self._read.add(key)
            told, others = self._told(key, page, known.get(key))
            yield told
            beside = [*page.others.items(), *others.items()]
            waiting += [self._page(address) for lang, address in beside if self._is_other(lang, address)]
            if isinstance(told, Same):
                waiting += [self._page(self._address(one)) for one in _siblings(key, known)]

    def _page(self, address: str) -> Listed:
        address = plainly(address)
        return self._listed.get(_key(address)) or Listed(address)

    def _address(self, key: str) -> str:
        parts = urlsplit(self.name)
        return f"{parts.scheme}://{parts.netloc}{key}"

    def _is_other(self, lang: str, address: str) -> bool:
        return short(lang) in self._languages and same_host(self.name, address)

    def _told(self, key: str, page: Listed, known: Item | None) -> tuple[Told, Mapping[str, str]]:
        """What a page tells, and the addresses of its other languages."""
        own = next(
            (short(lang) for lang, address in page.others.items() if _key(address) == key and lang != "x-default"), ""
        )
        foreign = known is not None and not set(known.languages) <= set(self._languages)
        if known and (foreign or (page.changed and known.marks.revision == page.changed)):
            return Same(key), {}
        if own and own not in self._languages:
            return LeftOut(key, f"it is in another language ({own})"), {}
        if not self._rules.can_fetch(AGENT, page.address):
            return self._forbidden(key, known), {}
        try:
            marks = known.marks if known else Marks()
            answer = self._fetcher.get(page.address, {"etag": marks.etag, "modified": marks.modified})
            return self._answered(key, page, answer, own)
        except (PageError, TooMuchError) as error:
            mend = error.mend if isinstance(error, PageError) else "split it into several pages"
            return Faulty(key, Fault(page.address, 0, str(error), mend)), {}

    def _forbidden(self, key: str, known: Item | None) -> Told:
        why = "robots.txt asks to leave it alone"
        if known and known.article:
            return Faulty(key, Fault(self._address(key), 0, f"{why} now", "ask the site's owner to let Guichet in"))
        return LeftOut(key, why)

    def _answered(self, key: str, page: Listed, answer: Answer, own: str) -> tuple[Told, Mapping[str, str]]:
        marks = Marks(page.changed, answer.etag, answer.modified)
        if answer.status == 304:
            return Same(key, marks), {}
        if answer.status in (404, 410):
            return Gone(key), {}
        if answer.status == 403:
            raise PageError("it is shown to known users only (403)", "give --user and --token-file, or leave it")
        refuse(answer)
        landed = _key(plainly(answer.address))
        if landed != key and (landed in self._listed or landed in self._read):
            return LeftOut(key, f"it leads to {answer.address}, which is read itself"), {}
        self._read.add(landed)
        if answer.kind not in _PAGES:
            return LeftOut(key, f"it is no page ({answer.kind})", True, marks), {}
        told = read_page(decoded(answer.body, answer.charset), answer.address)
        return self._text(key, plainly(answer.address), told, own, marks), told.others

    def _text(self, key: str, address: str, told: PageTold, own: str, marks: Marks) -> Told:
        if not told.body or not told.title:
            return LeftOut(key, "there is no article in it", True, marks)
        lang = short(told.lang) or own or told_language(told.title, told.body, self._languages)
        if lang not in self._languages:
            foreign = lang not in LANGUAGES and len(self._languages) > 1
            return LeftOut(key, f"it is in another language ({lang or 'a third one'})", foreign, marks)
        return Text(key, page_slug(address, lang), told.title, told.body, lang, address, marks=marks)


def _key(address: str) -> str:
    """What names a page for ever: its path and query; the same by http and https."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _siblings(key: str, known: Known) -> Iterator[str]:
    """The other pages of the same article, as an earlier import found them."""
    article = known[key].article
    return (one.key for one in known.values() if article and one.article == article and one.key != key)
