"""contents of files.

Why: the worker keeps the text of files for the search, and a picture of their first page.
"""

import sqlalchemy as sa
from alembic import op

revision = "contents"
down_revision = "articles"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def state(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40, create_constraint=True)


def of_file(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint, sa.PrimaryKeyConstraint]:
    return (
        sa.Column("file_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f(f"fk_{table}_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f(f"pk_{table}")),
    )


def upgrade() -> None:
    op.create_table(
        "file_texts",
        *of_file("file_texts"),
        sa.Column(
            "state", state("textstate", "done", "empty", "refused", "failed"), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("extracted_at", moment, nullable=False),
    )
    op.create_table(
        "file_previews",
        *of_file("file_previews"),
        sa.Column(
            "state", state("previewstate", "started", "page", "text", "none"), nullable=False
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("made_at", moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("file_previews")
    op.drop_table("file_texts")
