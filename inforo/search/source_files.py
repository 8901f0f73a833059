"""What is in the files of examples, tools and posts: their text, for whoever may have them.

A text is one result with what the file belongs to (`found_in` names the file), with its
audience and its facets, and counts a little less than the page itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select

from inforo.contents.models import FileText, TextState
from inforo.db import session
from inforo.discussions.models import Post, Thread, ThreadMunicipality, ThreadTerm
from inforo.files import StoredFile
from inforo.search.documents import Document, Key, Source, Watch, in_table
from inforo.search.models import Kind
from inforo.search.source_talk import FINDABLE_POSTS, POSTS, describe_posts
from inforo.search.source_toolbox import (
    EXAMPLES,
    FINDABLE_EXAMPLES,
    FINDABLE_TOOLS,
    TOOLS,
    describe_examples,
    describe_tools,
)
from inforo.toolbox.example_parts import ExampleFile, ExampleMunicipality, ExampleTerm
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool, ToolFile
from inforo.uploads.models import Attachment

WEIGHT = 0.7
SHOWN = frozenset({"file_id", "title", "published_at"})  # not every download


def with_text(column: Any, parents: Any, owner: Any) -> Select[Any]:
    """Select files that have a text and belong to something that can be found."""
    return (
        select(column)
        .join(FileText, FileText.file_id == column.class_.file_id)
        .where(FileText.state == TextState.DONE, owner.in_(parents))
    )


FINDABLE_EXAMPLE_FILES = with_text(ExampleFile.id, FINDABLE_EXAMPLES, ExampleFile.example_id)
FINDABLE_TOOL_FILES = with_text(ToolFile.id, FINDABLE_TOOLS, ToolFile.tool_id).where(
    ToolFile.published_at.is_not(None)
)


def describe_example_files(keys: Sequence[Key]) -> list[Document]:
    rows = rows_of(FINDABLE_EXAMPLE_FILES, ExampleFile, ExampleFile.example_id, keys)
    return describe(EXAMPLES, describe_examples, rows)


def describe_tool_files(keys: Sequence[Key]) -> list[Document]:
    rows = rows_of(FINDABLE_TOOL_FILES, ToolFile, ToolFile.tool_id, keys)
    return describe(TOOLS, describe_tools, rows)


def rows_of(findable: Select[Any], model: Any, owner: Any, keys: Sequence[Key]) -> list[Any]:
    """Return id, owner, name and text of files."""
    statement = (
        findable.where(model.id.in_(keys))
        .join(StoredFile, StoredFile.id == model.file_id)
        .add_columns(owner, StoredFile.name, FileText.text)
    )
    return list(session.execute(statement))


def describe(parent: Source, describe_parents: Any, rows: list[Any]) -> list[Document]:
    """Return the documents of files: their own text, else what their owner is."""
    owners = {
        document.key: document for document in describe_parents(list({row[1] for row in rows}))
    }
    return [
        replace(
            owners[owner],
            key=key,
            parent=parent.document_id(owner),
            title_is_found=False,
            body=text,
            keywords="",
            found_in=name,
            weight=round(owners[owner].weight * WEIGHT, 4),
        )
        for key, owner, name, text in rows
        if owner in owners
    ]


def files_of(column: Any) -> Any:
    """Turn keys of owners, or of stored files, into the keys of their links."""

    def follow(keys: set[Any]) -> Iterable[Key]:
        return list(session.scalars(select(column.class_.id).where(column.in_(keys))))

    return follow


def watches(owner: Any, column: Any, **parts: Any) -> tuple[Watch, ...]:
    """Watch the link to a file, the text of the file, and what it belongs to with its parts.

    `parts` are the relationships of the owner that show, with the class of their rows.
    """
    link = column.class_
    return (
        Watch(link, "id", fields=SHOWN & frozenset(link.__table__.columns.keys())),
        Watch(FileText, "file_id", follow=files_of(link.file_id)),
        Watch(owner, "id", relationships=frozenset(parts), follow=files_of(column)),
        *(Watch(part, column.key, follow=files_of(column)) for part in parts.values()),
    )


FINDABLE_POST_FILES = with_text(Attachment.id, FINDABLE_POSTS, Attachment.post_id).where(
    Attachment.removed_at.is_(None)
)


def describe_post_files(keys: Sequence[Key]) -> list[Document]:
    """Describe files of visible posts; like the post, each is a part of its thread."""
    rows = rows_of(FINDABLE_POST_FILES, Attachment, Attachment.post_id, keys)
    posts = {document.key: document for document in describe_posts(list({r[1] for r in rows}))}
    found = describe(POSTS, describe_posts, rows)
    owners = {key: posts[owner] for key, owner, _name, _text in rows if owner in posts}
    return [replace(each, parent=owners[each.key].parent) for each in found]


def files_in_threads(thread_ids: set[Any]) -> list[Key]:
    """Return the files of all posts of some threads."""
    statement = (
        select(Attachment.id)
        .join(Post, Post.id == Attachment.post_id)
        .where(Post.thread_id.in_(thread_ids))
    )
    return list(session.scalars(statement))


EXAMPLE_FILES = Source(
    number=97,
    kind=Kind.EXAMPLE,
    keys=in_table(FINDABLE_EXAMPLE_FILES, ExampleFile.id),
    describe=describe_example_files,
    watched=watches(
        Example, ExampleFile.example_id, terms=ExampleTerm, municipalities=ExampleMunicipality
    ),
)
TOOL_FILES = Source(
    number=96,
    kind=Kind.TOOL,
    keys=in_table(FINDABLE_TOOL_FILES, ToolFile.id),
    describe=describe_tool_files,
    watched=watches(Tool, ToolFile.tool_id),
)
POST_FILES = Source(
    number=95,
    kind=Kind.THREAD,
    keys=in_table(FINDABLE_POST_FILES, Attachment.id),
    describe=describe_post_files,
    watched=(
        Watch(Attachment, "id", fields=frozenset({"file_id", "post_id", "removed_at"})),
        Watch(FileText, "file_id", follow=files_of(Attachment.file_id)),
        Watch(
            Post,
            "id",
            frozenset({"hidden_at", "deleted_at", "thread_id"}),
            follow=files_of(Attachment.post_id),
        ),
        Watch(
            Thread,
            "id",
            frozenset({"title", "group_id", "state_code", "hidden_at"}),
            frozenset({"terms", "municipalities"}),
            files_in_threads,
        ),
        Watch(ThreadTerm, "thread_id", follow=files_in_threads),
        Watch(ThreadMunicipality, "thread_id", follow=files_in_threads),
    ),
)
