"""What can be found of articles and events."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from inforo.articles.models import Article, ArticleTerm
from inforo.clock import BERLIN
from inforo.db import session
from inforo.editorial.models import PublicationState, Readership
from inforo.events.models import Event
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
from inforo.vocabularies.models import Term

AUDIENCES = {Readership.PUBLIC: Audience.PUBLIC, Readership.MEMBERS: Audience.MEMBERS}
SHOWN = frozenset({"title", "subtitle", "body", "state", "state_code", "audience"})
FINDABLE_EVENTS = select(Event.id).where(Event.state == PublicationState.PUBLISHED)
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


def describe_events(keys: Sequence[Key]) -> list[Document]:
    """Describe published events by their texts, kind, place and minutes."""
    statement = (
        FINDABLE_EVENTS.where(Event.id.in_(keys))
        .outerjoin(State, State.code == Event.state_code)
        .outerjoin(Term, (Term.vocabulary == "event_kind") & (Term.key == Event.kind_key))
        .add_columns(
            Event.title,
            Event.subtitle,
            Event.body,
            Event.minutes,
            Event.audience,
            Event.state_code,
            Event.kind_key,
            Event.place,
            Event.organiser,
            Event.starts_at,
            Event.published_at,
            State.name.label("state"),
            Term.label_de.label("kind"),
        )
    )
    return [describe_event(row) for row in session.execute(statement)]


def describe_event(row: Any) -> Document:
    day = row.starts_at.astimezone(BERLIN)
    return Document(
        kind=Kind.EVENT,
        key=row.id,
        audience=AUDIENCES[row.audience],
        title=row.title,
        body=bare(row.subtitle, row.body, row.minutes),
        keywords=described(row.kind, row.place, row.organiser, row.state),
        context=described(row.kind, f"{day:%d.%m.%Y}", row.place),
        path=f"/termine/{row.id}-{slug(row.title)}",
        state_code=row.state_code,
        facets=(("terminart", row.kind_key), ("jahr", str(day.year))),
        changed_at=row.published_at,
    )


EVENTS = Source(
    number=73,
    kind=Kind.EVENT,
    keys=in_table(FINDABLE_EVENTS, Event.id),
    describe=describe_events,
    watched=(
        Watch(
            Event,
            "id",
            SHOWN | {"minutes", "kind_key", "place", "organiser", "starts_at"},
        ),
    ),
)
