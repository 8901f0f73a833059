"""Files in posts of the demo: a notice, a table, a picture, and one in a closed group."""

from typing import Any

from sqlalchemy import select

from inforo import files
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.demo.making import make_file
from inforo.demo.source import Catalogue, read
from inforo.discussions.models import Post, Thread
from inforo.uploads.models import Attachment


def load_attachments(_catalogue: Catalogue) -> None:
    for row in read("attachments.json"):
        statement = select(Post).join(Thread, Thread.id == Post.thread_id)
        found = statement.where(Thread.title == row["thread"], Post.number == row["post"])
        post = session.scalars(found).one()
        for described in row["files"]:
            attach(post, described)


def attach(post: Post, described: dict[str, Any]) -> None:
    stored = files.store_bytes(make_file(described), described["name"], post.author_id)
    stored.created_at = post.created_at
    session.add(
        Attachment(
            account_id=post.author_id,
            file=stored,
            post_id=post.id,
            description=described.get("description", ""),
            created_at=post.created_at,
        )
    )
    session.flush()
    process_file.later(key=stored.key)
