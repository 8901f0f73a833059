"""glossary.

Why: the words of the field are explained, and linked where texts use them.
"""

import sqlalchemy as sa
from alembic import op

revision = "glossary"
down_revision = "7a51c0de2b03"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "glossary_entries",
        sa.Column("id", BIG, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("definition_html", sa.Text(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(definition) <= 1500", name=op.f("ck_glossary_entries_definition_length")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_entries")),
        sa.UniqueConstraint("slug", name=op.f("uq_glossary_entries_slug")),
    )
    op.create_index(op.f("ix_glossary_entries_title_key"), "glossary_entries", ["title_key"])
    op.create_index(op.f("ix_glossary_entries_changed_at"), "glossary_entries", ["changed_at"])
    op.create_table(
        "glossary_links",
        sa.Column("entry_id", BIG, nullable=False),
        sa.Column("other_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["glossary_entries.id"],
            name=op.f("fk_glossary_links_entry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["glossary_entries.id"],
            name=op.f("fk_glossary_links_other_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", "other_id", name=op.f("pk_glossary_links")),
    )
    op.create_index(op.f("ix_glossary_links_other_id"), "glossary_links", ["other_id"])


def downgrade() -> None:
    op.drop_table("glossary_links")
    op.drop_table("glossary_entries")
