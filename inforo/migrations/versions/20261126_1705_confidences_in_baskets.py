"""confidential questions in the work basket.

Why: they wait there as a kind of their own; the check of the column has to know it.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "confidences_in_baskets"
down_revision = "guarded_log"

RULE = "ck_work_items_workkind"


def known() -> list[str]:
    """Return the kinds the check allows so far, whoever added them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("work_items")
    [rule] = [check["sqltext"] for check in checks if check["name"] == RULE]
    return re.findall(r"'([a-z_]+)'", rule)


def allow(kinds: list[str]) -> None:
    words = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("work_items") as batch_op:
        batch_op.drop_constraint(op.f(RULE), type_="check")
        batch_op.create_check_constraint(op.f(RULE), f"kind IN ({words})")


def upgrade() -> None:
    allow([*known(), "confidence"])


def downgrade() -> None:
    op.execute("DELETE FROM work_items WHERE kind = 'confidence'")
    allow([kind for kind in known() if kind != "confidence"])
