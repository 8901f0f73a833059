"""versions of tools.

Why: a new version of a tool's file waits for the office like the tool itself did; it says
what changed and who made it. What is there is published since the tool is, or waits with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "versions_of_tools"
down_revision = "held_posts"

PENDING = sa.text("published_at IS NULL AND declined_at IS NULL")
FILES = sa.table(
    "tool_files",
    sa.column("tool_id"),
    sa.column("number"),
    sa.column("created_at"),
    sa.column("published_at"),
    sa.column("declined_at"),
    sa.column("author_id"),
)
TOOLS = sa.table("tools", sa.column("id"), sa.column("published_at"), sa.column("author_id"))


def upgrade() -> None:
    with op.batch_alter_table("tool_files") as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"))
        )
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True)))
        batch_op.add_column(sa.Column("declined_at", sa.DateTime(timezone=True)))
        batch_op.create_foreign_key(
            op.f("fk_tool_files_author_id"),
            "accounts",
            ["author_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_check_constraint(
            op.f("ck_tool_files_decided_once"), "published_at IS NULL OR declined_at IS NULL"
        )
    date_what_is_there()
    op.create_index(op.f("ix_tool_files_author_id"), "tool_files", ["author_id"])
    op.create_index(op.f("ix_tool_files_published_at"), "tool_files", ["published_at"])
    op.create_index(
        "uq_tool_files_pending",
        "tool_files",
        ["tool_id"],
        unique=True,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )


def date_what_is_there() -> None:
    """Files of public tools are public; of others the newest waits, older ones are done."""
    owner = sa.select(TOOLS.c.author_id).where(TOOLS.c.id == FILES.c.tool_id)
    public = sa.select(TOOLS.c.id).where(TOOLS.c.published_at.is_not(None))
    other = FILES.alias()
    newer = sa.exists().where(
        other.c.tool_id == FILES.c.tool_id, other.c.number > FILES.c.number
    )
    op.execute(FILES.update().values(author_id=owner.scalar_subquery()))
    op.execute(
        FILES.update()
        .where(FILES.c.tool_id.in_(public))
        .values(published_at=FILES.c.created_at)
    )
    op.execute(
        FILES.update()
        .where(FILES.c.published_at.is_(None), newer)
        .values(declined_at=FILES.c.created_at)
    )


def downgrade() -> None:
    op.drop_index("uq_tool_files_pending", table_name="tool_files")
    op.drop_index(op.f("ix_tool_files_published_at"), table_name="tool_files")
    op.drop_index(op.f("ix_tool_files_author_id"), table_name="tool_files")
    with op.batch_alter_table("tool_files") as batch_op:
        batch_op.drop_constraint(op.f("ck_tool_files_decided_once"), type_="check")
        batch_op.drop_constraint(op.f("fk_tool_files_author_id"), type_="foreignkey")
        for name in ("declined_at", "published_at", "author_id", "note"):
            batch_op.drop_column(name)
