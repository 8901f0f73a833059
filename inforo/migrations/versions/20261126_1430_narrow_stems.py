"""Keep the rows of the full-text search narrow on PostgreSQL.

The vector lay inside its row because ranking read it for each match. Nobody reads it any
more: the index says which rows match, and only whether they are still there is looked up.
With long texts outside, a quarter of the pages hold the same rows. CLUSTER writes them anew.
The two indexes name their ranges in words that the primary key does not understand: the
planner had preferred to walk along that key and to read each row of a range.

Revision ID: 5d1c9b7e2f40
Revises: replies_by_mail
"""

from alembic import op

revision = "5d1c9b7e2f40"
down_revision = "replies_by_mail"
branch_labels = None
depends_on = None


MANY = 100 << 40


def upgrade() -> None:
    write_anew("EXTENDED", 128, "(document_id + 0)")


def downgrade() -> None:
    write_anew("MAIN", 8160, "document_id")


def write_anew(storage: str, target: int, place: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("SET LOCAL statement_timeout = 0")
    op.execute(f"ALTER TABLE search_stems ALTER COLUMN vector SET STORAGE {storage}")
    op.execute(f"ALTER TABLE search_stems SET (toast_tuple_target = {target})")
    op.execute("DROP INDEX ix_search_stems_few")
    op.execute("DROP INDEX ix_search_stems_many")
    op.execute("CLUSTER search_stems USING pk_search_stems")
    for name, sign in (("few", "<"), ("many", ">=")):
        op.execute(
            f"CREATE INDEX ix_search_stems_{name} ON search_stems USING gin (vector) "
            f"WHERE {place} {sign} {MANY}"
        )
    op.execute("ANALYZE search_stems")
