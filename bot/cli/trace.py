"""`guichet trace`: why each turn of a conversation was taken."""

from typing import Annotated, Any

import typer

from bot.app import open_records, read_packs
from bot.console.names import Names
from bot.console.reasons import plain_reasons
from bot.dialog.events import ButtonPressed, PersonSaid
from bot.dialog.plain import to_plain
from bot.ports.records import TurnRecord

from .frame import HOME, Config, Home, Json, WrongUseError, app, put, say, settings_from


@app.command()
def trace(
    conversation: Annotated[str, typer.Argument(help="A conversation's number, as the desk shows it.")],
    turn: Annotated[int, typer.Option(help="Only this turn; 0 = all.", min=0)] = 0,
    lang: Annotated[str, typer.Option(help="fr or en.")] = "en",
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Tell, turn by turn, what happened, by which rule, and why."""
    _, playbook = read_packs(settings_from(config))
    with open_records(home) as records:
        turns = records.turns(conversation)
    chosen = [one for one in turns if turn in (0, one.turn)]
    if not chosen:
        raise WrongUseError(
            f"guichet trace: no {'turn ' + str(turn) + ' in ' if turn else ''}conversation {conversation}"
        )
    names = Names(playbook)
    for one in chosen:
        put(_plain(one)) if as_json else say(_told(one, lang, names))
    return 0


def _plain(one: TurnRecord) -> dict[str, Any]:
    return {
        "turn": one.turn,
        "seq": one.recorded.seq,
        "event": to_plain(one.recorded.event),
        "rule": one.trace.rule,
        "notes": to_plain(one.trace.notes),
        "effects": [to_plain(effect) for effect in one.effects],
        "playbook": one.recorded.playbook,
        "engine": one.recorded.engine,
    }


def _told(one: TurnRecord, lang: str, names: Names) -> str:
    event = one.recorded.event
    words = " / ".join(event.texts) if isinstance(event, PersonSaid) else ""
    what = words or (f"[{event.button}]" if isinstance(event, ButtonPressed) else event.kind)
    reasons = "".join(f"\n    {reason}" for reason in plain_reasons(one.trace, lang, names))
    return f"{one.turn:>3}  {event.at:%Y-%m-%d %H:%M:%S}  {what}{reasons}"
