"""The database's shape and its migrations, on both databases."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.dialog.article import Article, ArticleText
from bot.store.codec import encode
from bot.store.engine import connect
from bot.store.schema import SchemaError, _config, check_schema, create, upgrade
from bot.store.tables import metadata
from tests.store.house import opened

OF_SECOND = """
    INSERT INTO article (article, lang, version, body, digest, origin, current, kept_at)
    VALUES (:article, 'fr', 3, :body, '', 'pack', :current, 0)"""


@pytest.fixture
def database(database_url):
    database = connect(database_url)
    yield database
    database.close()


def test_migrations_make_the_tables_that_the_program_knows(database, database_url):
    upgrade(database_url)
    with database.reading.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def indexes(database) -> list[str]:
    """Every index as the database tells it, partial ones with their condition."""
    sqlite = "SELECT sql FROM sqlite_master WHERE name LIKE 'ix_%'"
    postgres = "SELECT indexdef FROM pg_indexes WHERE indexname LIKE 'ix_%'"
    with database.reading.connect() as connection:
        found = connection.execute(text(sqlite if database.is_sqlite else postgres)).scalars()
        return sorted(" ".join(line.replace('"', "").split()) for line in found)


def test_migrations_make_the_same_indexes_as_a_house_for_one_command(database, database_url):
    upgrade(database_url)
    migrated = indexes(database)
    with database.writing.begin() as connection:
        metadata.drop_all(connection)
    create(database)
    assert indexes(database) == migrated
    assert sum("WHERE" in line for line in migrated) == 7


def test_a_database_of_the_first_version_is_brought_to_the_newest(database, database_url):
    migrate(database, command.upgrade, "0001")
    with pytest.raises(SchemaError, match="of version 0001, not"):
        check_schema(database.reading)
    upgrade(database_url)
    with database.reading.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_articles_of_the_second_version_can_be_listed_after_the_upgrade_and_stay_when_it_is_undone(
    database, database_url
):
    migrate(database, command.upgrade, "0002")
    with database.writing.begin() as connection:
        for as_of in (0, 2, 3):
            texts = {"fr": ArticleText("Titre", "Texte.", as_of=as_of)}
            body, _ = encode(Article(f"jam{as_of}", 3, "printer", texts=texts))
            connection.execute(text(OF_SECOND), {"article": f"jam{as_of}", "body": body, "current": True})
    upgrade(database_url)
    with database.reading.connect() as connection:
        found = connection.execute(text("SELECT topic, stale FROM article ORDER BY article")).all()
    assert [row.topic for row in found] == ["printer"] * 3
    assert [bool(row.stale) for row in found] == [False, True, False]
    migrate(database, command.downgrade, "0002")
    with database.reading.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM article")).scalar() == 3


def migrate(database, way, version):
    """Take the database up or down to a version."""
    with database.writing.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        way(config, version)


def test_upgrading_again_changes_nothing(database, database_url):
    upgrade(database_url)
    upgrade(database_url)
    check_schema(database.reading)


async def test_a_house_works_on_a_migrated_database(database_url):
    upgrade(database_url)
    with opened(database_url) as house:
        await house.hear("hello")
        assert await house.drain() == ["1: hello"]


def test_an_empty_database_is_refused_with_the_mend(database):
    with pytest.raises(SchemaError, match="guichet db upgrade"):
        check_schema(database.reading)


def test_a_newer_database_is_refused_with_the_mend(database, database_url):
    upgrade(database_url)
    with database.writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="newer than this program"):
        check_schema(database.reading)


def test_another_kind_of_database_is_refused():
    with pytest.raises(ValueError, match="sqlite: or postgresql:"):
        connect("mysql://somewhere/db")


def test_the_embedded_database_survives_a_power_cut(tmp_path):
    database = connect(f"sqlite:///{tmp_path}/d")
    with database.writing.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in pragmas]
    database.close()
    assert found == ["wal", 2, 1]
