"""What can be found of articles and events."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from inforo.articles.models import Article, ArticleTerm
from inforo.db import session
from inforo.editorial.models import PublicationState, Readership
from inforo.municipalities.models import State
from inforo.search.documents import (
    NO_TERMS,
    Document,
    Key,
    Source,
    Terms,
    Watch,
    bare,
    described,
    in_table,
    terms_of,
)
from inforo.search.models import Audience, Kind
from inforo.text import slug

AUDIENCES = {Readership.PUBLIC: Audience.PUBLIC, Readership.MEMBERS: Audience.MEMBERS}
SHOWN = frozenset({"title", "subtitle", "body", "state", "state_code", "audience"})
FINDABLE_ARTICLES = select(Article.id).where(Article.state == PublicationState.PUBLISHED)


def describe_articles(keys: Sequence[Key]) -> list[Document]:
    """Describe published articles by their texts and keywords."""
    statement = (
        FINDABLE_ARTICLES.where(Article.id.in_(keys))
        .outerjoin(State, State.code == Article.state_code)
        .add_columns(
            Article.title,
            Article.subtitle,
            Article.body,
            Article.audience,
            Article.state_code,
            Article.dated_on,
            Article.published_at,
            State.name.label("state"),
        )
    )
    terms = terms_of(ArticleTerm.article_id, keys)
    return [
        describe_article(row, terms.get(row.id, NO_TERMS)) for row in session.execute(statement)
    ]


def describe_article(row: Any, terms: Terms) -> Document:
    return Document(
        kind=Kind.ARTICLE,
        key=row.id,
        audience=AUDIENCES[row.audience],
        title=row.title,
        body=bare(row.subtitle, row.body),
        keywords=described(terms.words, row.state),
        context=described(row.state),
        path=f"/meldungen/{row.id}-{slug(row.title)}",
        state_code=row.state_code,
        facets=(("jahr", str(row.dated_on.year)), *terms.facets),
        changed_at=row.published_at,
    )


ARTICLES = Source(
    number=72,
    kind=Kind.ARTICLE,
    keys=in_table(FINDABLE_ARTICLES, Article.id),
    describe=describe_articles,
    watched=(
        Watch(Article, "id", SHOWN | {"dated_on"}, frozenset({"terms"})),
        Watch(ArticleTerm, "article_id"),
    ),
)
