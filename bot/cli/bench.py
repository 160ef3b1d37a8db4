"""`guichet bench`: figures beside the limits of this machine, measured in the same run."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import Mind, make_mind
from bot.channels.render import web_html
from bot.console.names import Names
from bot.console.reasons import plain_reasons
from bot.dialog.conversation import Conversation
from bot.dialog.effects import Say
from bot.dialog.engine import decide
from bot.dialog.events import PersonSaid
from bot.dialog.plain import from_plain, to_plain
from bot.ports.understander import Hints

from .channels_bench import measure as measure_channels
from .frame import HOME, Config, Home, Json, app, put, say, settings_from
from .progress import shown
from .turns_bench import measure

bench_app = typer.Typer(help="Measure, beside the limits of this machine.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(bench_app, name="bench")
GOALS = {"ledger_cpu_ms": "<= 2", "decide_cpu_ms": "<= 1", "commits_per_item": "<= 4", "p50_ms": "<= 25"}
WORDS = "Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11"


@bench_app.callback()
def about() -> None:
    """Keep `bench` a group of verbs."""


@bench_app.command("turns")
def turns(
    database: Annotated[str, typer.Option(help="An empty database's address; by default a new SQLite file.")] = "",
    messages: Annotated[int, typer.Option(min=100, help="Messages under load.")] = 1000,
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Measure a message's way through the ledger, and one decision with its codec, trace and rendering."""
    mind = make_mind(settings_from(config), home, progress=shown())
    with _folder() as folder:
        url = database or f"sqlite:///{folder}/bench.sqlite3"
        measured = asdict(measure(url, messages, turn=one_turn(mind)))
    figures = _rounded(measured)
    if as_json:
        put(figures)
    else:
        for key, value in figures.items():
            say(f"{key:28} {value:>10}   {GOALS.get(key, '')}")
    return 0


@bench_app.command("channels")
def channels(
    messages: Annotated[int, typer.Option(min=20, help="Messages of each channel.")] = 300, as_json: Json = False
) -> int:
    """Measure each channel without a platform: reading a message, rendering an answer, storing what comes in."""
    with _folder() as folder:
        machine, measured = measure_channels(Path(folder), messages)
    told = {name: _rounded(asdict(figures)) for name, figures in measured.items()}
    if as_json:
        put({"channels": told, **_rounded(machine)})
        return 0
    for name, figures in (*told.items(), ("machine", _rounded(machine))):
        for key, value in figures.items():
            say(f"{name:10} {key:22} {value:>10}")
    return 0


def _folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder for a database: here, where the disk is the one that a house would use."""
    return tempfile.TemporaryDirectory(prefix="guichet-bench-", dir=Path.cwd())


def _rounded(figures: Mapping[str, float | None]) -> dict[str, float | None]:
    return {key: value if value is None else round(value, 3) for key, value in figures.items()}


def one_turn(mind: Mind) -> Callable[[], None]:
    """Make the work of one turn beside the ledger: decide, state and effects to JSON and back, reasons, page markup."""
    at = datetime.fromisoformat("2026-01-05T09:00+01:00")
    read = mind.understander.understand(WORDS, Hints(at, "fr"))
    event, talk, names = (
        PersonSaid(at=at, texts=(WORDS,), understanding=read),
        Conversation("1", "web"),
        Names(mind.playbook),
    )

    def work() -> None:
        turn = decide(talk, event, mind.playbook)
        from_plain(Conversation, to_plain(turn.conversation))
        plain_reasons(turn.trace, "fr", names)
        for effect in turn.effects:
            to_plain(effect)
            if isinstance(effect, Say):
                web_html(effect.text)

    return work
