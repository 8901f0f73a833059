"""more in collections.

Why: discussions and municipalities are collected too, not only examples and tools. Files are
made by `sharing` now, so orders that wait carry its name.

Revision ID: c011ec7ed001
"""

import sqlalchemy as sa
from alembic import op

revision = "c011ec7ed001"
down_revision = "positions"

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLE = "collection_entries"
BEFORE = "(example_id IS NULL) <> (tool_id IS NULL)"
AFTER = (
    "CASE WHEN example_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN tool_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN thread_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN municipality_ags IS NULL THEN 0 ELSE 1 END = 1"
)
OLD_JOB, NEW_JOB = "inforo.collections.jobs.make_export", "inforo.sharing.jobs.make_export"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.add_column(sa.Column("thread_id", ID, nullable=True))
        batch_op.add_column(sa.Column("municipality_ags", sa.String(8), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_collection_entries_thread_id_threads"),
            "threads",
            ["thread_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_foreign_key(
            op.f("fk_collection_entries_municipality_ags_municipalities"),
            "municipalities",
            ["municipality_ags"],
            ["ags"],
        )
        batch_op.drop_constraint(op.f("ck_collection_entries_content"), type_="check")
        batch_op.create_check_constraint(op.f("ck_collection_entries_content"), AFTER)
        for column in ("thread_id", "municipality_ags"):
            name = op.f(f"uq_collection_entries_collection_id_{column}")
            batch_op.create_unique_constraint(name, ["collection_id", column])
    for column in ("thread_id", "municipality_ags"):
        op.create_index(f"ix_collection_entries_{column}", TABLE, [column])
    rename_job(OLD_JOB, NEW_JOB)


def rename_job(old: str, new: str) -> None:
    statement = sa.text("UPDATE jobs SET name = :new WHERE name = :old")
    op.execute(statement.bindparams(old=old, new=new))


def downgrade() -> None:
    op.execute(
        sa.text("DELETE FROM collection_entries WHERE example_id IS NULL AND tool_id IS NULL")
    )
    for column in ("thread_id", "municipality_ags"):
        op.drop_index(f"ix_collection_entries_{column}", table_name=TABLE)
    with op.batch_alter_table(TABLE) as batch_op:
        for column in ("thread_id", "municipality_ags"):
            name = op.f(f"uq_collection_entries_collection_id_{column}")
            batch_op.drop_constraint(name, type_="unique")
        batch_op.drop_constraint(op.f("ck_collection_entries_content"), type_="check")
        batch_op.create_check_constraint(op.f("ck_collection_entries_content"), BEFORE)
        batch_op.drop_constraint(
            op.f("fk_collection_entries_thread_id_threads"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            op.f("fk_collection_entries_municipality_ags_municipalities"), type_="foreignkey"
        )
        batch_op.drop_column("municipality_ags")
        batch_op.drop_column("thread_id")
    rename_job(NEW_JOB, OLD_JOB)
