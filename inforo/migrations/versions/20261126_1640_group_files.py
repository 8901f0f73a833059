"""group files and their versions.

Why: members keep the files of their group in one place, with all versions. The index on the
file of a version lets the sweep of unused files find quickly who needs one.
"""

import sqlalchemy as sa
from alembic import op

revision = "group_files"
down_revision = "attachments"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def points(table: str, column: str, target: str, gone: str | None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def upgrade() -> None:
    op.create_table(
        "group_files",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("words_key", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("uploader_id", ID),
        sa.Column("deleted_at", TIME),
        sa.Column("deleted_by_id", ID),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points("group_files", "group_id", "groups.id", "CASCADE"),
        points("group_files", "uploader_id", "accounts.id", "SET NULL"),
        points("group_files", "deleted_by_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_files")),
    )
    op.create_index("ix_group_files_shown", "group_files", ["group_id", "deleted_at"])
    op.create_index(op.f("ix_group_files_uploader_id"), "group_files", ["uploader_id"])
    op.create_index(op.f("ix_group_files_deleted_at"), "group_files", ["deleted_at"])
    op.create_table(
        "group_file_versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_file_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("author_id", ID),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("restored_number", sa.Integer()),
        sa.Column("created_at", TIME, nullable=False),
        points("group_file_versions", "group_file_id", "group_files.id", "CASCADE"),
        points("group_file_versions", "file_id", "files.id", None),
        points("group_file_versions", "author_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_file_versions")),
        sa.UniqueConstraint(
            "group_file_id",
            "number",
            name=op.f("uq_group_file_versions_group_file_id_number"),
        ),
    )
    op.create_index(op.f("ix_group_file_versions_file_id"), "group_file_versions", ["file_id"])
    op.create_index(
        op.f("ix_group_file_versions_author_id"), "group_file_versions", ["author_id"]
    )


def downgrade() -> None:
    op.drop_table("group_file_versions")
    op.drop_table("group_files")
