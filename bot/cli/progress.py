"""Progress of long work, on standard error and only where somebody watches."""

import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

from rich.console import Console
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
