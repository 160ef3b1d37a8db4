"""How many commits a database takes each second, with the durability its house asks for: the limit of every ledger."""

import time

from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, insert, update

from bot.store.engine import Database

_metadata = MetaData()
_gauge = Table("gauge", _metadata, Column("id", Integer, primary_key=True), Column("body", Text))
_INSERT = insert(_gauge).values(body=bindparam("text"))
_UPDATE = update(_gauge).where(_gauge.c.id == 1).values(body=bindparam("text"))


def raw_commits(database: Database, seconds: float) -> float:
    """Commit two small writes at a time, one after the other, for a while; give the rate."""
    _metadata.create_all(database.writing)
    try:
        with database.writing.connect() as connection:
            count, begun = 0, time.perf_counter()
            while (spent := time.perf_counter() - begun) < seconds:
                with connection.begin():
                    connection.execute(_INSERT, {"text": "x" * 200})
                    connection.execute(_UPDATE, {"text": str(count)})
                count += 1
            return count / spent
    finally:
        _metadata.drop_all(database.writing)
