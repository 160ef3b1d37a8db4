"""`guichet nlu`: what a message is understood to mean."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.app import make_mind
from bot.nlu.calibration import Costs
from bot.nlu.encoders import load_encoders
from bot.nlu.examination import FOLDS, Examiner
from bot.nlu.parsed import parse as told_of
from bot.nlu.phrases import Phrase, read_file
from bot.ports.understander import Hints

from .frame import HOME, Config, Home, Json, WrongUseError, app, put, say, settings_from, tell_notes
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
        told = told_of(mind.understander, text, Hints(now, lang=settings.desk.languages[0], channel=channel))
        put(told) if as_json else say(_short(told))
    return 0


@nlu_app.command("evaluate")
def evaluate(
    train: Annotated[Path, typer.Option(help='Phrases to learn from: {"text", "intent"} a line.', metavar="FILE")],
    test: Annotated[Path | None, typer.Option(help="Messages to be tested on.", metavar="FILE")] = None,
    validation: Annotated[Path | None, typer.Option(help="Messages that set the thresholds.", metavar="FILE")] = None,
    folds: Annotated[int, typer.Option(help="5: test each fifth of the phrases on a model of the rest.")] = 0,
    pipeline: Annotated[
        bool, typer.Option("--pipeline", help="With cleaning and rules, not the classifier alone.")
    ] = False,
    as_json: Json = False,
    home: Home = HOME,
    config: Config = None,
) -> int:
    """Measure the classifier on phrases of your own; the intent `oos` stands for what is out of scope."""
    if (test is None) == (folds == 0) or folds not in (0, FOLDS):
        raise WrongUseError("guichet nlu evaluate: give either --test FILE or --folds 5")
    settings = settings_from(config)
    encoders = load_encoders(settings.understanding.encoders, home / "cache" if home.is_dir() else None)
    tell_notes(encoders.notes)
    show = shown()
    examiner = Examiner(encoders.found, Costs(**settings.understanding.costs.model_dump()), pipeline, show)
    learned = _phrases(train)
    if len({phrase.intent for phrase in learned}) < 2:
        raise WrongUseError(f"guichet nlu evaluate: {train} needs phrases of two intents or more")
    figures = (
        examiner.by_test(learned, _phrases(test), _phrases(validation) if validation else ())
        if test
        else examiner.by_folds(learned)
    )
    show("")
    put(_rounded(figures)) if as_json else say(_table(figures))
    return 0


def _phrases(file: Path) -> tuple[Phrase, ...]:
    """Read every line, doubles too: a test counts them as often as they stand there."""
    read = read_file(file)
    if read.faults:
        raise WrongUseError("\n".join(str(fault) for fault in read.faults))
    return read.phrases


def _rounded(told: Any) -> Any:
    """Round all figures to four decimals."""
    if isinstance(told, dict):
        return {key: _rounded(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_rounded(value) for value in told]
    return round(told, 4) if isinstance(told, float) else told


def _table(figures: dict[str, Any]) -> str:
    """The figures, and below them how honest the certainty is."""
    plain = {key: value for key, value in _rounded(figures).items() if key != "reliability" and value not in (None, {})}
    lines = [f"{key:26} {value}" for key, value in plain.items()]
    rows = [f"{one['texts']:8} {one['said']:8.2f} {one['was']:8.2f}" for one in figures["reliability"]]
    return "\n".join([*lines, "", f"{'texts':>8} {'certain':>8} {'right':>8}", *rows])


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
