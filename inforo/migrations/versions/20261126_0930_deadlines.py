"""deadlines and deputies.

Why: what waits in a basket gets a day by which somebody should act; staff say when they are
away and who stands in; a new kind of item waits for the readers of a review.
"""

import sqlalchemy as sa
from alembic import op

revision = "r301deadlines"
down_revision = "e1a7c3f09b52"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def kinds(*names: str) -> sa.Enum:
    return sa.Enum(
        *names, name="workkind", native_enum=False, create_constraint=True, length=40
    )


BEFORE = kinds("application", "report", "example", "question")
AFTER = kinds("application", "report", "example", "reading", "question")


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("deputy_id", ID, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deputy_id <> account_id", name=op.f("ck_absences_other")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absences_order")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_absences_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["deputy_id"],
            ["accounts.id"],
            name=op.f("fk_absences_deputy_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_absences_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_absences_deputy_id"), ["deputy_id"], unique=False)

    with op.batch_alter_table("work_items") as batch_op:
        batch_op.alter_column(
            "kind", existing_type=BEFORE, type_=AFTER, existing_nullable=False
        )

    with op.batch_alter_table("work_items", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_work_items_due_on"), ["due_on"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM work_items WHERE kind = 'reading'")
    with op.batch_alter_table("work_items") as batch_op:
        batch_op.drop_index("ix_work_items_due_on")
        batch_op.drop_column("due_on")
        batch_op.alter_column(
            "kind", existing_type=AFTER, type_=BEFORE, existing_nullable=False
        )
    op.drop_table("absences")
