"""`guichet kb import`: articles taken over from a folder, a Confluence space, a Zendesk help center or a help site."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app import open_articles

from .frame import FINDING, HOME, Home, Json, WrongUseError, put, say
from .kb import kb_app
from .progress import counting

if TYPE_CHECKING:
    from bot.kb.importing.choosing import Place
    from bot.kb.importing.fetching import Access
    from bot.kb.importing.items import Imported, Wishes
    from bot.nlu.phrases import Fault

TOKEN = "GUICHET_KB_TOKEN"
_SHOWN = 20  # pages left out that are named to people; all of them stand in the JSON


@kb_app.command("import")
def import_articles(
    source: Annotated[str, typer.Argument(help="A folder, a .zip of an export, or an address.", metavar="DIR|URL")],
    kind: Annotated[str, typer.Option(help="folder, confluence, zendesk or site; by default told from it.")] = "",
    space: Annotated[str, typer.Option(help="Key of the Confluence space.", metavar="KEY")] = "",
    lang: Annotated[str, typer.Option(help="Take texts in fr or en alone; those that do not tell are in it.")] = "",
    topic: Annotated[str, typer.Option(help="Set on every imported article.")] = "",
    user: Annotated[str, typer.Option(help="Who signs in; without it the token is a bearer token.")] = "",
    token_file: Annotated[Path | None, typer.Option(help=f"Holds the token; else {TOKEN}.", metavar="FILE")] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Set articles aside that the source no longer has.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="Stop after so many articles; 0 = take all.")] = 0,
    as_json: Json = False,
    home: Home = HOME,
) -> int:
    """Take articles over; changed content becomes a new version, equal content stays as it is."""
    # What reads HTML takes half a second to load, which no other verb should pay.
    from bot.kb.importing.choosing import Place
    from bot.kb.importing.items import SourceError, Wishes

    if lang not in ("", "fr", "en"):
        raise WrongUseError("guichet kb import: --lang takes fr or en")
    if prune and limit:
        raise WrongUseError("guichet kb import: --prune needs the whole source; leave out --limit")
    try:
        access = _access(user, token_file)
        done = _imported(Place(source, kind, space), Wishes(lang, topic, prune, limit), access, home)
    except SourceError as error:
        raise WrongUseError(f"guichet kb import: {_printable(str(error))}") from error
    except OSError as error:
        raise WrongUseError(f"guichet kb import: {error}; check that folder and who may use it") from error
    put(_as_json(done)) if as_json else _tell(done, prune)
    return FINDING if done.faults else 0


def _imported(place: "Place", wishes: "Wishes", access: "Access", home: Path) -> "Imported":
    from bot.kb.importing.choosing import opened
    from bot.kb.importing.taking import import_from

    with (
        opened(place, wishes, access) as source,
        open_articles(home) as articles,
        counting(f"Importing from {source.name}") as watch,
    ):
        return import_from(source, home, articles, wishes, watch)


def _access(user: str, token_file: Path | None) -> "Access":
    """The token, from its file or the environment: never from the command line, which anybody here can list."""
    from bot.kb.importing.fetching import Access

    token, where = os.environ.get(TOKEN, "").strip(), TOKEN
    if token_file is not None:
        try:
            token, where = token_file.read_text(encoding="utf-8").strip(), str(token_file)
        except (OSError, UnicodeDecodeError) as error:
            raise WrongUseError(f"guichet kb import: cannot read the token in {token_file}; check the path") from error
    if not (token.isascii() and token.isprintable()) or (token_file is not None and not token):
        raise WrongUseError(f"guichet kb import: {where} holds no token; write it there on one line")
    if user and not token:
        raise WrongUseError(f"guichet kb import: --user needs a token; give --token-file FILE or set {TOKEN}")
    return Access(user, token)


def _as_json(done: "Imported") -> dict[str, object]:
    lists = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged, "gone": done.gone}
    more = {"set_aside": done.set_aside, "left_out": done.left_out, "faults": [_said(fault) for fault in done.faults]}
    return {"source": done.source, "kind": done.kind, **lists, **more, "complete": done.complete}


def _said(fault: "Fault") -> str:
    """A fault of a file with its line, one of a page without."""
    return _printable(f"{fault.file}: {fault.message} -> {fault.mend}" if "://" in fault.file else str(fault))


def _printable(words: str) -> str:
    """Words of a source on one line, without what a terminal would obey."""
    return "".join(char for char in " ".join(words.split()) if char.isprintable())


def _tell(done: "Imported", prune: bool) -> None:
    for fault in done.faults:
        say(_said(fault))
    for reason in done.left_out[:_SHOWN]:
        say(f"left out: {_printable(reason)}")
    if len(done.left_out) > _SHOWN:
        say(f"left out: {len(done.left_out) - _SHOWN} more; --json names all")
    counts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged, "gone": done.gone}
    say(", ".join(f"{len(articles)} {what}" for what, articles in counts.items()))
    if done.set_aside:
        say(f"set aside: {', '.join(done.set_aside)}")
    elif done.gone and not prune:
        say(f"gone from the source and kept: {', '.join(done.gone)}; --prune sets them aside")
