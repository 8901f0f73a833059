"""on behalf of in answers, templates of questions.

Why: also an answer may be given in the name of a municipality; a group says how it likes
to be asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "composing"
down_revision = "settled_mentions"


def upgrade() -> None:
    with op.batch_alter_table("posts") as posts:
        posts.add_column(sa.Column("on_behalf_of_ags", sa.String(length=8), nullable=True))
        posts.create_foreign_key(
            op.f("fk_posts_on_behalf_of_ags"), "municipalities", ["on_behalf_of_ags"], ["ags"]
        )
    op.add_column(
        "groups",
        sa.Column("question_template", sa.Text(), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("groups", "question_template")
    with op.batch_alter_table("posts") as posts:
        posts.drop_constraint(op.f("fk_posts_on_behalf_of_ags"), type_="foreignkey")
        posts.drop_column("on_behalf_of_ags")
