"""Files of texts for tests: pictures and plain texts, in drafts and in posts."""

import io
from typing import Any

from PIL import Image

from inforo.db import session
from inforo.file_checks import check_data
from inforo.uploads import actions
from inforo.uploads.models import Attachment


def picture(color: str = "red", size: tuple[int, int] = (60, 40), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind)
    return out.getvalue()


def make_pending(
    account: Any, target: str, name: str = "Notiz.txt", data: bytes = b"Text"
) -> Attachment:
    """Add a file to a text that somebody has not sent."""
    attachment = actions.add(account.id, target, check_data(name, data))
    session.commit()
    return attachment


def make_attached(
    post: Any, name: str = "Notiz.txt", data: bytes = b"Text", description: str = ""
) -> Attachment:
    """Add a file to a post of its author."""
    attachment = make_pending(post.author, f"reply:{post.thread_id}", name, data)
    attachment.description = description
    actions.attach(post.author_id, post.id, post.thread.group_id, [attachment.id], post.body)
    session.commit()
    return attachment
