"""articles.

Why: members submit articles, which offices and editors publish; what waits for them comes
into the work basket as a kind of its own, as do events.
"""

import sqlalchemy as sa
from alembic import op

revision = "articles"
down_revision = "learning_paths"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def kinds(*names: str) -> sa.Enum:
    return sa.Enum(
        *names, name="workkind", native_enum=False, create_constraint=True, length=40
    )


BEFORE = kinds("application", "report", "example", "reading", "question")
AFTER = kinds("application", "report", "example", "reading", "question", "article", "event")


def upgrade() -> None:
    with op.batch_alter_table("work_items") as batch_op:
        batch_op.alter_column(
            "kind", existing_type=BEFORE, type_=AFTER, existing_nullable=False
        )
    op.create_table(
        "articles",
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "public",
                "members",
                name="readership",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "checked",
                "published",
                "archived",
                name="publicationstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_code", sa.String(length=2), nullable=True),
        sa.Column("office_id", ID, nullable=True),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("author_place", sa.Text(), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["accounts.id"],
            name=op.f("fk_articles_author_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["coordination_offices.id"], name=op.f("fk_articles_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["state_code"], ["states.code"], name=op.f("fk_articles_state_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    op.create_index(op.f("ix_articles_author_id"), "articles", ["author_id"], unique=False)
    op.create_index(op.f("ix_articles_dated_on"), "articles", ["dated_on"], unique=False)
    op.create_index(op.f("ix_articles_office_id"), "articles", ["office_id"], unique=False)
    op.create_index(op.f("ix_articles_state"), "articles", ["state"], unique=False)
    op.create_index(op.f("ix_articles_state_code"), "articles", ["state_code"], unique=False)
    op.create_table(
        "article_terms",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("term_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_terms_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["terms.id"], name=op.f("fk_article_terms_term_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_terms")),
        sa.UniqueConstraint(
            "article_id", "term_id", name=op.f("uq_article_terms_article_id_term_id")
        ),
    )
    op.create_index(
        op.f("ix_article_terms_article_id"), "article_terms", ["article_id"], unique=False
    )
    op.create_index(
        op.f("ix_article_terms_term_id"), "article_terms", ["term_id"], unique=False
    )
    op.create_table(
        "article_files",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_article_files_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("fk_article_files_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_files")),
    )
    op.create_index(
        op.f("ix_article_files_article_id"), "article_files", ["article_id"], unique=False
    )


def downgrade() -> None:
    for name in ("article_files", "article_terms", "articles"):
        op.drop_table(name)
    op.execute("DELETE FROM work_items WHERE kind IN ('article', 'event')")
    with op.batch_alter_table("work_items") as batch_op:
        batch_op.alter_column(
            "kind", existing_type=AFTER, type_=BEFORE, existing_nullable=False
        )
