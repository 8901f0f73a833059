"""edited recommendations.

Why: editors change the sentence and the place of a recommendation; a second saver is noticed.
"""

import sqlalchemy as sa
from alembic import op

revision = "edited_recommendations"
down_revision = "imports"


def upgrade() -> None:
    op.add_column(
        "recommendations",
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    )


def downgrade() -> None:
    op.drop_column("recommendations", "version")
