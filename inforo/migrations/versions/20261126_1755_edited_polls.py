"""edited polls.

Why: who asked corrects a poll nobody answered yet; a second saver is noticed.
"""

import sqlalchemy as sa
from alembic import op

revision = "edited_polls"
down_revision = "dates_of_groups"


def upgrade() -> None:
    op.add_column(
        "polls", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )


def downgrade() -> None:
    op.drop_column("polls", "version")
