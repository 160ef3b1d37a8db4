"""`guichet chat`: a conversation at the terminal, for people and, with --json, for machines."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from bot.app import make_mind
from bot.channels.render import plain_words, terminal_text

from .frame import HOME, Config, Home, Json, WrongUseError, app, put, settings_from
from .progress import shown
from .talk_lines import BadLineError, Pressed, Said, read_line
from .talking import START, Talk, Visit, talk

CHANNELS = ("terminal", "web", "email", "slack", "telegram")


@app.command()
def chat(
    as_json: Json = False,
    lang: Annotated[str, typer.Option(help="Language to begin with: fr or en.")] = "",
    person: Annotated[str, typer.Option(help="Who talks, taken as proven.", metavar="EMAIL")] = "",
    channel: Annotated[str, typer.Option(help=f"One of {', '.join(CHANNELS)}.")] = "terminal",
    pack: Annotated[list[Path] | None, typer.Option(help="A pack's folder, loaded after the library.")] = None,
    at: Annotated[str, typer.Option(help="Where the clock starts, ISO 8601.", metavar="TIME")] = "",
    seed: Annotated[int, typer.Option(help="Chooses among variations of texts.")] = 0,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Talk with the bot in a house of its own, which is gone afterwards; the clock stands still until told to move."""
    visit = _visit(lang, person, channel, at)
    mind = make_mind(settings_from(config), home, extra=tuple(pack or ()), seed=seed, progress=shown(not as_json))
    with talk(mind, visit) as one:
        return _by_lines(one) if as_json else _by_hand(one)


def _visit(lang: str, person: str, channel: str, at: str) -> Visit:
    if lang not in ("", "fr", "en"):
        raise WrongUseError("guichet chat: --lang takes fr or en")
    if channel not in CHANNELS:
        raise WrongUseError(f"guichet chat: --channel takes one of {', '.join(CHANNELS)}")
    if person and "@" not in person:
        raise WrongUseError("guichet chat: --person takes an e-mail address")
    return Visit(channel, lang, person, _time(at) if at else START)


def _time(at: str) -> datetime:
    try:
        told = datetime.fromisoformat(at)
    except ValueError:
        raise WrongUseError(f"guichet chat: --at takes a time such as 2026-01-05T09:00+01:00, not {at}") from None
    return told if told.tzinfo else told.astimezone()


def _by_lines(one: Talk) -> int:
    """Answer JSON lines with JSON lines."""
    for number, text in enumerate(sys.stdin, 1):
        if not text.strip():
            continue
        try:
            for event in one.feed(read_line(text)):
                put(event)
        except BadLineError as error:
            raise WrongUseError(f"guichet chat: line {number}: {error}") from None
    return 0


def _by_hand(one: Talk) -> int:
    """Let a person type; buttons are numbered, and their number presses them."""
    console = Console(highlight=False)
    console.print(Text("Ctrl-D ends the conversation. A number presses a button.", style="dim"))
    buttons: list[dict[str, str]] = []
    while True:
        try:
            words = console.input("[bold]> [/bold]").strip()
        except EOFError:
            console.print()
            return 0
        if not words:
            continue
        pressed = words.isdecimal() and 1 <= int(words) <= len(buttons)
        line = Pressed(buttons[int(words) - 1]["id"]) if pressed else Said((words,))
        for event in one.feed(line):
            buttons = _print(console, event, buttons)


def _print(console: Console, event: dict[str, Any], buttons: list[dict[str, str]]) -> list[dict[str, str]]:
    """Print one event; gives the buttons that are offered now."""
    match event["event"]:
        case "reply":
            console.print(Text(terminal_text(event["text"]), style="cyan"))
            for number, button in enumerate(event["buttons"], 1):
                console.print(Text(f"  {number}. {button['label']}", style="green"))
            return list(event["buttons"])
        case "ticket":
            told = f"{event['key']}  {event['priority']} {event['level']} {event['team']} ({event['reason']})"
            console.print(Text(f"{told}\n{event['title']}\n{event['summary']}", style="yellow"))
        case "relay":
            told = "".join(f" [{plain_words(name)}]" for name in event.get("files", ()))
            console.print(Text(f"{event['from']}: {plain_words(event['text'])}{told}", style="magenta"))
        case "ticket_update":
            console.print(Text(f"{event['key']} {event['kind']}: {plain_words(event['text'])}", style="yellow"))
        case _:  # the turn itself is for machines
            pass
    return buttons
