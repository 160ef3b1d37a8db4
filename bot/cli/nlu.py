"""`guichet nlu`: what a message is understood to mean."""

import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from bot.app import make_mind
from bot.ports.understander import Hints

from .frame import HOME, Config, Home, Json, WrongUseError, app, put, say, settings_from
from .progress import shown

nlu_app = typer.Typer(help="Try the understanding of messages.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(nlu_app, name="nlu")


@nlu_app.callback()
def about() -> None:
    """Keep `nlu` a group of verbs."""


@nlu_app.command("parse")
def parse(as_json: Json = False, home: Home = HOME, config: Config = None) -> int:
    """Tell what messages mean: one a line on standard input, as text or {"text": ..., "channel": ...}."""
    settings = settings_from(config)
    mind = make_mind(settings, home, progress=shown())
    now = datetime.now(ZoneInfo(settings.desk.timezone))
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        text, channel = _message(line.rstrip("\n"), number)
        told = mind.understander.parse(text, Hints(now, lang=settings.desk.languages[0], channel=channel))
        put(told) if as_json else say(_short(told))
    return 0


def _message(line: str, number: int) -> tuple[str, str]:
    """A line of text, or a JSON object with text and channel."""
    if not line.lstrip().startswith("{"):
        return line, "web"
    try:
        told = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return line, "web"
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        raise WrongUseError(f'guichet nlu parse: line {number}: write {{"text": "..."}} or the text itself')
    return told["text"], str(told.get("channel") or "web")


def _short(told: dict[str, object]) -> str:
    entities = told.get("entities")
    names = [f"{one['name']}={one['value']}" for one in entities] if isinstance(entities, list) else []
    return f"{told['lang']}  {told['intent']}  {told['confidence']}  {' '.join(names)}".rstrip()
