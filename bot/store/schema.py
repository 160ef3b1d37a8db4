"""The database's shape: made, upgraded, and checked before anything is written."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from bot.store.engine import Database, connect
from bot.store.tables import metadata

MIGRATIONS = Path(__file__).with_name("migrations")


class SchemaError(Exception):
    """The database has another shape than this program; the message says the mend."""


def upgrade(url: str) -> None:
    """Bring a database to the newest shape, from nothing if need be. Running it again changes nothing."""
    database = connect(url)
    try:
        with database.writing.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        database.close()


def create(database: Database) -> None:
    """Lay the tables of a database that lives as long as one command: quicker, and never upgraded."""
    metadata.create_all(database.writing)


def check_schema(engine: Engine) -> None:
    """Compare the database with this program. Raises SchemaError."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_config())
    wanted = scripts.get_current_head()
    if found == wanted:
        return
    if found is None:
        raise SchemaError("the database is empty: run `guichet db upgrade`")
    if found in {script.revision for script in scripts.walk_revisions()}:
        raise SchemaError(f"the database is of version {found}, not {wanted}: run `guichet db upgrade`")
    raise SchemaError(
        f"the database is of version {found}, which is newer than this program: install its newer version"
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
