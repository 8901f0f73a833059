"""Articles with their keywords and files."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo import clock
from inforo.db import Base, bigint, intpk
from inforo.editorial.models import Attachment, Submission
from inforo.offices.models import WorkKind
from inforo.vocabularies.models import Term

KEYWORDS = "article_keyword"


class Article(Submission, Base):
    """A piece of news (Meldung). `dated_on` is the day readers see and lists go by."""

    __tablename__ = "articles"

    work_kind: ClassVar[WorkKind] = WorkKind.ARTICLE
    folder: ClassVar[str] = "meldungen"
    kept_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "subtitle",
        "body",
        "dated_on",
        "keywords",
        "audience",
        "state_code",
    )

    dated_on: Mapped[date] = mapped_column(default=clock.today, index=True)

    terms: Mapped[list[Term]] = relationship(
        secondary="article_terms", order_by=(Term.position, Term.id)
    )
    files: Mapped[list["ArticleFile"]] = relationship(
        order_by="ArticleFile.id", cascade="all, delete-orphan"
    )

    @property
    def keywords(self) -> str:
        return ", ".join(term.label_de for term in self.terms)


class ArticleTerm(Base):
    """A keyword of an article."""

    __tablename__ = "article_terms"
    __table_args__ = (UniqueConstraint("article_id", "term_id"),)

    id: Mapped[intpk]
    article_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    term_id: Mapped[int] = mapped_column(bigint, ForeignKey("terms.id"), index=True)


class ArticleFile(Attachment, Base):
    __tablename__ = "article_files"

    article_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
