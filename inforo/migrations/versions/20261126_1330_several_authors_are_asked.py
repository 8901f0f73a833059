"""several authors are asked.

Why: „Stimmt das noch?“ goes to all who wrote an example, so that one mailing holds several
questions to authors; a question is named by the address it went to.
"""

import sqlalchemy as sa
from alembic import op

revision = "several_authors_are_asked"
down_revision = "c011ec7ed001"

OLD, NEW = "uq_confirmation_mails_round_id_mailing_respondent", "uq_confirmation_mails_person"
COLUMNS = ["round_id", "mailing", "respondent"]
MAILS = sa.table(
    "confirmation_mails",
    sa.column("id"),
    *(sa.column(name) for name in COLUMNS),
)


def upgrade() -> None:
    with op.batch_alter_table("confirmation_mails") as batch_op:
        batch_op.drop_constraint(op.f(OLD), type_="unique")
        batch_op.create_unique_constraint(op.f(NEW), [*COLUMNS, "address_digest"])


def downgrade() -> None:
    first = sa.select(sa.func.min(MAILS.c.id)).group_by(*(MAILS.c[name] for name in COLUMNS))
    op.execute(MAILS.delete().where(MAILS.c.id.not_in(first)))
    with op.batch_alter_table("confirmation_mails") as batch_op:
        batch_op.drop_constraint(op.f(NEW), type_="unique")
        batch_op.create_unique_constraint(op.f(OLD), COLUMNS)
