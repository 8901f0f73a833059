"""group_file_versions.title.

Why: a file that is renamed keeps the title each version had, and gets it back with the
version. Versions so far get the title their file has. What an older program writes meanwhile
has none: it is called like the file.
"""

import sqlalchemy as sa
from alembic import op

revision = "titles_of_versions"
down_revision = "hashed_links"

TABLE = "group_file_versions"
files = sa.table("group_files", sa.column("id"), sa.column("title"))
versions = sa.table(TABLE, sa.column("group_file_id"), sa.column("title"))


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("title", sa.Text(), nullable=False, server_default=""))
    title = sa.select(files.c.title).where(files.c.id == versions.c.group_file_id)
    op.execute(versions.update().values(title=title.scalar_subquery()))


def downgrade() -> None:
    op.drop_column(TABLE, "title")
