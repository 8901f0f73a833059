"""files.name_key.

Why: files are searched and ordered by their names whatever their case, alike in both
databases. Rows an older program writes meanwhile have an empty key and are found by the
other things that are said about them.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "file_names"
down_revision = "wiki"

BATCH = 1_000
files = sa.table("files", sa.column("id"), sa.column("name"), sa.column("name_key"))


def upgrade() -> None:
    op.add_column("files", sa.Column("name_key", sa.Text(), nullable=False, server_default=""))
    connection, after = op.get_bind(), 0
    page = sa.select(files.c.id, files.c.name).order_by(files.c.id).limit(BATCH)
    change = (
        files.update()
        .where(files.c.id == sa.bindparam("row"))
        .values(name_key=sa.bindparam("key"))
    )
    while rows := connection.execute(page.where(files.c.id > after)).all():
        connection.execute(change, [{"row": row.id, "key": folded(row.name)} for row in rows])
        after = rows[-1].id


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def downgrade() -> None:
    op.drop_column("files", "name_key")
