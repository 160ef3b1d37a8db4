"""A pack: a folder of flows, slots, texts, codes, training data, articles and golden conversations."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.flows.codes import read_codes
from bot.flows.domain import read_domain
from bot.flows.faults import Fault
from bot.flows.loader import read_flows
from bot.flows.sheet import Sheet, gathered

from .articles import ArticleSheet, read_articles
from .training import Training, read_training
from .transcripts import read_transcript

Reader = Callable[[str, str], Sheet]

# What stands in NAME.yml or in NAME/*.yml, and who reads it.
PARTS: Mapping[str, Reader] = {"domain": read_domain, "flows": read_flows, "codes": read_codes}


@dataclass(frozen=True, slots=True)
class Pack:
    """What a folder holds. Files are named from the folder's own name on: `it/flows/vpn.yml`."""

    folder: Path
    sheet: Sheet = field(default_factory=Sheet)
    articles: ArticleSheet = field(default_factory=ArticleSheet)
    training: Training = field(default_factory=Training)
    conversations: tuple[Path, ...] = ()
    test_cases: tuple[Path, ...] = ()  # conversations in Rasa's end-to-end format
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.resolve().name

    def path(self, file: str) -> str:
        """Where a file of this pack is found from here."""
        return str(self.folder / Path(file).relative_to(self.name)) if file else str(self.folder)


def read_pack(folder: Path) -> Pack:
    """Read a folder; everything wrong in its files is in `faults`.

    Raises FileNotFoundError when there is no such folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"no pack folder {folder}")
    sheet = gathered(_sheets(folder))
    articles = read_articles(folder / "articles", f"{folder.resolve().name}/articles")
    training = read_training((file, _label(folder, file)) for file in _files(folder, "nlu"))
    talks, cases = (tuple(sorted((folder / "conversations").rglob(ending))) for ending in ("*.txt", "*.yml"))
    faults = (*sheet.faults, *articles.faults, *training.faults, *_strange_files(folder), *_spoken(folder, talks))
    return Pack(folder, sheet, articles, training, talks, cases, faults)


def _sheets(folder: Path) -> Iterator[Sheet]:
    for part, read in PARTS.items():
        for file, text in _texts(folder, part).items():
            yield read(text, file)


def _texts(folder: Path, part: str) -> dict[str, str]:
    """The texts of a part by file name."""
    files = _files(folder, part)
    return {_label(folder, file): file.read_text(encoding="utf-8", errors="replace") for file in files}


def _files(folder: Path, part: str) -> list[Path]:
    """PART.yml and PART/**.yml, in the order of their names."""
    files = [folder / f"{part}.yml", *sorted((folder / part).rglob("*.yml"))]
    return [file for file in files if file.is_file()]


def _label(folder: Path, file: Path) -> str:
    return str(Path(folder.resolve().name) / file.relative_to(folder))


def _spoken(folder: Path, talks: Iterable[Path]) -> Iterator[Fault]:
    """What cannot be read in golden conversations."""
    for file in talks:
        yield from read_transcript(file.read_text(encoding="utf-8", errors="replace"), _label(folder, file)).faults


def _strange_files(folder: Path) -> Iterator[Fault]:
    """YAML files under another ending or in a folder that nobody reads would be missed in silence."""
    for file in sorted(folder.rglob("*.y*ml")):
        known = file.suffix == ".yml" and file.relative_to(folder).parts[0].removesuffix(".yml") in (*PARTS, "nlu")
        if not known and "conversations" not in file.parts:
            mend = f"name it *.yml, in {', '.join(f'{part}/' for part in (*PARTS, 'nlu'))}"
            yield Fault(_label(folder, file), 0, "", "", "nobody reads this file", mend)
