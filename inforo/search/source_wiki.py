"""What can be found of the pages groups write: by those who may read them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from inforo import text
from inforo.db import session
from inforo.groups.models import Group
from inforo.search.documents import Document, Key, Source, Watch, in_table
from inforo.search.models import Kind
from inforo.search.source_talk import AUDIENCES
from inforo.wiki.models import WikiPage, opened_path, page_path

FINDABLE = select(WikiPage.id).where(WikiPage.deleted_at.is_(None))


def describe(keys: Sequence[Key]) -> list[Document]:
    statement = (
        FINDABLE.where(WikiPage.id.in_(keys))
        .join(Group, Group.id == WikiPage.group_id)
        .add_columns(
            WikiPage.title,
            WikiPage.body_html,
            WikiPage.edited_at,
            WikiPage.opened_to,
            Group.id.label("group_id"),
            Group.slug,
            Group.name,
            Group.audience,
            Group.state_code,
        )
    )
    return [describe_page(row) for row in session.execute(statement)]


def describe_page(row: Any) -> Document:
    """Describe a page; one that is open beyond its group does not name the group."""
    return Document(
        kind=Kind.PAGE,
        key=row.id,
        audience=AUDIENCES[row.opened_to or row.audience],
        title=row.title,
        body=text.plain(row.body_html),
        context="" if row.opened_to else row.name,
        path=opened_path(row.id, row.title)
        if row.opened_to
        else page_path(row.slug, row.id, row.title),
        group_id=row.group_id,
        state_code=row.state_code,
        changed_at=row.edited_at,
    )


def pages_of(group_ids: set[Any]) -> list[int]:
    """Return the pages of groups whose name, Land or audience changed."""
    return list(session.scalars(select(WikiPage.id).where(WikiPage.group_id.in_(group_ids))))


WIKI = Source(
    number=75,
    kind=Kind.PAGE,
    keys=in_table(FINDABLE, WikiPage.id),
    describe=describe,
    watched=(
        Watch(WikiPage, "id", frozenset({"title", "body_html", "deleted_at", "opened_to"})),
        Watch(Group, "id", frozenset({"name", "audience", "state_code"}), follow=pages_of),
    ),
)
