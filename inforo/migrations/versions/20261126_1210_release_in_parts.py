"""release in parts.

Why: the release of a large import was one long write transaction. Each row now carries the
mark that it is shown, so that a release (and an undo) goes on where it was.

Revision ID: e8c4a9de0002
"""

import sqlalchemy as sa
from alembic import op

revision = "e8c4a9de0002"
down_revision = "reason_templates"

TIME = sa.DateTime(timezone=True)
SHOWN = """
UPDATE import_rows SET released_at = applied_at WHERE applied_at IS NOT NULL
AND batch_id IN (SELECT id FROM import_batches WHERE stage IN ('released', 'undoing'))
"""


def upgrade() -> None:
    with op.batch_alter_table("import_rows") as batch_op:
        batch_op.add_column(sa.Column("released_at", TIME, nullable=True))
    op.execute(sa.text(SHOWN))


def downgrade() -> None:
    with op.batch_alter_table("import_rows") as batch_op:
        batch_op.drop_column("released_at")
