"""group_archives.

Why: all files of a group can be taken along as one file, which the worker makes.
"""

import sqlalchemy as sa
from alembic import op

revision = "group_archives"
down_revision = "enquiries"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def points(column: str, target: str, gone: str | None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_group_archives_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.create_table(
        "group_archives",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("file_id", ID),
        sa.Column("finished_at", TIME),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("group_id", "groups.id", "CASCADE"),
        points("account_id", "accounts.id", "CASCADE"),
        points("file_id", "files.id", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_archives")),
        sa.UniqueConstraint("key", name=op.f("uq_group_archives_key")),
    )
    for column in ("account_id", "created_at", "group_id"):
        op.create_index(op.f(f"ix_group_archives_{column}"), "group_archives", [column])


def downgrade() -> None:
    op.drop_table("group_archives")
