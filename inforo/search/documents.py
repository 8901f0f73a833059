"""What can be found of each object, by whom, and under which address.

Every kind has a `Source`: a SELECT of the keys that may be found at all, and a function that
describes a batch of them. Only columns are read, so 200,000 posts take no objects.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from inforo import text
from inforo.accounts.models import Organisation
from inforo.db import session
from inforo.discussions.models import (
    Post,
    Thread,
    ThreadMunicipality,
    ThreadTerm,
    post_path,
    thread_path,
)
from inforo.groups.models import Group, GroupAudience
from inforo.municipalities.models import Municipality, State
from inforo.search.models import Audience, Kind
from inforo.toolbox.models import (
    Example,
    ExampleMunicipality,
    ExampleState,
    ExampleTerm,
    ObstacleAudience,
    Tool,
)
from inforo.vocabularies.models import Term

MARKUP = re.compile(r"[*_`#>|~]+|\]\([^)]*\)|[\[\]]")
AUDIENCES = {
    GroupAudience.PUBLIC: Audience.PUBLIC,
    GroupAudience.MEMBERS: Audience.MEMBERS,
    GroupAudience.CLOSED: Audience.GROUP,
    GroupAudience.HIDDEN: Audience.GROUP,
}
Key = Any  # int or AGS


@dataclass(frozen=True, kw_only=True)
class Document:
    """One object as the index wants it. `keywords` are found but not shown."""

    kind: Kind
    key: Key
    parent: Key
    audience: Audience
    title: str
    body: str
    path: str
    keywords: str = ""
    context: str = ""
    group_id: int | None = None
    state_code: str | None = None
    changed_at: datetime | None = None
    title_is_found: bool = True
    title_is_name: bool = False  # of a place or person: not a compound of words


@dataclass(frozen=True)
class Source:
    """Where the documents of one kind come from."""

    kind: Kind
    key: InstrumentedAttribute[Any]
    findable: Select[Any]
    describe: Callable[[Sequence[Key]], list[Document]]


def bare(*texts: str | None) -> str:
    """Return Markdown texts as one plain text."""
    return " ".join(" ".join(MARKUP.sub(" ", given).split()) for given in texts if given)


def described(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[Any, list[tuple[Any, ...]]]:
    """Gather rows under their first column."""
    found = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found


def term_words(rows: list[tuple[Any, ...]]) -> str:
    """Return names and other names of terms, as keywords."""
    return " · ".join(
        word for label, aliases in rows for word in [label, *map(str, aliases or [])]
    )


def terms_of(owner: Any, keys: Sequence[Key]) -> dict[Key, str]:
    """Return the term words of objects, through their link table's `owner` column."""
    link = owner.class_
    statement = (
        select(owner, Term.label_de, Term.aliases)
        .join(Term, Term.id == link.term_id)
        .where(owner.in_(keys))
    )
    rows = grouped(tuple(row) for row in session.execute(statement))
    return {key: term_words(found) for key, found in rows.items()}


def places_of(owner: Any, keys: Sequence[Key]) -> dict[Key, str]:
    """Return the names of the municipalities of objects."""
    link = owner.class_
    statement = (
        select(owner, Municipality.display_name)
        .join(Municipality, Municipality.ags == link.municipality_ags)
        .where(owner.in_(keys))
        .order_by(Municipality.name)
    )
    rows = grouped(tuple(row) for row in session.execute(statement))
    return {key: ", ".join(name for (name,) in found) for key, found in rows.items()}


def told_to_all(column: InstrumentedAttribute[str]) -> Any:
    """A text of an example, unless its stumbling blocks are for members only."""
    for_members = Example.obstacles_audience == ObstacleAudience.MEMBERS
    return case((for_members, ""), else_=column)


EXAMPLE_TEXTS = (
    Example.summary,
    Example.problem,
    Example.relevance,
    Example.goals,
    Example.approach,
    Example.partners,
    Example.participation,
    Example.reach,
    Example.funding,
    Example.existing,
    Example.evaluation_result,
    Example.transfer_adapt,
    Example.transfer_core,
    told_to_all(Example.obstacles),
    told_to_all(Example.lessons),
    Example.end_reason,
    Example.literature,
)
FINDABLE_EXAMPLES = select(Example.id).where(Example.state == ExampleState.PUBLISHED)


def describe_examples(keys: Sequence[Key]) -> list[Document]:
    """Describe published examples: all texts of their page, places and terms as keywords."""
    statement = (
        FINDABLE_EXAMPLES.where(Example.id.in_(keys))
        .outerjoin(State, State.code == Example.state_code)
        .outerjoin(Organisation, Organisation.id == Example.organisation_id)
        .add_columns(
            Example.title,
            Example.state_code,
            func.coalesce(Organisation.name, Example.organisation_name),
            Example.published_at,
            State.name,
            *EXAMPLE_TEXTS,
        )
    )
    terms = terms_of(ExampleTerm.example_id, keys)
    places = places_of(ExampleMunicipality.example_id, keys)
    documents = []
    for key, title, state_code, carrier, published_at, state, *texts in session.execute(
        statement
    ):
        place = places.get(key, "")
        documents.append(
            Document(
                kind=Kind.EXAMPLE,
                key=key,
                parent=key,
                audience=Audience.PUBLIC,
                title=title,
                body=bare(*texts),
                keywords=described(place, state, carrier, terms.get(key)),
                context=described(place or carrier, state),
                path=f"/werkzeugkiste/beispiele/{key}-{text.slug(title)}",
                state_code=state_code,
                changed_at=published_at,
            )
        )
    return documents


FINDABLE_TOOLS = select(Tool.id).where(Tool.published_at.is_not(None))


def describe_tools(keys: Sequence[Key]) -> list[Document]:
    """Describe published tools with category and origin."""
    statement = (
        FINDABLE_TOOLS.where(Tool.id.in_(keys))
        .outerjoin(Municipality, Municipality.ags == Tool.municipality_ags)
        .outerjoin(Term, (Term.vocabulary == "tool_category") & (Term.key == Tool.category_key))
        .add_columns(
            Tool.title,
            Tool.summary,
            Tool.context,
            Tool.state_code,
            Tool.published_at,
            Municipality.display_name,
            Term.label_de,
        )
    )
    return [
        Document(
            kind=Kind.TOOL,
            key=key,
            parent=key,
            audience=Audience.PUBLIC,
            title=title,
            body=bare(summary, context),
            keywords=described(place, category),
            context=described(category, place),
            path=f"/werkzeugkiste/werkzeuge/{key}-{text.slug(title)}",
            state_code=state_code,
            changed_at=published_at,
        )
        for key, title, summary, context, state_code, published_at, place, category in (
            session.execute(statement)
        )
    ]


FINDABLE_POSTS = (
    select(Post.id)
    .join(Thread, Thread.id == Post.thread_id)
    .where(Post.hidden_at.is_(None), Post.deleted_at.is_(None), Thread.hidden_at.is_(None))
)


def describe_posts(keys: Sequence[Key]) -> list[Document]:
    """Describe visible posts; title, terms and places of a thread are found in the first."""
    statement = (
        FINDABLE_POSTS.where(Post.id.in_(keys))
        .join(Group, Group.id == Thread.group_id)
        .add_columns(
            Post.number,
            Post.body_html,
            Post.created_at,
            Thread.id,
            Thread.title,
            Thread.state_code,
            Group.id,
            Group.audience,
            Group.name,
        )
    )
    rows = session.execute(statement).all()
    opened = [thread for _, number, _, _, thread, *_ in rows if number == 1]
    terms = terms_of(ThreadTerm.thread_id, opened) if opened else {}
    places = places_of(ThreadMunicipality.thread_id, opened) if opened else {}
    documents = []
    for key, number, html, created_at, thread, title, state_code, *group in rows:
        group_id, audience, group_name = group
        is_first = number == 1
        path = thread_path(thread, title) if is_first else post_path(thread, title, number)
        documents.append(
            Document(
                kind=Kind.THREAD,
                key=key,
                parent=thread,
                audience=AUDIENCES[audience],
                title=title,
                title_is_found=is_first,
                body=text.plain(html),
                keywords=described(terms.get(thread), places.get(thread)) if is_first else "",
                context=group_name,
                path=path,
                group_id=group_id,
                state_code=state_code,
                changed_at=created_at,
            )
        )
    return documents


POSTS = Source(Kind.THREAD, Post.id, FINDABLE_POSTS, describe_posts)
EXAMPLES = Source(Kind.EXAMPLE, Example.id, FINDABLE_EXAMPLES, describe_examples)
TOOLS = Source(Kind.TOOL, Tool.id, FINDABLE_TOOLS, describe_tools)
