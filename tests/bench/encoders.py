"""Encoders and fusions side by side, on the same data."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import fmean

from tests.bench.desk import Desk
from tests.bench.material import BOTS

CHOICES: Mapping[str, tuple[str, ...]] = {
    "words and letters alone": (),
    "with the universal sentence encoder (default)": ("use",),
    "with E5 small, 4-bit": ("e5",),
    "with both": ("use", "e5"),
}
HEADS = ("understander", "CLINC150 small @87 %", "BANKING77, ten phrases", "HINT3 @70 %", "unseen messages, seed alone",
         "English to French", "a message, p95, ms", "peak memory, MB")  # fmt: skip


def compared() -> Iterator[tuple[str, ...]]:
    """Measure each choice; gives the cells of its row."""
    for name, encoders in CHOICES.items():
        with tempfile.TemporaryDirectory() as folder:
            yield (name, *_cells(Desk(Path(folder), encoders)))


def table(rows: Iterator[tuple[str, ...]]) -> str:
    """Write a table."""
    lines = [HEADS, tuple("---" for _ in HEADS), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cells(desk: Desk) -> Iterator[str]:
    material = desk.material
    clinc = desk.nlu("--train", material.clinc("train", small=True), "--test", material.clinc("val"))
    yield _share(clinc["in_scope_at_oos_recall"]["0.87"])
    banking = desk.nlu("--train", material.banking(True), "--test", material.banking(False))
    yield _share(banking["accuracy_no_threshold"])
    chats = [desk.nlu("--train", train, "--test", test) for bot in BOTS for train, test in material.chats(bot)]
    yield _share(fmean(one["in_scope_at_oos_recall"]["0.70"] for one in chats))
    seed = desk.nlu("--train", material.seed(), "--test", material.unseen())
    yield _share(seed["accuracy_no_threshold"])
    crossed = desk.nlu("--train", material.seed("en"), "--test", material.seed("fr"))
    yield _share(crossed["accuracy_no_threshold"])
    yield f"{banking['ms_per_message_p95']:.1f}"
    yield f"{banking['peak_rss_mb']:.0f}"


def _share(value: float) -> str:
    return f"{value:.1%}".replace("%", " %")
