"""What can be found of the files of groups: by who reads the group, or whom one was opened to.

Name, description, and of the newest version the text and what a picture shows. Files of posts
belong to their posts.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from inforo.contents.models import FileText, TextState
from inforo.db import session
from inforo.files import StoredFile
from inforo.groups.models import Group
from inforo.libraries.models import FileVersion, GroupFile, file_path, opened_path
from inforo.search.documents import Document, Key, Source, Watch, bare, in_table, year_of
from inforo.search.models import Kind
from inforo.search.source_talk import AUDIENCES

WEIGHT = 0.8
FINDABLE = select(GroupFile.id).where(GroupFile.deleted_at.is_(None))


def describe(keys: Sequence[Key]) -> list[Document]:
    statement = (
        FINDABLE.where(GroupFile.id.in_(keys))
        .join(Group, Group.id == GroupFile.group_id)
        .join(
            FileVersion,
            (FileVersion.group_file_id == GroupFile.id)
            & (FileVersion.number == GroupFile.number),
        )
        .join(StoredFile, StoredFile.id == FileVersion.file_id)
        .outerjoin(
            FileText,
            (FileText.file_id == StoredFile.id) & (FileText.state == TextState.DONE),
        )
        .add_columns(
            GroupFile.title,
            GroupFile.description,
            GroupFile.opened_to,
            StoredFile.name,
            FileText.text,
            FileVersion.alternative,
            FileVersion.created_at,
            Group.id.label("group_id"),
            Group.slug,
            Group.name.label("group"),
            Group.audience,
            Group.state_code,
        )
    )
    return [describe_file(row) for row in session.execute(statement)]


def describe_file(row: Any) -> Document:
    """Describe a file; one that is open beyond its group does not name the group."""
    return Document(
        kind=Kind.FILE,
        key=row.id,
        audience=AUDIENCES[row.opened_to or row.audience],
        title=row.title,
        body=bare(row.description, row.alternative, row.text or ""),
        keywords="" if row.opened_to else row.name,
        context="" if row.opened_to else row.group,
        path=opened_path(row.id, row.title) if row.opened_to else file_path(row.slug, row.id),
        group_id=row.group_id,
        state_code=row.state_code,
        facets=year_of(row.created_at),
        weight=WEIGHT,
        changed_at=row.created_at,
    )


def files_with(file_ids: set[Any]) -> list[int]:
    """Return the files whose newest version has one of these contents."""
    statement = (
        select(GroupFile.id)
        .join(FileVersion, FileVersion.group_file_id == GroupFile.id)
        .where(FileVersion.number == GroupFile.number, FileVersion.file_id.in_(file_ids))
    )
    return list(session.scalars(statement))


def files_of_groups(group_ids: set[Any]) -> list[int]:
    return list(session.scalars(select(GroupFile.id).where(GroupFile.group_id.in_(group_ids))))


GROUP_FILES = Source(
    number=84,
    kind=Kind.FILE,
    keys=in_table(FINDABLE, GroupFile.id),
    describe=describe,
    watched=(
        Watch(
            GroupFile,
            "id",
            frozenset({"title", "description", "number", "deleted_at", "opened_to"}),
        ),
        Watch(FileVersion, "group_file_id"),
        Watch(FileText, "file_id", follow=files_with),
        Watch(Group, "id", frozenset({"audience", "name"}), follow=files_of_groups),
    ),
)
