"""watches.

Why: one place for how much somebody wants to hear of threads, groups and topics, in four
levels. Who followed or muted a thread, or followed a group, still does.
"""

import sqlalchemy as sa
from alembic import op

revision = "watches"
down_revision = "drafts"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
LEVELS = ("watch", "follow", "normal", "mute")
TARGETS = ("thread_id", "group_id", "term_id")
ONE_TARGET = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in TARGETS)


def level(*names: str, kind: str = "level") -> sa.Enum:
    return sa.Enum(*names, name=kind, native_enum=False, create_constraint=True, length=40)


def points(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "watches",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        *(sa.Column(name, ID, nullable=True) for name in TARGETS),
        sa.Column("level", level(*LEVELS), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        points("watches", "account_id", "accounts"),
        *(points("watches", name, f"{name[:-3]}s") for name in TARGETS),
        *(
            sa.UniqueConstraint("account_id", name, name=op.f(f"uq_watches_account_id_{name}"))
            for name in TARGETS
        ),
        sa.CheckConstraint(f"{ONE_TARGET} = 1", name=op.f("ck_watches_one_target")),
    )
    for name in TARGETS:
        op.create_index(f"ix_watches_{name[:-3]}_level", "watches", [name, "level"])
    op.create_table(
        "watch_habits",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("by_answering", level(*LEVELS), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_watch_habits")),
        points("watch_habits", "account_id", "accounts"),
    )
    op.execute(
        "INSERT INTO watches (account_id, thread_id, level, created_at)"
        " SELECT account_id, thread_id, level, created_at FROM follows"
    )
    op.execute(
        "INSERT INTO watches (account_id, group_id, level, created_at)"
        " SELECT account_id, group_id, 'follow', follows_since FROM memberships"
        " WHERE follows_since IS NOT NULL"
    )
    op.drop_table("follows")
    op.drop_column("memberships", "follows_since")


def downgrade() -> None:
    op.add_column("memberships", sa.Column("follows_since", TIME, nullable=True))
    op.create_table(
        "follows",
        sa.Column("id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("level", level("follow", "mute", kind="followlevel"), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        points("follows", "account_id", "accounts"),
        points("follows", "thread_id", "threads"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint(
            "thread_id", "account_id", name=op.f("uq_follows_thread_id_account_id")
        ),
    )
    for name in ("account_id", "thread_id"):
        op.create_index(f"ix_follows_{name}", "follows", [name])
    op.execute(
        "INSERT INTO follows (account_id, thread_id, level, created_at)"
        " SELECT account_id, thread_id, CASE level WHEN 'mute' THEN 'mute' ELSE 'follow' END,"
        " created_at FROM watches WHERE thread_id IS NOT NULL AND level <> 'normal'"
    )
    op.execute(
        "UPDATE memberships SET follows_since = (SELECT created_at FROM watches"
        " WHERE watches.group_id = memberships.group_id"
        " AND watches.account_id = memberships.account_id"
        " AND watches.level IN ('watch', 'follow'))"
    )
    op.drop_table("watch_habits")
    op.drop_table("watches")
