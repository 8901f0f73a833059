"""Every SELECT on articles. Who asks comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Integer, Select, cast, extract, func, select
from sqlalchemy.orm import joinedload, selectinload

from inforo.articles.models import KEYWORDS, Article, ArticleFile, ArticleTerm
from inforo.authz import GUEST, Actor
from inforo.db import session
from inforo.editorial.models import PublicationState
from inforo.editorial.policy import visible_to
from inforo.editorial.queries import get_content
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.vocabularies.models import Term

NATIONWIDE = "-"
FEED_LENGTH = 30
YEARS = range(1990, 2200)


@dataclass(frozen=True)
class Filters:
    """What narrows the list; empty filters nothing."""

    keyword: str = ""
    state: str = ""
    year: int = 0


def get_article(actor: Actor, article_id: int) -> Article:
    return get_content(
        actor,
        Article,
        article_id,
        selectinload(Article.terms),
        selectinload(Article.files).joinedload(ArticleFile.file),
        missing=_("Diese Meldung gibt es nicht (mehr)."),
    )


def get_file(article: Article, file_id: int) -> ArticleFile:
    for attached in article.files:
        if attached.id == file_id:
            return attached
    raise NotFound(_("Diese Datei gibt es nicht (mehr)."))


def is_listed(actor: Actor) -> ColumnElement[bool]:
    return (Article.state == PublicationState.PUBLISHED) & visible_to(actor, Article)


def conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    found = [is_listed(actor)]
    if filters.keyword:
        found.append(
            Article.id.in_(
                select(ArticleTerm.article_id)
                .join(Term, Term.id == ArticleTerm.term_id)
                .where(Term.vocabulary == KEYWORDS, Term.key == filters.keyword)
            )
        )
    if filters.state == NATIONWIDE:
        found.append(Article.state_code.is_(None))
    elif filters.state:
        found.append(Article.state_code == filters.state)
    if filters.year in YEARS:
        first = date(filters.year, 1, 1)
        found.append(Article.dated_on.between(first, date(filters.year, 12, 31)))
    return found


def count_articles(actor: Actor, filters: Filters) -> int:
    statement = select(func.count(Article.id)).where(*conditions(actor, filters))
    return session.scalar(statement) or 0


def list_articles(
    actor: Actor, filters: Filters, page: int = 1, size: int = 20
) -> Sequence[Article]:
    """Return one page of what is published, the newest first."""
    statement = (
        select(Article)
        .where(*conditions(actor, filters))
        .options(selectinload(Article.terms), joinedload(Article.land))
        .order_by(Article.dated_on.desc(), Article.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return session.scalars(statement).all()


def years(actor: Actor) -> list[int]:
    """Return the years of which there are articles, the newest first."""
    year = cast(extract("year", Article.dated_on), Integer)
    statement = select(year).where(is_listed(actor)).distinct().order_by(year.desc())
    return list(session.scalars(statement))


def newest(actor: Actor, limit: int, state_code: str = "") -> Select[int, str, date]:
    """Return the statement for id, title and day of the newest articles, for other pages."""
    return (
        select(Article.id, Article.title, Article.dated_on)
        .where(*conditions(actor, Filters(state=state_code)))
        .order_by(Article.dated_on.desc(), Article.id.desc())
        .limit(limit)
    )


def for_feed() -> Sequence[Article]:
    """Return the newest public articles: a feed has no readers with rights."""
    statement = (
        select(Article)
        .where(is_listed(GUEST))
        .options(joinedload(Article.author))
        .order_by(Article.published_at.desc(), Article.id.desc())
        .limit(FEED_LENGTH)
    )
    return session.scalars(statement).all()
