"""Imports Markdown and text files as articles under the home: changed content is a new version, unchanged is none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.nlu.fold import fold
from bot.nlu.language import language
from bot.nlu.phrases import Fault

from .articles import FIXES, LANGUAGES
from .front_matter import Sheet, join_front, split_front

ENDINGS = (".md", ".markdown", ".txt")
_LARGEST = 1_000_000  # bytes of one file
_HEADING = re.compile(r"\A#{1,3}[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_NAMED_LANGUAGE = re.compile(r"(?P<stem>.+?)[._-](?P<lang>[a-z]{2})")
_KEPT = ("topic", "fix", "minutes", "when", "done_words", "risk")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: article ids by what became of them, and what could not be taken."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """One file read: an article in one language, without its version."""

    id: str
    lang: str
    title: str
    body: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def told(self, version: int) -> str:
        """The file to store."""
        return join_front({"title": self.title, "version": version, **self.fields}, self.body)


def imported_folder(home: Path) -> Path:
    """Where imported articles stand, as `ID.LANG.md`; earlier versions below it in `old/`."""
    return home / "kb"


def import_folder(source: Path, home: Path, languages: tuple[str, ...] = LANGUAGES) -> Imported:
    """Take over every Markdown or text file below a folder.

    An article is its path within the folder; its language is told by its name (`ID.fr.md`), its front matter (`lang`)
    or its words. When one language changes, the article's version rises in all. Raises FileNotFoundError.
    """
    if not source.is_dir():
        raise FileNotFoundError(f"no folder {source}")
    texts: dict[str, dict[str, _Text]] = {}
    faults: list[Fault] = []
    for file in sorted(path for path in source.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file()):
        read = _read(file, source, languages)
        if isinstance(read, Fault):
            faults.append(read)
        elif read.lang in texts.setdefault(read.id, {}):
            mend = "name the files ID.fr.md and ID.en.md, or remove one"
            faults.append(Fault(str(file), 0, f"article '{read.id}' has this language twice", mend))
        else:
            texts[read.id][read.lang] = read
    fates = {id: _store(by_lang, imported_folder(home)) for id, by_lang in texts.items() if by_lang}
    chosen = {fate: tuple(id for id in fates if fates[id] == fate) for fate in ("added", "changed", "unchanged")}
    return Imported(**chosen, faults=tuple(faults))


def _read(file: Path, source: Path, languages: tuple[str, ...]) -> _Text | Fault:
    if file.stat().st_size > _LARGEST:
        return Fault(str(file), 0, "the file is larger than 1 MB", "split it into articles")
    sheet = split_front(file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n"))
    if sheet.problem:
        return Fault(str(file), sheet.problem_line, sheet.problem, "check the quotes and the indentation here")
    stem, lang = _name(file, languages)
    title, body = _titled(sheet, stem)
    if not body:
        return Fault(str(file), 0, "the file has no text", "write what to do, or remove the file")
    lang = lang or _told_language(sheet, title, body, languages)
    id = _slug(file.relative_to(source).with_name(stem).as_posix())
    if not id:
        return Fault(str(file), 0, "the name holds no letter", "rename the file")
    return _Text(id, lang, title, body, _fields(sheet.fields))


def _name(file: Path, languages: tuple[str, ...]) -> tuple[str, str]:
    match = _NAMED_LANGUAGE.fullmatch(file.stem)
    return (match["stem"], match["lang"]) if match and match["lang"] in languages else (file.stem, "")


def _titled(sheet: Sheet, stem: str) -> tuple[str, str]:
    """Take the title from the front matter, else from a first heading, else from the file's name."""
    heading = _HEADING.match(sheet.body)
    if title := str(sheet.fields.get("title") or "").strip():
        return title, sheet.body
    if heading:
        return heading["title"], sheet.body[heading.end() :].strip()
    return re.sub(r"[-_]+", " ", stem).strip().capitalize(), sheet.body


def _told_language(sheet: Sheet, title: str, body: str, languages: tuple[str, ...]) -> str:
    told = str(sheet.fields.get("lang") or sheet.fields.get("language") or "").lower()[:2]
    if told in languages:
        return told
    read = f"{title}. {body[:2_000]}"
    guessed = language(read, fold(read), languages)
    return guessed if guessed in languages else languages[0]


def _slug(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(path)).strip("-")[:80].strip("-")


def _fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what articles know; what is of no use is left out rather than refused: it was written for another tool."""
    kept = {key: fields[key] for key in _KEPT if fields.get(key)}
    if kept.get("fix") not in FIXES:
        kept["fix"] = "how_to"
    if not isinstance(kept.get("minutes", 5), int):
        kept.pop("minutes")
    if not isinstance(kept.get("done_words", []), list):
        kept.pop("done_words")
    return kept


def _store(by_lang: Mapping[str, _Text], folder: Path) -> str:
    """Write an article's languages; the version rises when any of them changed."""
    id = next(iter(by_lang.values())).id
    held = {file.name.split(".")[1]: file for file in sorted(folder.glob(f"{id}.??.md"))}
    version = max((_version(file) for file in held.values()), default=0)
    same = all(
        lang in held and held[lang].read_text(encoding="utf-8") == text.told(version) for lang, text in by_lang.items()
    )
    if version and same:
        return "unchanged"
    folder.mkdir(parents=True, exist_ok=True)
    for lang, file in held.items():
        _set_aside(file, lang, version)
        if lang not in by_lang:
            text = _stored(file, id, lang)
            file.write_text(text.told(version + 1), encoding="utf-8")
    for lang, text in by_lang.items():
        _write(folder / f"{id}.{lang}.md", text.told(version + 1))
    return "changed" if version else "added"


def _version(file: Path) -> int:
    version = split_front(file.read_text(encoding="utf-8")).fields.get("version", 1)
    return version if isinstance(version, int) else 1


def _stored(file: Path, id: str, lang: str) -> _Text:
    sheet = split_front(file.read_text(encoding="utf-8"))
    fields = {key: value for key, value in sheet.fields.items() if key in _KEPT}
    return replace(_Text(id, lang, "", ""), title=str(sheet.fields.get("title") or id), body=sheet.body, fields=fields)


def _set_aside(file: Path, lang: str, version: int) -> None:
    """Keep a copy of the version that is about to be replaced: answers name the version they rest on."""
    old = file.parent / "old"
    old.mkdir(exist_ok=True)
    (old / f"{file.name.split('.')[0]}.{version}.{lang}.md").write_bytes(file.read_bytes())


def _write(file: Path, text: str) -> None:
    part = file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)
