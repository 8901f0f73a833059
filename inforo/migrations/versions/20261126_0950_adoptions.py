"""adoptions.

Why: municipalities say what they re-use, how far they are and what they changed; authors of
examples get a sheet of that once a year.
"""

import sqlalchemy as sa
from alembic import op

revision = "7a51c0de2b02"
down_revision = "r302reviews"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STAGES = ("interessiert", "geplant", "pilot", "laeuft", "verstetigt", "beendet")


def stage() -> sa.Column:
    kind = sa.Enum(
        *STAGES, name="adoptionstage", native_enum=False, create_constraint=True, length=40
    )
    return sa.Column("stage", kind, nullable=False)


def link(table: str, column: str, target: str, ondelete: str | None = None) -> sa.Constraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "adoptions",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_ags", sa.String(8), nullable=False),
        sa.Column("example_id", ID, nullable=True),
        sa.Column("tool_id", ID, nullable=True),
        stage(),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("adapted", sa.Text(), nullable=False),
        sa.Column("costs_once", sa.Integer(), nullable=True),
        sa.Column("costs_per_year", sa.Integer(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_function", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("followed_id", ID, nullable=True),
        sa.Column("became_id", ID, nullable=True),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(example_id IS NULL) <> (tool_id IS NULL)", name=op.f("ck_adoptions_one_thing")
        ),
        link("adoptions", "municipality_ags", "municipalities.ags"),
        link("adoptions", "example_id", "examples.id", "CASCADE"),
        link("adoptions", "tool_id", "tools.id", "CASCADE"),
        link("adoptions", "followed_id", "adoptions.id", "SET NULL"),
        link("adoptions", "became_id", "examples.id", "SET NULL"),
        link("adoptions", "author_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoptions")),
        sa.UniqueConstraint(
            "municipality_ags",
            "example_id",
            name=op.f("uq_adoptions_municipality_ags_example_id"),
        ),
        sa.UniqueConstraint(
            "municipality_ags", "tool_id", name=op.f("uq_adoptions_municipality_ags_tool_id")
        ),
    )
    for column in (
        "municipality_ags",
        "example_id",
        "tool_id",
        "followed_id",
        "became_id",
        "updated_at",
    ):
        op.create_index(op.f(f"ix_adoptions_{column}"), "adoptions", [column])
    op.create_table(
        "adoption_steps",
        sa.Column("id", ID, nullable=False),
        sa.Column("adoption_id", ID, nullable=False),
        stage(),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        link("adoption_steps", "adoption_id", "adoptions.id", "CASCADE"),
        link("adoption_steps", "actor_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_steps")),
    )
    op.create_index(op.f("ix_adoption_steps_adoption_id"), "adoption_steps", ["adoption_id"])
    op.create_table(
        "impact_sheets",
        sa.Column("id", ID, nullable=False),
        sa.Column("example_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("made_at", moment, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        link("impact_sheets", "example_id", "examples.id", "CASCADE"),
        link("impact_sheets", "file_id", "files.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_sheets")),
        sa.UniqueConstraint(
            "example_id", "year", name=op.f("uq_impact_sheets_example_id_year")
        ),
    )
    op.create_index(op.f("ix_impact_sheets_example_id"), "impact_sheets", ["example_id"])


def downgrade() -> None:
    for table in ("impact_sheets", "adoption_steps", "adoptions"):
        op.drop_table(table)
