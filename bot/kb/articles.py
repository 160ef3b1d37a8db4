"""Articles: Markdown files with front matter, one for each language, read into values with every fault named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot.dialog.article import Article, ArticleText
from bot.dialog.predicate import PredicateError, parse
from bot.nlu.phrases import Fault

from .front_matter import Sheet, split_front

LANGUAGES = ("fr", "en")
FIXES = ("fix", "workaround", "how_to", "advice")
NEEDS = ("admin", "presence")
_SHARED = ("version", "topic", "fix", "minutes", "when", "done_words", "needs")
_KEYS = ("id", "lang", "title", "signs", "cause", "risk", "source", "as_of", *_SHARED)
_LIST_OF_NEEDS = f"write a list of: {', '.join(NEEDS)}"
_NAME = re.compile(r"(?P<id>[A-Za-z0-9][A-Za-z0-9_-]*)\.(?P<lang>[a-z]{2})\.md")


@dataclass(frozen=True, slots=True)
class ArticleFiles:
    """The articles of a folder by id, and everything wrong in their files."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """One file: an article in one language."""

    file: str
    sheet: Sheet
    lang: str


def read_articles(folder: Path, languages: Sequence[str] = LANGUAGES, complete: bool = True) -> ArticleFiles:
    """Read `ID.LANG.md` files of a folder; an absent folder has none.

    `complete`: an article that lacks one of the languages is a fault (imported ones may).
    """
    faults: list[Fault] = []
    pages: dict[str, dict[str, _Page]] = {}
    for file in sorted(folder.glob("*.md")):
        name = _NAME.fullmatch(file.name)
        if not name or name["lang"] not in languages:
            told = "the name tells no article and language"
            faults.append(Fault(str(file), 0, told, f"name it ID.LANG.md, with LANG one of {', '.join(languages)}"))
            continue
        sheet = split_front(file.read_text(encoding="utf-8", errors="replace"))
        pages.setdefault(name["id"], {})[name["lang"]] = _Page(str(file), sheet, name["lang"])
    articles: dict[str, Article] = {}
    for id, by_lang in pages.items():
        found = [*_page_faults(by_lang.values()), *_unlike(by_lang)]
        missing = [lang for lang in languages if lang not in by_lang] if complete else []
        first = next(iter(by_lang.values()))
        found += [Fault(first.file, 0, f"article '{id}' has no '{lang}'", f"write {id}.{lang}.md") for lang in missing]
        faults += found
        if not found:
            articles[id] = _article(id, by_lang)
    return ArticleFiles(articles, tuple(faults))


def _article(id: str, pages: Mapping[str, _Page]) -> Article:
    fields = next(iter(pages.values())).sheet.fields
    return Article(
        id,
        int(fields.get("version", 1)),
        topic=str(fields.get("topic") or ""),
        fix=str(fields.get("fix", "fix")),
        minutes=int(fields.get("minutes", 5)),
        when=str(fields.get("when") or ""),
        done_words=tuple(str(word) for word in fields.get("done_words") or ()),
        needs=tuple(str(one) for one in fields.get("needs") or ()),
        texts={lang: _article_text(page.sheet) for lang, page in pages.items()},
    )


def _article_text(sheet: Sheet) -> ArticleText:
    fields = sheet.fields
    return ArticleText(
        str(fields["title"]),
        sheet.body,
        risk=str(fields.get("risk") or ""),
        signs=tuple(str(sign) for sign in fields.get("signs") or ()),
        cause=str(fields.get("cause") or ""),
        source=str(fields.get("source") or ""),
        as_of=int(fields.get("as_of") or 0),
    )


def _page_faults(pages: Iterable[_Page]) -> list[Fault]:
    faults: list[Fault] = []
    for page in pages:
        sheet = page.sheet
        if sheet.problem:
            mend = "check the quotes; put a text that holds a colon in quotes"
            faults.append(Fault(page.file, sheet.problem_line, sheet.problem, mend))
            continue
        faults += [_fault(page, key, f"unknown key '{key}'", _meant(key)) for key in sheet.fields if key not in _KEYS]
        faults += [*_value_faults(page), *_name_faults(page)]
        if not sheet.body:
            faults.append(Fault(page.file, 0, "the article has no text", "write what to do below the front matter"))
    return faults


def _value_faults(page: _Page) -> list[Fault]:
    fields = page.sheet.fields
    checks: list[tuple[str, bool, str]] = [
        ("title", bool(str(fields.get("title") or "").strip()), "write `title: ...`"),
        ("version", _is_count(fields.get("version", 1), 1), "write a whole number, 1 or more"),
        ("minutes", _is_count(fields.get("minutes", 5), 0), "write the person's minutes as a whole number"),
        ("fix", fields.get("fix", "fix") in FIXES, f"write one of: {', '.join(FIXES)}"),
        ("done_words", _is_words(fields.get("done_words")), "write a list: `[restart]`"),
        ("topic", isinstance(fields.get("topic") or "", str), "write a topic id"),
        ("signs", _is_words(fields.get("signs")), "write a list of how people say it"),
        ("needs", _is_words(fields.get("needs")) and set(fields.get("needs") or ()) <= set(NEEDS), _LIST_OF_NEEDS),
        ("as_of", _is_past(fields), "write the version that this text tells: a number below `version`"),
    ]
    faults = [_fault(page, key, f"no good value for '{key}'", mend) for key, good, mend in checks if not good]
    try:
        if fields.get("when"):
            parse(str(fields["when"]))
    except PredicateError as error:
        faults.append(_fault(page, "when", f"position {error.position}: {error.message}", error.mend))
    return faults


def _name_faults(page: _Page) -> list[Fault]:
    """The id and the language, where the front matter tells them too."""
    name = _NAME.fullmatch(Path(page.file).name)
    told = {key: str(page.sheet.fields.get(key) or "") for key in ("id", "lang")}
    return [
        _fault(page, key, f"'{key}' is not that of the file's name", f"write `{key}: {name[key]}`, or rename the file")
        for key, value in told.items()
        if name and value and value != name[key]
    ]


def _is_past(fields: Mapping[str, Any]) -> bool:
    as_of = fields.get("as_of")
    return as_of is None or (_is_count(as_of, 1) and as_of < fields.get("version", 1))


def _is_count(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _is_words(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _unlike(pages: Mapping[str, _Page]) -> list[Fault]:
    """Name what is not the same in all languages though it must be."""
    first, *others = pages.values()
    return [
        _fault(page, key, f"'{key}' is not the same as in {Path(first.file).name}", "write the same in both")
        for page in others
        for key in _SHARED
        if page.sheet.fields.get(key) != first.sheet.fields.get(key)
    ]


def _fault(page: _Page, key: str, message: str, mend: str) -> Fault:
    return Fault(page.file, page.sheet.lines.get(key, 1), message, mend)


def _meant(key: str) -> str:
    near = get_close_matches(key, _KEYS, n=1)
    return f"did you mean '{near[0]}'?" if near else f"write one of: {', '.join(_KEYS)}"
