"""`guichet db`: the shape of the database."""

import typer

from bot.app import upgrade_home

from .frame import HOME, Home, app, say

db_app = typer.Typer(help="Look after the database.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(db_app, name="db")


@db_app.command("upgrade")
def upgrade(home: Home = HOME) -> int:
    """Bring the database of the home to this program's shape, from nothing if need be."""
    say(f"database {upgrade_home(home)} is up to date")
    return 0


@db_app.callback()
def about() -> None:
    """Keep `db` a group of verbs."""
