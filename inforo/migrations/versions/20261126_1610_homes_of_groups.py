"""homes of groups.

Why: a group says by which rules it works, what it asks of those who want in, and what kind
of group it is; and it may be part of another group, whose walls count for it too.
"""

import sqlalchemy as sa
from alembic import op

revision = "homes_of_groups"
down_revision = "rising"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = sa.Enum(
    "exchange",
    "working",
    "network",
    "project",
    name="groupkind",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    with op.batch_alter_table("groups") as batch_op:
        for name in ("rules", "rules_html", "admission_question"):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("kind", KINDS, nullable=False, server_default="exchange"))
        for name in ("parent_id", "sheltered_by_id"):
            batch_op.add_column(sa.Column(name, ID, nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_groups_{name}"), "groups", [name], ["id"])
    for name in ("kind", "parent_id", "sheltered_by_id"):
        op.create_index(op.f(f"ix_groups_{name}"), "groups", [name])


def downgrade() -> None:
    for name in ("kind", "parent_id", "sheltered_by_id"):
        op.drop_index(op.f(f"ix_groups_{name}"), table_name="groups")
    with op.batch_alter_table("groups") as batch_op:
        for name in ("parent_id", "sheltered_by_id"):
            batch_op.drop_constraint(op.f(f"fk_groups_{name}"), type_="foreignkey")
            batch_op.drop_column(name)
        batch_op.drop_constraint(op.f("ck_groups_groupkind"), type_="check")
        for name in ("kind", "admission_question", "rules_html", "rules"):
            batch_op.drop_column(name)
