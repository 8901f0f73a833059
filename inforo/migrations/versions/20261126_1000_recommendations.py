"""recommendations.

Why: editors recommend examples and tools for each age phase and step of the process.
"""

import sqlalchemy as sa
from alembic import op

revision = "recommendations"
down_revision = "saved_searches"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "recommendations",
        sa.Column("id", BIG, nullable=False),
        sa.Column("term_id", BIG, nullable=False),
        sa.Column("example_id", BIG),
        sa.Column("tool_id", BIG),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(example_id IS NULL) != (tool_id IS NULL)",
            name=op.f("ck_recommendations_one_thing"),
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["terms.id"], name=op.f("fk_recommendations_term_id")
        ),
        sa.ForeignKeyConstraint(
            ["example_id"],
            ["examples.id"],
            name=op.f("fk_recommendations_example_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tool_id"],
            ["tools.id"],
            name=op.f("fk_recommendations_tool_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint(
            "term_id", "example_id", name=op.f("uq_recommendations_term_id_example_id")
        ),
        sa.UniqueConstraint(
            "term_id", "tool_id", name=op.f("uq_recommendations_term_id_tool_id")
        ),
    )
    for name in ("term_id", "example_id", "tool_id"):
        op.create_index(op.f(f"ix_recommendations_{name}"), "recommendations", [name])


def downgrade() -> None:
    op.drop_table("recommendations")
