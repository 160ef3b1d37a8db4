"""guichet.toml and the environment, read once; every fault is reported at once, with the mend."""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import SettingsError as NotJsonError

from bot.people import holidays_of, read_hours

from .channel_faults import channel_faults
from .places import beside, is_given, without
from .secret import Told, UnreadError, read_text, secret_faults
from .tables import PREFIX, Settings, TeamName, Understanding
from .takes import in_words

FILE = "guichet.toml"


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One thing wrong in the settings; `line` 0 = the environment or the whole file."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} -> {self.mend}"

    @property
    def place(self) -> str:
        """Where it stands: file and line, as far as they are known."""
        return f"{self.file}:{self.line}" if self.line else self.file


class SettingsError(Exception):
    """The settings cannot be used; `faults` lists everything that is wrong."""

    def __init__(self, faults: tuple[SettingFault, ...]) -> None:
        super().__init__("\n".join(str(one) for one in faults))
        self.faults = faults


def read_settings(file: Path | None = None) -> Settings:
    """Read the file (by default guichet.toml, if there is one) and the environment.

    Relative paths in the file begin beside it, those of the environment where we are. Raises SettingsError with every
    fault.
    """
    chosen = file or (Path(FILE) if Path(FILE).is_file() else None)
    text = _text(chosen) if chosen else ""
    name = str(chosen or "environment")
    tables = beside(chosen, _tables(text, name))
    try:
        settings = Settings(**tables)
    except ValidationError as error:
        told = (*_faults(error, text, name), *_cross_faults(_standing(error, tables), text, name))
        raise SettingsError(told) from None
    except NotJsonError as error:
        raise SettingsError((_not_json(error),)) from None
    faults = tuple(_cross_faults(_crossed(settings), text, name))
    if faults:
        raise SettingsError(faults)
    return settings


def _not_json(error: NotJsonError) -> SettingFault:
    """Lists and tables stand in the environment as JSON; the library names the outermost table alone."""
    field = re.search(r'field "(\w+)"', str(error))
    name = f"{PREFIX}{field[1].upper() if field else ''}..."
    what = "a list or a table that is not written in JSON"
    return SettingFault("environment", 0, f"{name}: {what}", """as in GUICHET_DESK__LANGUAGES='["fr", "en"]'""")


def _text(file: Path) -> str:
    try:
        return read_text(file)
    except UnreadError as error:
        fault = SettingFault(str(file), 0, str(error), "give a readable UTF-8 file, or write one: guichet init")
        raise SettingsError((fault,)) from None


def _tables(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        fault = SettingFault(name, int(line[1]) if line else 0, f"is not TOML: {error}", "see https://toml.io")
        raise SettingsError((fault,)) from None


def _faults(error: ValidationError, text: str, name: str) -> Iterator[SettingFault]:
    for one in error.errors():
        path = [str(part) for part in one["loc"]]
        key = ".".join(path)
        line = _line_of(path, text)
        file = name if line or not text else f"{PREFIX}{'__'.join(path).upper()}"
        if one["type"] == "extra_forbidden":
            yield SettingFault(file, line, f"{key} is no setting", f"known here: {', '.join(_known(path[:-1]))}")
        elif words := in_words(one["type"], one.get("ctx", {}).get("pattern", "")):
            yield SettingFault(file, line, f"{key}: {words[0]}", words[1])
        else:
            yield SettingFault(file, line, f"{key}: {one['msg']}", "see docs/install.md for what it takes")


def _known(path: list[str]) -> list[str]:
    fields: Mapping[str, FieldInfo] = Settings.model_fields
    for part in path:
        fields = getattr(fields[part].annotation, "model_fields", {}) if part in fields else {}
    return sorted(fields)


def _line_of(path: list[str], text: str) -> int:
    """The line on which the last part of the path that the file names is set; 0 when it names none."""
    found = 0
    lines = text.splitlines()
    for part in path:
        pattern = re.compile(rf"(?:^\s*\[.*)?(?<![\w-]){re.escape(part)}(?![\w-])\s*(?:=|\]|\.)")
        found = next(
            (number for number in range(max(found, 1), len(lines) + 1) if pattern.search(lines[number - 1])), found
        )
    return found


_CHECKS: Mapping[str, Callable[[str], object]] = {"timezone": ZoneInfo, "hours": read_hours, "holidays": holidays_of}


def _cross_faults(told: Iterable[Told], text: str, name: str) -> Iterator[SettingFault]:
    for key, what, mend in told:
        yield SettingFault(name, _line_of(key.split("."), text), f"{key}: {what}", mend)


def _standing(error: ValidationError, tables: dict[str, Any]) -> Iterator[Told]:
    """What no single key shows, beside the keys that are faulty by themselves.

    Only of keys that are given: one may seem to be missing because of another that is faulty.
    """
    sound = without((one["loc"] for one in error.errors()), tables)
    try:
        settings = Settings(**sound)
    except ValidationError:  # of the environment, or of a table that is nothing without the faulty key
        return
    yield from (fault for fault in _crossed(settings) if is_given(fault[0], sound))


def _crossed(settings: Settings) -> Iterator[Told]:
    """What no single key shows: key, fault, mend."""
    teams: Mapping[str, TeamName] = settings.teams
    if settings.desk.default_team not in teams:
        yield "desk.default_team", "is no team", f"one of {', '.join(sorted(teams))}"
    for key, check in _CHECKS.items():
        try:
            check(getattr(settings.desk, key))
        except (ValueError, ZoneInfoNotFoundError) as error:
            yield f"desk.{key}", str(error), "see docs/install.md"
    for folder in settings.packs:
        if not folder.is_dir():
            yield "packs", f"no folder {folder.absolute()}", "give a folder with flows/ and domain.yml"
    for key, what, mend in _order_faults(settings.understanding):
        yield f"understanding.{key}", what, mend
    for table, (key, what, mend) in channel_faults(settings):
        yield f"channels.{table}.{key}", what, mend


_ORDERS = ("own",), ("rasa", "own"), ("rasa",)  # the own model always answers


def _order_faults(table: Understanding) -> Iterator[Told]:
    """What is wrong with who names topics: key, fault, mend."""
    if table.order not in _ORDERS:
        yield "order", "names somebody who would never be asked", f"one of {', '.join(map(json.dumps, _ORDERS))}"
    if "rasa" not in table.order:
        return
    if not table.rasa.url:
        yield "order", "names rasa, and understanding.rasa.url is empty", 'url = "http://127.0.0.1:5005"'
    yield from secret_faults("rasa.token_file", table.rasa.token_file)
