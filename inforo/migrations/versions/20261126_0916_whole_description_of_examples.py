"""Ask for the rest of what a practice example tells.

How the municipality found that the problem matters, function and telephone of the deputy,
kind and last check of each file, and who may read the stumbling blocks. All have a default,
so the version before goes on writing examples.

Revision ID: b4e2d1a7f3c5
Revises: a3d1c0f6e2b4
"""

from alembic import op

revision = "b4e2d1a7f3c5"
down_revision = "a3d1c0f6e2b4"
branch_labels = None
depends_on = None

TEXTS = {
    "examples": ("relevance", "deputy_function", "deputy_phone"),
    "example_files": ("category_key",),
}


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    time = "DATETIME" if is_sqlite else "TIMESTAMP WITH TIME ZONE"
    for table, names in TEXTS.items():
        for name in names:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} TEXT DEFAULT '' NOT NULL")
    op.execute(f"ALTER TABLE example_files ADD COLUMN checked_at {time}")
    op.execute(
        "ALTER TABLE examples ADD COLUMN obstacles_audience VARCHAR(40) DEFAULT 'public' "
        "NOT NULL CONSTRAINT ck_examples_obstacleaudience "
        "CHECK (obstacles_audience IN ('public', 'members'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE examples DROP COLUMN obstacles_audience")
    op.execute("ALTER TABLE example_files DROP COLUMN checked_at")
    for table, names in TEXTS.items():
        for name in names:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
