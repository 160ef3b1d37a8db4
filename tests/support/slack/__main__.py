"""Run the stand-in of Slack by hand: `python -m tests.support.slack [--port N] [--manifest FILE]`."""

import argparse
import threading
from pathlib import Path

from tests.support.slack.console import Console
from tests.support.slack.workspace import Workspace


def main() -> None:
    """Serve, read lines, show what the bot writes."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.slack", description="A stand-in of Slack")
    parser.add_argument("--port", type=int, help="port on 127.0.0.1; else a free one")
    parser.add_argument("--manifest", type=Path, help="app manifest (JSON); else an app that may do everything")
    parser.add_argument("--push", metavar="ADDRESS", help="push over HTTP to that address, not over Socket Mode")
    chosen = parser.parse_args()
    with Workspace(manifest=chosen.manifest, port=chosen.port) as slack:
        console = Console(slack)
        console.greet()
        if chosen.push:
            input(f"start the app so that it listens on {chosen.push}, then press Enter ")
            slack.subscribe(chosen.push)
        threading.Thread(target=console.watch, daemon=True).start()
        try:
            while not console.ended.is_set():
                console.obey(input())
        except (EOFError, KeyboardInterrupt):
            console.ended.set()


if __name__ == "__main__":
    main()
