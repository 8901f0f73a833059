"""reviews in stages.

Why: a review is a passage through stages with two readers, not a state of the example.
Examples that wait when this runs begin at the first stage.
"""

import sqlalchemy as sa
from alembic import op

revision = "r302reviews"
down_revision = "r301deadlines"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", ID, nullable=False),
        sa.Column("example_id", ID, nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "regional",
                "criteria",
                "talk",
                "release",
                "done",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "tier",
            sa.Enum(
                "published",
                "good_practice",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("released_number", sa.Integer(), nullable=True),
        sa.Column("talk_note", sa.Text(), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("agreed_by_id", ID, nullable=True),
        sa.Column("agreed_number", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"],
            ["accounts.id"],
            name=op.f("fk_reviews_agreed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["accounts.id"],
            name=op.f("fk_reviews_decided_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["example_id"],
            ["examples.id"],
            name=op.f("fk_reviews_example_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_reviews_example_id"), ["example_id"], unique=False)
        batch_op.create_index(
            "uq_reviews_open",
            ["example_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "review_agreements",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("criterion_key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("is_highlighted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_review_agreements_level")),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reviews.id"],
            name=op.f("fk_review_agreements_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_agreements")),
        sa.UniqueConstraint(
            "review_id",
            "criterion_key",
            name=op.f("uq_review_agreements_review_id_criterion_key"),
        ),
    )
    with op.batch_alter_table("review_agreements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_agreements_review_id"), ["review_id"], unique=False
        )

    op.create_table(
        "review_conflicts",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_review_conflicts_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reviews.id"],
            name=op.f("fk_review_conflicts_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_conflicts")),
        sa.UniqueConstraint(
            "review_id", "account_id", name=op.f("uq_review_conflicts_review_id_account_id")
        ),
    )
    with op.batch_alter_table("review_conflicts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_conflicts_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_conflicts_review_id"), ["review_id"], unique=False
        )

    op.create_table(
        "review_readings",
        sa.Column("id", ID, nullable=False),
        sa.Column("review_id", ID, nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("reader_id", ID, nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("seat BETWEEN 1 AND 2", name=op.f("ck_review_readings_seat")),
        sa.ForeignKeyConstraint(
            ["office_id"],
            ["coordination_offices.id"],
            name=op.f("fk_review_readings_office_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"],
            ["accounts.id"],
            name=op.f("fk_review_readings_reader_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["reviews.id"],
            name=op.f("fk_review_readings_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_readings")),
        sa.UniqueConstraint(
            "review_id", "reader_id", name=op.f("uq_review_readings_review_id_reader_id")
        ),
        sa.UniqueConstraint(
            "review_id", "seat", name=op.f("uq_review_readings_review_id_seat")
        ),
    )
    with op.batch_alter_table("review_readings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_readings_office_id"), ["office_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_readings_reader_id"), ["reader_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_readings_review_id"), ["review_id"], unique=False
        )

    op.create_table(
        "review_ratings",
        sa.Column("id", ID, nullable=False),
        sa.Column("reading_id", ID, nullable=False),
        sa.Column("criterion_key", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_review_ratings_level")),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["review_readings.id"],
            name=op.f("fk_review_ratings_reading_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_ratings")),
        sa.UniqueConstraint(
            "reading_id",
            "criterion_key",
            name=op.f("uq_review_ratings_reading_id_criterion_key"),
        ),
    )
    with op.batch_alter_table("review_ratings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_ratings_reading_id"), ["reading_id"], unique=False
        )

    with op.batch_alter_table("examples", schema=None) as batch_op:
        batch_op.add_column(sa.Column("blind_since", sa.DateTime(timezone=True), nullable=True))

    op.execute(
        "INSERT INTO reviews (example_id, stage, stage_since, tier, base_number, talk_note, "
        "is_good, agreed_number, outcome, started_at, version) "
        "SELECT id, 'regional', coalesce(submitted_at, created_at), 'published', "
        "(SELECT coalesce(max(number), 0) FROM versions WHERE subject = 'examples:' || examples.id), "
        "'', false, 0, '', coalesce(submitted_at, created_at), 1 "
        "FROM examples WHERE state IN ('submitted', 'changes_asked')"
    )


def downgrade() -> None:
    op.drop_column("examples", "blind_since")
    for table in ("ratings", "readings", "conflicts", "agreements"):
        op.drop_table(f"review_{table}")
    op.drop_table("reviews")
