"""A Confluence space as its HTML export: a folder or a .zip with index.html and one file for each page."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bs4.element import Tag

from bot.nlu.phrases import Fault

from .html import TooMuchError, element_markdown, one_line, parsed
from .items import LARGEST_TEXT, Family, Faulty, Item, Known, LeftOut, SourceError, Text, Told
from .page import decoded
from .wording import slug, told_language

Place = Path | zipfile.Path
_PAGE_ID = re.compile(r"(?:.*_)?(?P<id>\d+)")


class ExportSource:
    """The pages of an export. Raises SourceError for a folder or an archive that is none."""

    kind = "confluence"

    def __init__(self, place: Path, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._top = _top(place)
        soup = parsed(decoded(_read(self._top / "index.html")))
        self._space = next((cell for cell in _space_keys(soup)), "")
        self.name = f"Confluence export of {self._space}" if self._space else str(place.resolve())

    def families(self, known: Known) -> Iterator[Family]:
        """Tell every page of the export."""
        files = sorted((one for one in self._top.iterdir() if one.name.endswith(".html")), key=lambda one: one.name)
        pages = [file for file in files if file.name != "index.html"]
        for file in pages:
            yield Family((self._told(file),), len(pages))

    def judges(self, item: Item) -> bool:
        """An export has every page, whatever its language."""
        return True

    def _told(self, file: Place) -> Told:
        match = _PAGE_ID.fullmatch(file.name.removesuffix(".html"))
        key = match["id"] if match else file.name.removesuffix(".html")
        try:
            soup = parsed(decoded(_read(file)))
        except (TooMuchError, SourceError) as error:
            return Faulty(key, Fault(str(file), 0, str(error), "split it into several pages"))
        content = soup.select_one("#main-content")
        body = element_markdown(content) if content else ""
        if not body:
            return LeftOut(key, "it has no words of its own")
        title = _title(soup) or key
        lang = told_language(title, body, self._languages)
        if not lang:
            return LeftOut(key, "it is in a third language")
        return Text(key, slug(f"{self._space or 'confluence'}-{key}"), title, body, lang)


def is_export(place: Path) -> bool:
    """Whether a folder or an archive is a Confluence export."""
    try:
        return b"confluence" in _read(_top(place) / "index.html").lower()
    except SourceError:
        return False


def _top(place: Path) -> Place:
    """Where index.html stands: in the folder or archive, or in its only folder."""
    try:
        root: Place = place if place.is_dir() else zipfile.Path(place)
        inside = [*root.iterdir()]
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceError(f"{place} is neither a folder nor a .zip archive; export the space as HTML") from error
    folders: list[Place] = [root, *(one for one in inside if one.is_dir())]
    for folder in folders:
        if (folder / "index.html").is_file():
            return folder
    raise SourceError(f"{place} holds no index.html; export the space as HTML (not XML, not PDF)")


def _read(file: Place) -> bytes:
    """Read a file, no further than a page may reach: what an archive says of sizes need not be true."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_TEXT + 1)
    except (OSError, KeyError, RuntimeError, zipfile.BadZipFile) as error:
        raise SourceError(f"{file} cannot be read ({error})") from error
    if len(data) > LARGEST_TEXT:
        raise SourceError("it is larger than 2 MB")
    return bytes(data)


def _space_keys(soup: Tag) -> Iterator[str]:
    """The space's key, from the table on the export's first page."""
    for head in soup.find_all("th", string=re.compile(r"\A\s*Key\s*\Z")):
        cell = head.find_next_sibling("td")
        if isinstance(cell, Tag):
            yield cell.get_text(strip=True)


def _title(soup: Tag) -> str:
    """A page's title, which an export tells behind the space's name."""
    shown = soup.select_one("#title-text") or soup.find("title")
    title = one_line(shown.get_text()) if isinstance(shown, Tag) else ""
    space = soup.select_one("#breadcrumbs a")
    name = one_line(space.get_text()) if space else ""
    return title.removeprefix(f"{name} :").strip() if name else title
