"""A Confluence space over its REST API: Data Center and Cloud v1, and Cloud v2 where v1 is gone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.nlu.phrases import Fault

from .fetching import AbsentError, Fetcher
from .html import TooMuchError, followed, one_line, to_markdown
from .items import LARGEST_TEXT, Family, Faulty, Gone, Item, Known, LeftOut, Marks, Same, SourceError, Text, Told
from .wording import host_slug, slug, told_language

_EXPANDED = "body.export_view,version,metadata.labels"
_LISTED = "version,metadata.labels"
_GONE = 410  # what Cloud answers where v1 is switched off


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as either version of the API tells it; `body` None = not told."""

    id: str
    title: str
    version: str
    labels: tuple[str, ...] = ()
    body: str | None = None
    link: str = ""


class ConfluenceSource:
    """The pages of one space. `root`: the address of Confluence itself, with its context path (Cloud: `/wiki`)."""

    kind = "confluence"

    def __init__(self, fetcher: Fetcher, root: str, space: str, languages: tuple[str, ...]) -> None:
        self.name = f"{root}/spaces/{space}"
        self._fetcher, self._root, self._space, self._languages = fetcher, root, space, languages
        self._version = 1

    def families(self, known: Known) -> Iterator[Family]:
        """Tell every page of the space; those of a known version are not read."""
        for page in self._pages(whole=not known):
            yield Family((self._told(page, known.get(page.id)),))

    def judges(self, item: Item) -> bool:
        """The list names every page, whatever its language."""
        return True

    def _told(self, page: _Page, known: Item | None) -> Told:
        if known and page.version and known.marks.revision == page.version:
            return Same(page.id)
        try:
            page = page if page.body is not None else self._read(page)
        except AbsentError:
            return Gone(page.id)
        return self._text(page)

    def _text(self, page: _Page) -> Told:
        marks = Marks(page.version)
        address = followed(self._root + page.link, self._root) if page.link else ""
        named = address or f"{self.name} {page.id}"
        if len(page.body or "") > LARGEST_TEXT:
            return Faulty(page.id, Fault(named, 0, "the page is larger than 2 MB", "split it into several pages"))
        try:
            body = to_markdown(page.body or "", f"{self._root}/")
        except TooMuchError as error:
            return Faulty(page.id, Fault(named, 0, str(error), "split it into several pages"))
        if not body:
            return LeftOut(page.id, "it has no words of its own", True, marks)
        labelled = [label for label in page.labels if label in self._languages]
        lang = labelled[0] if labelled else told_language(page.title, body, self._languages)
        if not lang:
            return LeftOut(page.id, "it is in a third language", True, marks)
        wanted = slug(f"{host_slug(self._root)}-{page.id}")
        return Text(page.id, wanted, page.title, body, lang, address, marks=marks)

    def _pages(self, whole: bool) -> Iterator[_Page]:
        """List the space; `whole`: with the bodies at once, which a first import wants of every page."""
        expand, limit = (_EXPANDED, "25") if whole else (_LISTED, "100")
        parameters = {"spaceKey": self._space, "type": "page", "start": "0", "limit": limit, "expand": expand}
        try:
            first = self._fetcher.data(f"{self._root}/rest/api/content", parameters.items())
        except AbsentError as error:
            if error.status == _GONE:
                self._version = 2
                yield from self._pages_of_v2()
                return
            mend = "check the address (Cloud: https://NAME.atlassian.net/wiki), the space's key and who may read it"
            raise SourceError(f"no space {self._space} at {self._root}; {mend}") from error
        yield from (_page_of_v1(one) for one in self._all(first))

    def _pages_of_v2(self) -> Iterator[_Page]:
        asked = {"keys": self._space}
        spaces = self._fetcher.data(f"{self._root}/api/v2/spaces", asked.items()).get("results") or []
        if not spaces:
            raise SourceError(f"no space {self._space} at {self._root}; check its key and who may read it")
        address = f"{self._root}/api/v2/spaces/{quote(str(spaces[0]['id']))}/pages"
        first = self._fetcher.data(address, {"status": "current", "limit": "100"}.items())
        yield from (_page_of_v2(one) for one in self._all(first))

    def _read(self, page: _Page) -> _Page:
        """Read one page with its body."""
        if self._version == 2:
            asked = {"body-format": "export_view", "include-labels": "true"}
            return _page_of_v2(self._fetcher.data(f"{self._root}/api/v2/pages/{quote(page.id)}", asked.items()))
        address = f"{self._root}/rest/api/content/{quote(page.id)}"
        return _page_of_v1(self._fetcher.data(address, {"expand": _EXPANDED}.items()))

    def _all(self, answer: Any) -> Iterator[Mapping[str, Any]]:
        """The results of a list, page after page, as long as it names a next one."""
        seen: set[str] = set()
        while True:
            if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
                raise SourceError(f"{self._root} answered with no list of pages; check that it is Confluence")
            yield from answer["results"]
            following = str((answer.get("_links") or {}).get("next") or "")
            if not following:
                return
            if following in seen:
                raise SourceError(f"{self._root} lists the same pages again and again; tell its administrator")
            seen.add(following)
            answer = self._fetcher.data(self._absolute(following))

    def _absolute(self, link: str) -> str:
        """The address of a link, which is told from the host, from the context path or in full."""
        if link.startswith(("http://", "https://")):
            return link
        host = "/".join(self._root.split("/")[:3])
        context = self._root.removeprefix(host)
        return host + link if context and link.startswith(f"{context}/") else f"{self._root}/{link.lstrip('/')}"


def _page_of_v1(told: Mapping[str, Any]) -> _Page:
    labels = ((told.get("metadata") or {}).get("labels") or {}).get("results") or []
    return _page(told, _names(labels), ((told.get("version") or {}).get("number")))


def _page_of_v2(told: Mapping[str, Any]) -> _Page:
    labels = (told.get("labels") or {}).get("results") or []
    return _page(told, _names(labels), ((told.get("version") or {}).get("number")))


def _page(told: Mapping[str, Any], labels: tuple[str, ...], version: Any) -> _Page:
    body = ((told.get("body") or {}).get("export_view") or {}).get("value")
    link = str((told.get("_links") or {}).get("webui") or "")
    title = one_line(str(told.get("title") or told["id"]))
    return _Page(str(told["id"]), title, str(version or ""), labels, body, link)


def _names(labels: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(str(label.get("name") or "").lower() for label in labels)
