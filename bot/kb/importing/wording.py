"""What sources share about words: ids from addresses, and the language of a text that does not tell its own."""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from bot.nlu.fold import fold
from bot.nlu.language import OTHER, language

_LONGEST_ID = 80
_PAGE_ENDING = re.compile(r"\.(?:x?html?|php|aspx?|jsp|md)\Z", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default|home)\Z", re.IGNORECASE)


def slug(words: str) -> str:
    """An id of a path or a name: lower case, without accents, "-" between its words; "" where it has none."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:_LONGEST_ID].strip("-")


def host_slug(address: str) -> str:
    """A short name for a host: what stands before the last dot, without www."""
    labels = (urlsplit(address).hostname or "").removeprefix("www.").split(".")
    return slug("-".join(labels[:-1] if len(labels) > 1 and labels[-1].isalpha() else labels))


def page_slug(address: str, lang: str) -> str:
    """An id for a page: its host and its path, without the parts that only name the language."""
    parts = urlsplit(address)
    path = _PAGE_ENDING.sub("", unquote(parts.path))
    steps = [step for step in path.split("/") if step and not is_locale(step, lang)]
    if steps and _INDEX.fullmatch(steps[-1]):
        steps.pop()
    return slug("-".join([host_slug(address), *steps, unquote(parts.query)]))


def is_locale(step: str, lang: str) -> bool:
    """Whether a part of a path names the language: fr, fr-ca, fr_FR."""
    return bool(lang) and re.fullmatch(rf"{lang}(?:[-_][a-z]{{2,4}})?", step.lower()) is not None


def short(locale: str) -> str:
    """The language of a locale: fr of fr-CA and of fr_FR."""
    return re.split(r"[-_]", locale.strip().lower(), maxsplit=1)[0]


def told_language(title: str, body: str, languages: Sequence[str]) -> str:
    """The language of a text by its words: the first of `languages` where it cannot be told, "" for a third one.

    Where a person asked for one language alone, texts that do not tell theirs are in it.
    """
    if len(languages) == 1:
        return languages[0]
    read = f"{title}. {body[:2_000]}"
    guessed = language(read, fold(read), tuple(languages))
    if guessed == OTHER:
        return ""
    return guessed if guessed and guessed in languages else languages[0]
