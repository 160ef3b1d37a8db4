"""Articles can be listed by topic, and those whose translation lags behind found, without reading them all

Revision 0003, after 0002.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 500
LONGEST = 200  # characters of a topic: an index takes no longer ones
article = sa.table("article", *map(sa.column, ("id", "lang", "body", "topic", "stale")))


def upgrade() -> None:
    op.add_column("article", sa.Column("topic", sa.Text(), nullable=False, server_default=""))
    op.add_column("article", sa.Column("stale", sa.Boolean(), nullable=False, server_default=sa.false()))
    _fill(op.get_bind())
    op.create_index(
        "ix_article_shelf",
        "article",
        ["topic", "article", "origin", "stale"],
        postgresql_where=sa.text("current"),
        sqlite_where=sa.text("current"),
    )


def downgrade() -> None:
    op.drop_index("ix_article_shelf", table_name="article")
    op.drop_column("article", "stale")
    op.drop_column("article", "topic")


def _fill(connection: sa.Connection) -> None:
    """Copy from the bodies what is listed by; read a few at a time."""
    put = sa.update(article).where(article.c.id == sa.bindparam("which"))
    put = put.values(topic=sa.bindparam("told"), stale=sa.bindparam("lags"))
    for rows in _batches(connection):
        connection.execute(put, [_told(row) for row in rows])


def _batches(connection: sa.Connection) -> Iterator[list[Any]]:
    query = sa.select(article.c.id, article.c.lang, article.c.body).order_by(article.c.id).limit(BATCH)
    rows = list(connection.execute(query))
    while rows:
        yield rows
        rows = list(connection.execute(query.where(article.c.id > rows[-1].id)))


def _told(row: Any) -> Mapping[str, Any]:
    body = json.loads(row.body)
    topic, as_of = body.get("topic", ""), body["texts"][row.lang].get("as_of", 0)
    shown = topic[:LONGEST].replace("\0", "").encode("utf-8", "replace").decode()
    return {"which": row.id, "told": shown, "lags": 0 < as_of < body["version"]}
