"""`python -m tests.support.telegram`: the stand-in with a keyboard in front of it."""

import argparse
import sys
import threading

from tests.support.telegram.api import TOKEN, BotApi
from tests.support.telegram.console import Console


def main() -> None:
    """Serve until the input ends or says `quit`."""
    options = argparse.ArgumentParser(prog="python -m tests.support.telegram", description=main.__doc__)
    options.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    options.add_argument("--token", default=TOKEN, help="the bot's token")
    options.add_argument("--language", default="en", help="language of the person's phone")
    chosen = options.parse_args()
    with BotApi(chosen.token, port=chosen.port) as api:
        console = Console(api, show, language=chosen.language)
        show(f"Bot API at {api.url}, token {api.token}\nWrite `help` for what you can do.")
        done = threading.Event()
        watcher = threading.Thread(target=watch, args=(console, done), daemon=True)
        watcher.start()
        for line in sys.stdin:
            if not console.obey(line):
                break
        done.set()
        watcher.join()


def watch(console: Console, done: threading.Event) -> None:
    """Show what the bot writes, as it comes."""
    world = console.api.world
    while not done.is_set():
        with world.changed:
            world.changed.wait(0.2)
        console.look()


def show(line: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
