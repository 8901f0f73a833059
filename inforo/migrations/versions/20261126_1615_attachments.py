"""attachments instead of reply_attachments.

Why: files are added to posts by forms as well as by mail. Each belongs to the draft it was
added to, then to its post. Those that came by mail keep their numbers, and with them their
addresses; the post that links one becomes the post it belongs to.
"""

import sqlalchemy as sa
from alembic import op

revision = "attachments"
down_revision = "answer_marked_by"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
COLUMNS = "id, account_id, file_id, created_at"


def points(table: str, column: str, target: str, gone: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("post_id", ID, nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("removed_at", TIME, nullable=True),
        points("attachments", "account_id", "accounts.id", "SET NULL"),
        points("attachments", "file_id", "files.id", "CASCADE"),
        points("attachments", "post_id", "posts.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_file_id"), "attachments", ["file_id"])
    op.create_index(op.f("ix_attachments_post_id"), "attachments", ["post_id"])
    op.create_index("ix_attachments_pending", "attachments", ["account_id", "target"])
    op.execute(
        f"INSERT INTO attachments ({COLUMNS}, target, description)"  # noqa: S608
        f" SELECT {COLUMNS}, '', '' FROM reply_attachments"
    )
    go_on_counting("attachments")
    find_owners()
    op.drop_table("reply_attachments")


def find_owners() -> None:
    """Give each file to the post, the waiting text or the draft of its sender that links it."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, account_id FROM attachments")).all()
    for attachment_id, account_id in rows:
        values = {"id": account_id, "link": f"%](/anhaenge/{attachment_id})%"}
        post_id = connection.scalar(
            sa.text("SELECT min(id) FROM posts WHERE author_id = :id AND body LIKE :link"),
            values,
        )
        held_id = connection.scalar(
            sa.text(
                "SELECT min(id) FROM held_posts WHERE author_id = :id AND body LIKE :link"
                " AND approved_at IS NULL"
            ),
            values,
        )
        draft = connection.scalar(
            sa.text(
                "SELECT min(target) FROM drafts"
                " WHERE account_id = :id AND CAST(fields AS TEXT) LIKE :link"
            ),
            values,
        )
        target = "" if post_id else f"held:{held_id}" if held_id else draft or ""
        connection.execute(
            sa.text("UPDATE attachments SET post_id = :post, target = :target WHERE id = :id"),
            {"post": post_id, "target": target, "id": attachment_id},
        )


def go_on_counting(table: str) -> None:
    """Let PostgreSQL give the next row a number that is free."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608
            f" (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)"
        )


def downgrade() -> None:
    op.create_table(
        "reply_attachments",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("reply_attachments", "account_id", "accounts.id", "SET NULL"),
        points("reply_attachments", "file_id", "files.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_attachments")),
    )
    for column in ("account_id", "file_id"):
        op.create_index(op.f(f"ix_reply_attachments_{column}"), "reply_attachments", [column])
    op.execute(
        f"INSERT INTO reply_attachments ({COLUMNS}) SELECT {COLUMNS} FROM attachments"  # noqa: S608
    )
    go_on_counting("reply_attachments")
    op.drop_table("attachments")
