"""`make bench-nlu`: measure understanding and knowledge beside the last figures, and write docs/benchmarks.md anew.

python -m tests.bench [PART ...]     only these parts; `encoders` is the comparison of encoders
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.bench import encoders, record, rest, understanding
from tests.bench.desk import Desk
from tests.bench.figure import Figure
from tests.support.needs import shared_folder

Part = Callable[[Desk], Iterator[Figure]]
PARTS: Mapping[str, Part] = {
    "clinc": understanding.clinc,
    "banking": understanding.banking,
    "chats": understanding.chats,
    "corpora": understanding.corpora,
    "helpdesk": understanding.helpdesk,
    "signals": understanding.signals,
    "knowledge": rest.knowledge,
    "reading": rest.secrets_and_entities,
    "speed": rest.speed,
}
ENCODERS = "encoders"


def main(wanted: list[str]) -> int:
    """Measure; 1 where a figure fell, 2 where nothing can be measured."""
    unknown = [name for name in wanted if name not in (*PARTS, ENCODERS)]
    if unknown or shared_folder() is None:
        fault = f"no part {unknown[0]}; there are {', '.join((*PARTS, ENCODERS))}" if unknown else "no ../shared here"
        _say(f"make bench-nlu: {fault}")
        return 2
    fallen = [one.what for name in PARTS if not wanted or name in wanted for one in _measured(name)]
    if not wanted or ENCODERS in wanted:
        rows = encoders.table(encoders.compared())
        record.put(ENCODERS, f"{record.Stamp.now()}\n\n{rows}")
        _say(rows)
    for what in fallen:
        _say(f"fell: {what}")
    return 1 if fallen else 0


def _measured(name: str) -> list[Figure]:
    """Measure a part and keep its figures; gives those that fell."""
    last, figures = record.kept(), []
    with tempfile.TemporaryDirectory() as folder:
        for figure in PARTS[name](Desk(Path(folder))):
            figures.append(figure)
            _say(record.line(figure, last))
    stamp = record.Stamp.now()
    record.write_table(name, figures, stamp)
    record.keep(figures, stamp)
    return [one for one in figures if record.is_worse(one, last)]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
