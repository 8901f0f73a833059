"""Let editors bring foreign databases in, checked first and shown all at once.

`import_batches` is one file, `import_rows` what its rows say in our words, and
`imported_objects` under which number a source knows what is here now: the same row comes in
only once.

Revision ID: imports
Revises: contents
"""

import sqlalchemy as sa
from alembic import op

revision = "imports"
down_revision = "contents"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
STAGES = (
    "reading",
    "checked",
    "applying",
    "ready",
    "releasing",
    "released",
    "discarding",
    "discarded",
    "undoing",
    "undone",
    "failed",
)


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def foreign(table: str, column: str, target: str, ondelete: str | None) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    make_batches()
    make_rows()
    make_objects()


def make_batches() -> None:
    table = "import_batches"
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("is_trusted", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column(
            "import_as", choice("importas", "submitted", "published", "kept"), nullable=False
        ),
        sa.Column("stage", choice("stage", *STAGES), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("moved_at", TIME, nullable=False),
        sa.Column("released_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        foreign(table, "account_id", "accounts.id", "SET NULL"),
        foreign(table, "file_id", "files.id", None),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    index(table, "account_id")
    index(table, "stage")


def make_rows() -> None:
    table = "import_rows"
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column(
            "outcome", choice("outcome", "new", "changed", "same", "rejected"), nullable=False
        ),
        sa.Column("applied_at", TIME, nullable=True),
        sa.Column("example_id", ID, nullable=True),
        sa.Column("tool_id", ID, nullable=True),
        foreign(table, "batch_id", "import_batches.id", "CASCADE"),
        foreign(table, "example_id", "examples.id", "SET NULL"),
        foreign(table, "tool_id", "tools.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("batch_id", "number", name=op.f(f"uq_{table}_batch_id_number")),
    )
    op.create_index("ix_import_rows_work", table, ["batch_id", "outcome", "applied_at"])
    index(table, "example_id")
    index(table, "tool_id")


def make_objects() -> None:
    table = "imported_objects"
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("example_id", ID, nullable=True),
        sa.Column("tool_id", ID, nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        foreign(table, "example_id", "examples.id", "CASCADE"),
        foreign(table, "tool_id", "tools.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "source", "external_id", name=op.f(f"uq_{table}_source_external_id")
        ),
    )
    index(table, "example_id")
    index(table, "tool_id")


def downgrade() -> None:
    for table in ("imported_objects", "import_rows", "import_batches"):
        op.drop_table(table)
