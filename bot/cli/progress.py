"""Progress of long work, on standard error and only where somebody watches."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.progress import track as tracked

T = TypeVar("T")


def shown(wanted: bool = True) -> Callable[[str], None]:
    """Give a teller of progress: what is being done now, in place of what was told before; "" wipes it."""
    watched = wanted and sys.stderr.isatty()

    def tell(what: str) -> None:
        if watched:
            sys.stderr.write(f"\r\x1b[K{what}")
            sys.stderr.flush()

    return tell


def track(things: Iterable[T], what: str, total: int) -> Iterable[T]:
    """Go through things with a bar."""
    if not sys.stderr.isatty():
        return things
    return tracked(things, description=what, total=total, console=Console(stderr=True), transient=True)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar; give its teller: so many done of so many, 0 where the end is unknown yet."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of or None)
