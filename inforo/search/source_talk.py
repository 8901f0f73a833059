"""What can be found of posts and groups."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from inforo import clock, text
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
from inforo.search.documents import (
    NO_PLACES,
    NO_TERMS,
    Document,
    Key,
    Source,
    Watch,
    bare,
    document_id,
    in_table,
    places_of,
    terms_of,
    year_of,
)
from inforo.search.models import Audience, Kind, SearchDocument, SearchText

POSTS_NUMBER = 100  # as `ddl.MANY` says
THREADS_NUMBER = 101  # for parents only: a thread is the sum of its posts
AUDIENCES = {
    GroupAudience.PUBLIC: Audience.PUBLIC,
    GroupAudience.MEMBERS: Audience.MEMBERS,
    GroupAudience.CLOSED: Audience.GROUP,
    GroupAudience.HIDDEN: Audience.GROUP,
}
# Name and purpose of a closed group may be known to all members (`groups.policy.may_know`).
LISTED = AUDIENCES | {GroupAudience.CLOSED: Audience.MEMBERS}
FINDABLE_POSTS = (
    select(Post.id)
    .join(Thread, Thread.id == Post.thread_id)
    .where(Post.hidden_at.is_(None), Post.deleted_at.is_(None), Thread.hidden_at.is_(None))
)
FINDABLE_GROUPS = select(Group.id).where(Group.archived_at.is_(None))


def thread_document(thread_id: int) -> int:
    """Return the id posts of this thread have as their parent."""
    return document_id(THREADS_NUMBER, thread_id)


def describe_posts(keys: Sequence[Key]) -> list[Document]:
    """Describe visible posts; title, terms and places of a thread are found in the first."""
    statement = (
        FINDABLE_POSTS.where(Post.id.in_(keys))
        .join(Group, Group.id == Thread.group_id)
        .add_columns(
            Post.number,
            Post.body_html,
            Post.created_at,
            Thread.id.label("thread_id"),
            Thread.title,
            Thread.state_code,
            Thread.created_at.label("started_at"),
            Group.id.label("group_id"),
            Group.audience,
            Group.name,
        )
    )
    rows = session.execute(statement).all()
    threads = list({row.thread_id for row in rows})
    terms = terms_of(ThreadTerm.thread_id, threads)
    places = places_of(ThreadMunicipality.thread_id, threads)
    return [
        describe_post(
            row, terms.get(row.thread_id, NO_TERMS), places.get(row.thread_id, NO_PLACES)
        )
        for row in rows
    ]


def describe_post(row: Any, terms: Any, places: Any) -> Document:
    is_first = row.number == 1
    path = (
        thread_path(row.thread_id, row.title)
        if is_first
        else post_path(row.thread_id, row.title, row.number)
    )
    return Document(
        kind=Kind.THREAD,
        key=row.id,
        parent=thread_document(row.thread_id),
        audience=AUDIENCES[row.audience],
        title=row.title,
        title_is_found=is_first,
        body=text.plain(row.body_html),
        keywords=terms.words if is_first else "",
        names=places.names if is_first else "",
        context=row.name,
        path=path,
        group_id=row.group_id,
        state_code=row.state_code,
        facets=(*year_of(row.started_at), *terms.facets),
        places=places.ags,
        changed_at=row.created_at,
    )


def posts_of(thread_ids: set[Any]) -> set[int]:
    """Return the posts of threads, and those that were indexed and are gone now."""
    parents = [thread_document(thread_id) for thread_id in thread_ids if thread_id is not None]
    first, last = document_id(POSTS_NUMBER, 0), document_id(POSTS_NUMBER + 1, 0) - 1
    known = select(SearchDocument.id).where(
        SearchDocument.parent_id.in_(parents), SearchDocument.id.between(first, last)
    )
    there = select(Post.id).where(Post.thread_id.in_(thread_ids))
    gone = {found - first for found in session.scalars(known)}
    return {*session.scalars(there), *gone}


def follow_groups(group_ids: set[Any]) -> list[int]:
    """Hand audience and name of groups on to the documents of their threads."""
    for group_id in sorted(group_ids - {None}):
        row = session.execute(
            select(Group.audience, Group.name).where(Group.id == group_id)
        ).one_or_none()
        if row is not None:
            follow_group(group_id, AUDIENCES[row.audience], row.name)
    return []


def follow_group(group_id: int, audience: Audience, name: str) -> None:
    ours = (SearchDocument.group_id == group_id, SearchDocument.kind == Kind.THREAD)
    options = {"synchronize_session": False}
    if audience is not Audience.GROUP:  # what the group kept to itself is new to all others
        session.execute(
            update(SearchDocument)
            .where(*ours, SearchDocument.audience == Audience.GROUP)
            .values(findable_since=clock.now()),
            execution_options=options,
        )
    session.execute(
        update(SearchDocument).where(*ours).values(audience=audience),
        execution_options=options,
    )
    documents = select(SearchDocument.id).where(*ours)
    session.execute(
        update(SearchText).where(SearchText.document_id.in_(documents)).values(context=name),
        execution_options=options,
    )


def describe_groups(keys: Sequence[Key]) -> list[Document]:
    """Describe groups by name and purpose, for those who may know of them."""
    statement = FINDABLE_GROUPS.where(Group.id.in_(keys)).add_columns(
        Group.slug,
        Group.name,
        Group.purpose,
        Group.description,
        Group.audience,
        Group.sheltered_by_id,
        Group.state_code,
        Group.created_at,
    )
    return [describe_group(row) for row in session.execute(statement)]


def describe_group(row: Any) -> Document:
    is_open = AUDIENCES[row.audience] is not Audience.GROUP
    return Document(
        kind=Kind.GROUP,
        key=row.id,
        audience=Audience.GROUP if row.sheltered_by_id else LISTED[row.audience],
        title=row.name,
        body=bare(row.purpose, row.description if is_open else ""),
        path=f"/gruppen/{row.slug}",
        group_id=row.id,
        state_code=row.state_code,
        changed_at=row.created_at,
    )


POSTS = Source(
    number=POSTS_NUMBER,
    kind=Kind.THREAD,
    keys=in_table(FINDABLE_POSTS, Post.id),
    describe=describe_posts,
    watched=(
        Watch(Post, "id", frozenset({"body_html", "hidden_at", "deleted_at", "thread_id"})),
        Watch(
            Thread,
            "id",
            frozenset({"title", "group_id", "state_code", "hidden_at"}),
            frozenset({"terms", "municipalities"}),
            posts_of,
        ),
        Watch(ThreadTerm, "thread_id", follow=posts_of),
        Watch(ThreadMunicipality, "thread_id", follow=posts_of),
        Watch(Group, "id", frozenset({"audience", "name"}), follow=follow_groups),
    ),
)
GROUPS = Source(
    number=3,
    kind=Kind.GROUP,
    keys=in_table(FINDABLE_GROUPS, Group.id),
    describe=describe_groups,
    watched=(
        Watch(
            Group,
            "id",
            frozenset(
                {"name", "purpose", "description", "audience", "state_code", "archived_at"}
                | {"sheltered_by_id"}
            ),
        ),
    ),
)
