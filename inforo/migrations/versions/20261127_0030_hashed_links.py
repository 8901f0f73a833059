"""hashed links.

Why: who reads the database, or a backup of it, must not be able to open shared collections.
Links that were given out keep working; their owners no longer find them on the page. A hash
is longer than any secret was, so that down and up again does not hash it twice.
"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "hashed_links"
down_revision = "reports_of_pages"

TABLE = "collection_links"
HASH_LENGTH = 64


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def hash_all(table: str, column: str, condition: str) -> None:
    """Put the hash in the place of each secret."""
    connection = op.get_bind()
    wanted = f"length({column}) < {HASH_LENGTH} AND {condition}"
    rows = connection.execute(sa.text(f"SELECT id, {column} FROM {table} WHERE {wanted}"))  # noqa: S608
    for number, secret in rows.all():
        connection.execute(
            sa.text(f"UPDATE {table} SET {column} = :hash WHERE id = :id"),  # noqa: S608
            {"hash": digest(secret), "id": number},
        )


def rename(before: str, after: str) -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.drop_constraint(op.f(f"uq_{TABLE}_{before}"), type_="unique")
        batch_op.alter_column(
            before, new_column_name=after, existing_type=sa.Text(), existing_nullable=False
        )
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.create_unique_constraint(op.f(f"uq_{TABLE}_{after}"), [after])


def upgrade() -> None:
    hash_all(TABLE, "token", "1 = 1")
    hash_all("collection_exports", "key", "account_id IS NULL")
    rename("token", "token_hash")


def downgrade() -> None:
    rename("token_hash", "token")
