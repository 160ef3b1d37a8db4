"""The frame around every verb: options they share, and errors told in one clear line with exit status 2."""

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import ActionsError, HomeError, PackError
from bot.settings import Settings, SettingsError, read_settings

app = typer.Typer(
    name="guichet",
    help="The first line of a support desk: understands, diagnoses, proposes fixes, hands over with a full ticket.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[2]  # ClickException, whichever click typer is built on

Home = Annotated[Path, typer.Option("--home", help="Folder of database, files and caches.", metavar="DIR")]
Config = Annotated[Path | None, typer.Option("--config", help="Settings; else guichet.toml here.", metavar="FILE")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON on standard output.")]
HOME = Path(".guichet")
FINDING, WRONG_USE = 1, 2
VERBS = (
    "run",
    "chat",
    "nlu",
    "kb",
    "mail",
    "slack",
    "flow",
    "trace",
    "doctor",
    "dead",
    "init",
    "db",
    "bench",
)  # as --help lists them
MORE = ("kb_evaluate", "kb_import", "search_bench")  # verbs of groups that stand in files of their own


class WrongUseError(Exception):
    """Bad arguments, input, packs or settings; the message is told as it is, with exit status 2."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a verb and leave with its exit status: 0 success, 1 a finding, 2 wrong use."""
    for verbs in (*VERBS, *MORE):
        import_module(f"bot.cli.{verbs}")
    try:
        status = app(args=arguments, prog_name="guichet", standalone_mode=False)
    except HomeError as error:
        tell_wrong(f"guichet: {error}")
        status = WRONG_USE
    except (WrongUseError, SettingsError, PackError, ActionsError, FileNotFoundError) as error:
        tell_wrong(str(error))
        status = WRONG_USE
    except USAGE_ERROR as error:
        tell_wrong(f"guichet: {getattr(error, 'format_message', str)()} (see guichet --help)")
        status = WRONG_USE
    except (KeyboardInterrupt, typer.Abort):
        status = 130
    except BrokenPipeError:  # the reader of our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)


def tell_wrong(message: str) -> None:
    """Write what is wrong on standard error."""
    sys.stderr.write(message.rstrip() + "\n")


def tell_notes(notes: Sequence[str]) -> None:
    """Write on standard error what works in a reduced way."""
    for note in notes:
        sys.stderr.write(f"note   {note}\n")


def put(line: Any) -> None:
    """Write one line of JSON on standard output, at once."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Write a line for people on standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def settings_from(config: Path | None) -> Settings:
    """Read the settings. Raises SettingsError."""
    return read_settings(config)
