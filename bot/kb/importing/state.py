"""What earlier imports saw, in `HOME/kb/sources.json`: for each source its items, written as a whole or not at all."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .items import Item, Marks, SourceError

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of one source. `finished`: when it was last read to its end (ISO 8601); "" = never."""

    source: str
    kind: str
    finished: str = ""
    items: dict[str, Item] = field(default_factory=dict)


def read_seen(folder: Path) -> dict[str, Seen]:
    """Read what is remembered of all sources, by name. Raises SourceError for a file that is none of ours."""
    file = _file(folder)
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return {one["source"]: _seen(one) for one in told["sources"]}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        mend = "restore it from a backup, or remove it: articles stay, the next import compares all of them"
        raise SourceError(f"{file} cannot be read; {mend}") from error


def write_seen(folder: Path, seen: Iterable[Seen]) -> None:
    """Write what is remembered of all sources."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"format": _FORMAT, "sources": [_plain(one) for one in seen]}
    file = _file(folder)
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the articles while an import runs: two at once would forget what the other saw. Raises SourceError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "sources.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SourceError(f"another import into {folder} is running; wait until it has ended") from error
        yield


def _file(folder: Path) -> Path:
    return folder / "sources.json"


def _seen(told: Mapping[str, Any]) -> Seen:
    items = [
        Item(**{**one, "languages": tuple(one["languages"]), "marks": Marks(**one["marks"])}) for one in told["items"]
    ]
    return Seen(str(told["source"]), str(told["kind"]), str(told["finished"]), {item.key: item for item in items})


def _plain(seen: Seen) -> dict[str, Any]:
    items = [asdict(item) for item in seen.items.values()]
    return {"source": seen.source, "kind": seen.kind, "finished": seen.finished, "items": items}
