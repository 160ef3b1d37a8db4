"""What the command line takes."""

from __future__ import annotations

import argparse
from typing import NoReturn

from ticket_bridge.ticket import TicketState


class _Parser(argparse.ArgumentParser):
    """Complains in one line, with exit status 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message}; {self.prog} --help tells more\n")


def parser() -> argparse.ArgumentParser:
    """Make the parser of all verbs."""
    top = _Parser(prog="python -m ticket_bridge", description="The built-in desk: tickets in one SQLite file.")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=_Parser)
    _verb(verbs, "open", "open the ticket of the handoff given as JSON on standard input, once for its handoff_id")
    listing = _verb(verbs, "list", "list the tickets in the order they were opened")
    listing.add_argument("--state", choices=list(map(str, TicketState)), help="only those in this state")
    _with_key(_verb(verbs, "show", "show all there is about a ticket"))
    note = _with_key(_verb(verbs, "note", "write a note on a ticket; internal unless --public"))
    note.add_argument("text", metavar="TEXT", help="the note, or - to read it from standard input")
    note.add_argument("--public", action="store_true", help="the requester may read it")
    state = _with_key(_verb(verbs, "state", "move a ticket to a state"))
    state.add_argument("state", choices=list(map(str, TicketState)))
    state.add_argument("--reason", default="", help="why, for the history")
    changes = _verb(verbs, "changes", "print what agents did: moves, takers and public notes, then the cursor")
    changes.add_argument("--after", metavar="CURSOR", help="only what came after this cursor")
    return top


def _verb(verbs: argparse._SubParsersAction[_Parser], name: str, what: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=what, description=what)
    verb.add_argument("--home", default=".guichet", metavar="DIR", help="where the files are (default: .guichet)")
    verb.add_argument("--json", action="store_true", help="print JSON, one line for each value")
    verb.add_argument("--by", default="desk", metavar="NAME", help="who acts (default: desk)")
    return verb


def _with_key(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("key", metavar="KEY", help="the ticket, like T-1")
    return verb
