"""learning paths.

Why: editors line up examples, tools, words, discussions and texts of their own as a path;
members tick off what they have done.
"""

import sqlalchemy as sa
from alembic import op

revision = "learning_paths"
down_revision = "toolbox_exports"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
THINGS = {
    "example_id": "examples.id",
    "tool_id": "tools.id",
    "entry_id": "glossary_entries.id",
    "thread_id": "threads.id",
}
ONE_THING = "({}) = CASE WHEN kind = 'text' THEN 0 ELSE 1 END".format(
    " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in THINGS)
)
KINDS = sa.Enum(
    "example",
    "tool",
    "glossary",
    "thread",
    "text",
    name="stepkind",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    make_paths()
    make_steps()
    make_progress()


def make_paths() -> None:
    op.create_table(
        "learning_paths",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("intro_html", sa.Text(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("published_at", TIME),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_paths")),
        sa.UniqueConstraint("slug", name=op.f("uq_learning_paths_slug")),
    )
    op.create_index(op.f("ix_learning_paths_published_at"), "learning_paths", ["published_at"])


def make_steps() -> None:
    table = "learning_path_steps"
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("path_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        *(sa.Column(name, ID) for name in THINGS),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.CheckConstraint(ONE_THING, name=op.f("ck_learning_path_steps_one_thing")),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 240", name=op.f("ck_learning_path_steps_minutes")
        ),
        belongs_to(table, "path_id", "learning_paths.id"),
        *(belongs_to(table, name, target) for name, target in THINGS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_path_steps")),
        *(
            sa.UniqueConstraint(
                "path_id", name, name=op.f(f"uq_learning_path_steps_path_id_{name}")
            )
            for name in THINGS
        ),
    )
    for name in ("path_id", *THINGS):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def belongs_to(table: str, column: str, target: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def make_progress() -> None:
    table = "learning_path_progress"
    op.create_table(
        table,
        sa.Column("account_id", ID, nullable=False),
        sa.Column("step_id", ID, nullable=False),
        sa.Column("done_at", TIME, nullable=False),
        belongs_to(table, "account_id", "accounts.id"),
        belongs_to(table, "step_id", "learning_path_steps.id"),
        sa.PrimaryKeyConstraint("account_id", "step_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_step_id"), table, ["step_id"])


def downgrade() -> None:
    for name in ("learning_path_progress", "learning_path_steps", "learning_paths"):
        op.drop_table(name)
