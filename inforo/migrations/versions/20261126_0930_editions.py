"""Keep the published versions of examples.

Why: readers cite a version and compare it with the one of today; the history of saves is for
author and office only. What is published now becomes the first version, as far as its history
knows the text.
"""

import sqlalchemy as sa
from alembic import op

revision = "editions"
down_revision = "b4e2d1a7f3c5"

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NOT_CITED = (
    "contact_name",
    "contact_function",
    "contact_email",
    "contact_phone",
    "deputy_name",
    "deputy_function",
    "deputy_phone",
    "deputy_email",
)


def upgrade() -> None:
    op.create_table(
        "example_editions",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("example_id", BIGINT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("editor_id", BIGINT, nullable=True),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["example_id"],
            ["examples.id"],
            name=op.f("fk_example_editions_example_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"],
            ["accounts.id"],
            name=op.f("fk_example_editions_editor_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example_editions")),
        sa.UniqueConstraint(
            "example_id", "number", name=op.f("uq_example_editions_example_id_number")
        ),
    )
    op.create_index(op.f("ix_example_editions_example_id"), "example_editions", ["example_id"])
    keep_published()


def keep_published() -> None:
    """Make the newest known text of each published example its first version."""
    connection = op.get_bind()
    examples = sa.table("examples", sa.column("id"), sa.column("state"))
    versions = sa.table(
        "versions",
        sa.column("subject"),
        sa.column("number"),
        sa.column("fields", sa.JSON()),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    editions = sa.table(
        "example_editions",
        sa.column("example_id"),
        sa.column("number"),
        sa.column("fields", sa.JSON()),
        sa.column("changed", sa.JSON()),
        sa.column("note"),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    published = sa.select(examples.c.id).where(examples.c.state == "published")
    for (example_id,) in connection.execute(published).all():
        newest = connection.execute(
            sa.select(versions.c.fields, versions.c.created_at)
            .where(versions.c.subject == f"examples:{example_id}")
            .order_by(versions.c.number.desc())
            .limit(1)
        ).first()
        if newest is not None:
            fields = {
                name: text for name, text in newest.fields.items() if name not in NOT_CITED
            }
            connection.execute(
                sa.insert(editions).values(
                    example_id=example_id,
                    number=1,
                    fields=fields,
                    changed=[],
                    note="",
                    created_at=newest.created_at,
                )
            )


def downgrade() -> None:
    op.drop_table("example_editions")
