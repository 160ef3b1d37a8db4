"""Articles with all their versions, and what came of the fixes that people tried

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("article", "lang", "version", name=op.f("uq_article_article_lang_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_article_current",
        "article",
        ["article", "lang"],
        postgresql_where=sa.text("current"),
        sqlite_where=sa.text("current"),
    )
    op.create_table(
        "article_result",
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("request", sa.Integer(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_article_result_conversation_id")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "request", "article", name=op.f("pk_article_result")),
    )
    op.create_index("ix_article_result_article", "article_result", ["article", "version"])


def downgrade() -> None:
    op.drop_index("ix_article_result_article", table_name="article_result")
    op.drop_table("article_result")
    op.drop_index(
        "ix_article_current",
        table_name="article",
        postgresql_where=sa.text("current"),
        sqlite_where=sa.text("current"),
    )
    op.drop_table("article")
