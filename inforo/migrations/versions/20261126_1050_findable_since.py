"""Remember since when a document of the search can be found.

Saved searches tell what is new. The moment of a change does not say that: an example that
was merely confirmed is not new, a post that was shown again after a while is.

Revision ID: findable_since
Revises: events
"""

import sqlalchemy as sa
from alembic import op

revision = "findable_since"
down_revision = "events"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("search_documents", sa.Column("findable_since", TIME, nullable=True))
    op.execute("UPDATE search_documents SET findable_since = changed_at")


def downgrade() -> None:
    with op.batch_alter_table("search_documents") as batch_op:
        batch_op.drop_column("findable_since")
