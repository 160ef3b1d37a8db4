"""`guichet dead`: what could not be handled or sent, looked at, tried again or dropped."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.app import open_ledger, open_records
from bot.dialog.plain import to_plain
from bot.ports.records import DeadLetter

from .frame import HOME, Home, Json, WrongUseError, app, put, say

dead_app = typer.Typer(help="Dead letters: list, show, replay, drop.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(dead_app, name="dead")
Letter = Annotated[str, typer.Argument(help="A dead letter's id, as `dead list` names it.", metavar="ID")]


@dead_app.command("list")
def list_letters(home: Home = HOME, as_json: Json = False) -> int:
    """List dead letters, oldest first."""
    with open_records(home) as records:
        letters = records.dead(1000)
    for letter in letters:
        put(to_plain(letter)) if as_json else say(_told(letter))
    if not letters and not as_json:
        say("no dead letters")
    return 0


@dead_app.command("show")
def show(letter: Letter, home: Home = HOME, as_json: Json = False) -> int:
    """Show one with what it holds."""
    with open_records(home) as records:
        try:
            found = records.dead_letter(letter)
        except KeyError:
            raise _unknown(letter) from None
    put(to_plain(found)) if as_json else say(f"{_told(found)}\n{found.told}")
    return 0


@dead_app.command("replay")
def replay(letter: Letter, home: Home = HOME) -> int:
    """Try one again; a running house takes it up by itself."""
    with open_ledger(home) as ledger:
        try:
            asyncio.run(ledger.replay(letter, datetime.now(UTC)))
        except KeyError:
            raise _unknown(letter) from None
    say(f"{letter} will be tried again")
    return 0


@dead_app.command("drop")
def drop(letter: Letter, home: Home = HOME) -> int:
    """Give one up, and forget what it held."""
    with open_ledger(home) as ledger:
        try:
            asyncio.run(ledger.drop(letter))
        except KeyError:
            raise _unknown(letter) from None
    say(f"{letter} dropped")
    return 0


def _unknown(letter: str) -> WrongUseError:
    return WrongUseError(f"guichet dead: no dead letter {letter}; see guichet dead list")


def _told(letter: DeadLetter) -> str:
    return f"{letter.id}  {letter.at:%Y-%m-%d %H:%M}  {letter.what}  {letter.status}  {letter.why}"
