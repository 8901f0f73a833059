"""doors of groups.

Why: groups invite people by a link, to one address or to several people within limits. The
link is stored as a hash; who came through it is noted, also who waits for the own account.
"""

import sqlalchemy as sa
from alembic import op

revision = "doors_of_groups"
down_revision = "group_archives"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "group_doors",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column(
            "rule",
            sa.Enum(
                "approval",
                "domains",
                "person",
                name="doorrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("domains", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.CheckConstraint("max_uses >= 1", name=op.f("ck_group_doors_max_uses")),
        points("group_doors", "group_id", "groups.id"),
        points("group_doors", "created_by_id", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_doors")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_group_doors_token_hash")),
    )
    for column in ("group_id", "expires_at", "created_by_id"):
        op.create_index(op.f(f"ix_group_doors_{column}"), "group_doors", [column])
    op.create_table(
        "group_door_uses",
        sa.Column("id", ID, nullable=False),
        sa.Column("door_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("used_at", TIME, nullable=False),
        sa.Column("settled_at", TIME, nullable=True),
        points("group_door_uses", "door_id", "group_doors.id"),
        points("group_door_uses", "account_id", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_door_uses")),
        sa.UniqueConstraint(
            "door_id", "account_id", name=op.f("uq_group_door_uses_door_id_account_id")
        ),
    )
    op.create_index(op.f("ix_group_door_uses_account_id"), "group_door_uses", ["account_id"])


def downgrade() -> None:
    op.drop_table("group_door_uses")
    op.drop_table("group_doors")
