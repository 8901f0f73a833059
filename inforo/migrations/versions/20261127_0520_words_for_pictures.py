"""group_file_versions.alternative.

Why: pictures in the files of a group say what they show to people who do not see them, as
those of posts do. Pictures that are there already have no words yet; who leads their group
is asked for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "words_for_pictures"
down_revision = "titles_of_versions"

TABLE, COLUMN = "group_file_versions", "alternative"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column(COLUMN, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column(TABLE, COLUMN)
