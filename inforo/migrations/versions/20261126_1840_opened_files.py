"""opened files.

Why: a protected group may let others have a single file, if all agree who brought a version.
An opening is about a page or a file.
"""

import sqlalchemy as sa
from alembic import op

revision = "opened_files"
down_revision = "tidings"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AUDIENCE = sa.Enum(
    "public",
    "members",
    "closed",
    "hidden",
    name="groupaudience",
    native_enum=False,
    create_constraint=True,
    length=40,
)
KEY = "fk_openings_group_file_id"


def upgrade() -> None:
    with op.batch_alter_table("group_files") as batch_op:
        batch_op.add_column(sa.Column("opened_to", AUDIENCE, nullable=True))
    with op.batch_alter_table("openings") as batch_op:
        batch_op.alter_column("page_id", existing_type=ID, nullable=True)
        batch_op.add_column(sa.Column("group_file_id", ID, nullable=True))
        batch_op.create_foreign_key(
            op.f(KEY), "group_files", ["group_file_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index(op.f("ix_openings_group_file_id"), "openings", ["group_file_id"])


def downgrade() -> None:
    op.execute("DELETE FROM openings WHERE page_id IS NULL")
    op.drop_index(op.f("ix_openings_group_file_id"), table_name="openings")
    with op.batch_alter_table("openings") as batch_op:
        batch_op.drop_constraint(op.f(KEY), type_="foreignkey")
        batch_op.drop_column("group_file_id")
        batch_op.alter_column("page_id", existing_type=ID, nullable=False)
    with op.batch_alter_table("group_files") as batch_op:
        batch_op.drop_constraint(op.f("ck_group_files_groupaudience"), type_="check")
        batch_op.drop_column("opened_to")
