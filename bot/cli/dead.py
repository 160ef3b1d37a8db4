"""`guichet dead`: what could not be handled or sent, looked at, tried again or dropped."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import typer

from bot.app import Letters, open_letters
from bot.dialog.plain import to_plain
from bot.ports.records import DeadLetter

from .frame import HOME, Home, Json, WrongUseError, app, put, say

dead_app = typer.Typer(help="Dead letters: list, show, replay, drop.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(dead_app, name="dead")
Letter = Annotated[str, typer.Argument(help="A dead letter's id, as `dead list` names it.", metavar="ID")]


@dead_app.command("list")
def list_letters(home: Home = HOME, as_json: Json = False) -> int:
    """List dead letters, oldest first."""
    for letter in _with(home, lambda letters: letters.all()):
        put(to_plain(letter)) if as_json else say(_told(letter))
    return 0


@dead_app.command("show")
def show(letter: Letter, home: Home = HOME, as_json: Json = False) -> int:
    """Show one with what it holds."""
    found = _one(home, letter, lambda letters: letters.show(letter))
    put(to_plain(found)) if as_json else say(f"{_told(found)}\n{found.told}")
    return 0


@dead_app.command("replay")
def replay(letter: Letter, home: Home = HOME) -> int:
    """Try one again; a running house takes it up by itself."""
    _one(home, letter, lambda letters: letters.replay(letter))
    say(f"{letter} will be tried again")
    return 0


@dead_app.command("drop")
def drop(letter: Letter, home: Home = HOME) -> int:
    """Give one up, and forget what it held."""
    _one(home, letter, lambda letters: letters.drop(letter))
    say(f"{letter} dropped")
    return 0


def _told(letter: DeadLetter) -> str:
    return f"{letter.id}  {letter.at:%Y-%m-%d %H:%M}  {letter.what}  {letter.status}  {letter.why}"


def _with(home: Any, work: Callable[[Letters], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        letters = open_letters(home)
        try:
            return await work(letters)
        finally:
            letters.close()

    return asyncio.run(run())


def _one(home: Any, letter: str, work: Callable[[Letters], Coroutine[Any, Any, Any]]) -> Any:
    try:
        return _with(home, work)
    except KeyError:
        raise WrongUseError(f"guichet dead: no dead letter {letter}; see guichet dead list") from None
