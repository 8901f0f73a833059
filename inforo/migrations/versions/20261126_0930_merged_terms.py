"""merged terms and synonyms.

Why: editors archive and merge terms with a way back, and keep the synonyms of the search.
"""

import sqlalchemy as sa
from alembic import op

revision = "merged_terms"
down_revision = "confirmations"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "terms", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    for name in ("changed_at", "archived_at", "merged_at"):
        op.add_column("terms", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_table(
        "term_merges",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("target_id", BIG, nullable=False),
        sa.Column("actor_id", BIG),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added_aliases", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by_id", BIG),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("source_id != target_id", name=op.f("ck_term_merges_two_terms")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["terms.id"], name=op.f("fk_term_merges_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["terms.id"], name=op.f("fk_term_merges_target_id")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["accounts.id"],
            name=op.f("fk_term_merges_actor_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["accounts.id"],
            name=op.f("fk_term_merges_undone_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_merges")),
    )
    op.create_index(op.f("ix_term_merges_source_id"), "term_merges", ["source_id"])
    op.create_index(op.f("ix_term_merges_target_id"), "term_merges", ["target_id"])
    op.create_table(
        "term_merge_links",
        sa.Column("id", BIG, nullable=False),
        sa.Column("merge_id", BIG, nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "moved",
                "double",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("row_key", sa.JSON(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"],
            ["term_merges.id"],
            name=op.f("fk_term_merge_links_merge_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_merge_links")),
    )
    op.create_index(op.f("ix_term_merge_links_merge_id"), "term_merge_links", ["merge_id"])
    op.create_table(
        "synonym_rings",
        sa.Column("id", BIG, nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_rings")),
        sa.UniqueConstraint("seed", name=op.f("uq_synonym_rings_seed")),
    )
    op.create_index(op.f("ix_synonym_rings_changed_at"), "synonym_rings", ["changed_at"])


def downgrade() -> None:
    op.drop_table("synonym_rings")
    op.drop_table("term_merge_links")
    op.drop_table("term_merges")
    for name in ("merged_at", "archived_at", "changed_at", "version"):
        op.drop_column("terms", name)
