"""The figures of all runs that are kept: beside the last ones, and as tables in docs/benchmarks.md."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.bench.figure import Figure
from tests.support.needs import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
KEPT = ROOT / "docs" / "benchmarks-nlu.json"
SLACK = 0.01  # of a share; what is measured in time or memory may differ by a third, as machines are shared
NOISE = 1.33
HEADS = "| figure | measured | must | stretch | reached | how |\n|---|---|---|---|---|---|\n"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and of what a figure was measured; a commit with a `+` had changes on top."""

    day: str
    commit: str

    @classmethod
    def now(cls) -> "Stamp":
        """Stamp what was measured just now."""
        changes = _git("status", "--porcelain", "--untracked-files=no", "--", ".", f":!{PAGE}", f":!{KEPT}")
        commit = _git("rev-parse", "--short", "HEAD") + ("+" if changes else "")
        return cls(datetime.now(UTC).date().isoformat(), commit)

    def __str__(self) -> str:
        return f"{self.day}, commit {self.commit}."


@dataclass(frozen=True, slots=True)
class Kept:
    """A figure's value with the day and commit on which it was measured."""

    value: float
    day: str
    commit: str


def kept() -> dict[str, Kept]:
    """Read the last figures."""
    told = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    return {key: Kept(**value) for key, value in told.items()}


def keep(figures: Iterable[Figure], stamp: Stamp) -> None:
    """Put new figures in the place of the last ones."""
    new = {one.key: Kept(round(one.value, 4), stamp.day, stamp.commit) for one in figures}
    told = {key: {"value": one.value, "day": one.day, "commit": one.commit} for key, one in (kept() | new).items()}
    KEPT.write_text(json.dumps(dict(sorted(told.items())), indent=1) + "\n", encoding="utf-8")


def is_worse(figure: Figure, last: Mapping[str, Kept]) -> bool:
    """Tell whether a figure fell by more than what differs from run to run."""
    before = last.get(figure.key)
    if before is None:
        return False
    if figure.is_share:
        fell = figure.value - before.value if figure.less else before.value - figure.value
        return fell > SLACK
    return figure.value > before.value * NOISE


def line(figure: Figure, last: Mapping[str, Kept]) -> str:
    """Tell of a figure on a line, beside its goals and the last one."""
    before = last.get(figure.key)
    since = f"   was {shown(figure, before.value)}" if before else ""
    goals = f"must {shown(figure, figure.must)}, stretch {shown(figure, figure.stretch)}"
    return f"{figure.what:66} {shown(figure, figure.value):>7}   {figure.reached:8} {goals}{since}"


def shown(figure: Figure, value: float | None) -> str:
    """Write a value as a figure of its kind is written."""
    if value is None:
        return ""
    if not figure.is_share:
        return f"{value:.1f}" if value < 100 else f"{value:.0f}"
    return f"{value:.2%}".replace("%", " %") if figure.less else f"{value:.1%}".replace("%", " %")


def write_table(name: str, figures: Iterable[Figure], stamp: Stamp) -> None:
    """Write figures as the table of that name in docs/benchmarks.md."""
    rows = (
        f"| {one.what} | {shown(one, one.value)} | {shown(one, one.must)} | {shown(one, one.stretch)} "
        f"| {one.reached} | {one.how} |\n"
        for one in figures
    )
    put(name, f"{stamp}\n\n{HEADS}{''.join(rows)}")


def _git(*arguments: str) -> str:
    return subprocess.run(("git", *arguments), cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def put(name: str, text: str) -> None:
    """Put a text between the marks of that name in docs/benchmarks.md. Raises ValueError where they are missing."""
    page, (start, end) = PAGE.read_text(encoding="utf-8"), (f"<!-- {name} -->\n", f"<!-- /{name} -->")
    before, opened, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError(f"{PAGE.name} lacks the marks {start.strip()} and {end}")
    PAGE.write_text(f"{before}{start}{text}{end}{after}", encoding="utf-8")
