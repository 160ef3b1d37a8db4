"""A bar for long work, on standard error and only where somebody watches."""

import sys
from collections.abc import Callable


def shown(wanted: bool = True) -> Callable[[str], None]:
    """Give a teller of progress: one line for each thing begun, none where nobody watches."""
    watched = wanted and sys.stderr.isatty()

    def tell(what: str) -> None:
        if watched:
            sys.stderr.write(f"\r\x1b[K{what}")
            sys.stderr.flush()

    return tell
