"""`guichet mail`: how a raw mail is read."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.channels.email.mail import Mail, Ours
from bot.channels.email.reading import read_mail
from bot.channels.render import plain_words

from .frame import Json, WrongUseError, app, put, say

mail_app = typer.Typer(help="Try the reading of mail.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(mail_app, name="mail")

_MOST = 100_000_000  # bytes: no server takes a mail of that size


@mail_app.callback()
def about() -> None:
    """Keep `mail` a group of verbs."""


@mail_app.command("parse")
def parse(
    file: Annotated[Path, typer.Argument(help="One raw mail, as a server stores it; - reads standard input.")],
    own: Annotated[list[str] | None, typer.Option(help="An address of the desk.", metavar="ADDRESS")] = None,
    authserv_id: Annotated[
        str, typer.Option(help="Name of your mail server in Authentication-Results; without it no sender is proven.")
    ] = "",
    as_json: Json = False,
) -> int:
    """Tell what kind of mail it is, who wrote what in it, and what is attached."""
    mail = read_mail(_bytes_of(file), Ours(frozenset(own or ()), authserv_id))
    put(_plain(mail)) if as_json else say(_told(mail))
    return 0


def _bytes_of(file: Path) -> bytes:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(_MOST)
        with file.open("rb") as opened:
            return opened.read(_MOST)
    except OSError as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror or "cannot be read"
        raise WrongUseError(f"guichet mail parse: {file}: {why}") from error


def _plain(mail: Mail) -> dict[str, Any]:
    return {
        "kind": mail.kind.value,
        "subject": mail.subject,
        "from": mail.sender.address,
        "to": [one.address for one in mail.to],
        "lang": mail.lang,
        "text": mail.text,
        "full_text": mail.full_text,
        "attachments": [{"name": one.name, "type": one.type, "size": one.size} for one in mail.attachments],
        "message_id": mail.message_id,
        "references": list(mail.references),
        "bounced": list(mail.bounced),
        "authenticated": mail.authenticated,
        "forwarded": mail.forwarded,
        "addressed": mail.addressed.value,
        "noreply": mail.noreply,
    }


def _told(mail: Mail) -> str:
    """The mail for people: a line for each thing that is not nothing, then the new text."""
    proven = "proven" if mail.authenticated else "not proven"
    marks = [name for name in ("forwarded", "encrypted", "noreply") if getattr(mail, name)]
    rows = (
        ("kind", " ".join([mail.kind.value, *marks])),
        ("from", f"{mail.sender.name} <{mail.sender.address}> ({proven})".lstrip()),
        ("to", ", ".join(one.address for one in mail.to)),
        ("subject", mail.subject),
        ("language", mail.lang),
        ("bounced", ", ".join(mail.bounced)),
        *(("attached", f"{one.name} ({one.type}, {one.size:,} bytes)") for one in mail.attachments),
    )
    lines = [f"{name:9} {value}" for name, value in rows if value]
    return plain_words("\n".join([*lines, "", mail.text]))  # a mail must not steer whose terminal it is shown in
