"""Markdown and text files below a folder: an article is its path, its language stands in its name or front matter."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.dialog.predicate import PredicateError, parse
from bot.kb.articles import FIXES, LANGUAGES, NEEDS
from bot.kb.front_matter import Sheet, split_front
from bot.nlu.phrases import Fault

from .html import one_line, plain
from .items import Family, Faulty, Item, Known, LeftOut, SourceError, Text, Told
from .keeping import OWN, SHARED
from .wording import slug, told_language

ENDINGS = (".md", ".markdown", ".txt")
_LARGEST = 1_000_000  # bytes of one file
_HEADING = re.compile(r"\A#{1,3}[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_NAMED_LANGUAGE = re.compile(r"(?P<stem>.+?)[._-](?P<lang>[a-z]{2})")
_LISTS = ("done_words", "needs", "signs")


class FolderSource:
    """A folder of files. Raises SourceError where there is none."""

    kind = "folder"

    def __init__(self, folder: Path, languages: tuple[str, ...] = LANGUAGES) -> None:
        if not folder.is_dir():
            raise SourceError(f"no folder {folder}")
        self.name = str(folder.resolve())
        self._folder = folder
        self._languages = languages

    def families(self, known: Known) -> Iterator[Family]:
        """Read all files; those of one id are an article's languages."""
        by_id: dict[str, list[Told]] = {}
        for file in sorted(path for path in self._folder.rglob("*") if path.suffix.lower() in ENDINGS):
            if file.is_file():
                id, told = self._read(file)
                by_id.setdefault(id, []).append(told)
        for told_of_one in by_id.values():
            yield Family(tuple(self._once(told_of_one)), len(by_id))

    def judges(self, item: Item) -> bool:
        """Whether this reading would have told the item if its file were still there."""
        return not item.languages or set(item.languages) <= set(self._languages)

    def _read(self, file: Path) -> tuple[str, Told]:
        """Read one file; gives the id of its article, and what it told."""
        key = file.relative_to(self._folder).as_posix()
        if file.stat().st_size > _LARGEST:
            return key, _faulty(key, file, "the file is larger than 1 MB", "split it into articles")
        sheet = split_front(plain(file.read_text(encoding="utf-8", errors="replace")))
        if sheet.problem:
            mend = "check the quotes and the indentation here"
            return key, Faulty(key, Fault(str(file), sheet.problem_line, sheet.problem, mend))
        stem, lang = _name(file)
        title, body = _titled(sheet, stem)
        id = slug(file.relative_to(self._folder).with_name(stem).as_posix())
        if not body or not id:
            wrong = "the file has no text" if not body else "the name holds no letter"
            return key, _faulty(key, file, wrong, "write what to do, or remove the file" if not body else "rename it")
        lang = lang or _told(sheet) or told_language(title, body, self._languages) or self._languages[0]
        if lang not in self._languages:
            return id, LeftOut(key, "it is in another language than the one asked for")
        return id, Text(key, id, title, body, lang, _source(sheet), _fields(sheet.fields), whole=True)

    def _once(self, told: list[Told]) -> Iterator[Told]:
        """Pass on each language of an article once."""
        heard: set[str] = set()
        for one in told:
            if isinstance(one, Text) and one.lang in heard:
                mend = "name the files ID.fr.md and ID.en.md, or remove one"
                wrong = f"article '{one.slug}' has this language twice"
                yield _faulty(one.key, self._folder / one.key, wrong, mend)
            else:
                heard |= {one.lang} if isinstance(one, Text) else set()
                yield one


def _faulty(key: str, file: Path, wrong: str, mend: str) -> Faulty:
    return Faulty(key, Fault(str(file), 0, wrong, mend))


def _name(file: Path) -> tuple[str, str]:
    match = _NAMED_LANGUAGE.fullmatch(file.stem)
    return (match["stem"], match["lang"]) if match and match["lang"] in LANGUAGES else (file.stem, "")


def _titled(sheet: Sheet, stem: str) -> tuple[str, str]:
    """Take the title from the front matter, else from a first heading, else from the file's name."""
    heading = _HEADING.match(sheet.body)
    if title := one_line(str(sheet.fields.get("title") or "")):
        return title, sheet.body
    if heading:
        return one_line(heading["title"]), sheet.body[heading.end() :].strip()
    return one_line(re.sub(r"[-_]+", " ", stem)).capitalize(), sheet.body


def _told(sheet: Sheet) -> str:
    told = str(sheet.fields.get("lang") or sheet.fields.get("language") or "").lower()[:2]
    return told if told in LANGUAGES else ""


def _source(sheet: Sheet) -> str:
    told = str(sheet.fields.get("source") or "")
    return told if told.startswith(("https://", "http://")) else ""


def _fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what articles know; what is of no use is left out rather than refused: it was written for another tool."""
    kept = {key: fields[key] for key in (*SHARED, *OWN) if fields.get(key)}
    if kept.get("fix") not in FIXES:
        kept["fix"] = "how_to"
    if type(kept.get("minutes", 5)) is not int or kept.get("minutes", 5) < 0:
        kept.pop("minutes")
    for key in _LISTS:
        if not isinstance(kept.get(key, []), list) or not all(isinstance(one, str) for one in kept.get(key, [])):
            kept.pop(key)
    if not set(kept.get("needs", ())) <= set(NEEDS):
        kept.pop("needs")
    for key in ("topic", "risk", "cause"):
        if not isinstance(kept.get(key, ""), str):
            kept.pop(key)
    return _with_a_condition(kept)


def _with_a_condition(kept: dict[str, Any]) -> dict[str, Any]:
    """Leave out a `when` that no flow could ask."""
    try:
        parse(str(kept.get("when") or ""))
    except PredicateError:
        kept.pop("when")
    return kept
