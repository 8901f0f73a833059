"""Examples made of discussions, for tests."""

import re
from typing import Any

from inforo.db import session
from inforo.discussions.models import Post
from inforo.harvesting import actions
from inforo.mail import Mail
from inforo.toolbox.models import Example
from tests.factories import actor


def make_harvest(who: Any, thread: Any, title: str = "Vom Fragen zum Tun") -> Example:
    """Let somebody make an example of all posts of a thread."""
    ids = [post.id for post in session.query(Post).filter_by(thread_id=thread.id)]
    example = actions.harvest(actor(who), thread, title, ids)
    session.commit()
    return example


def link_to(account: Any) -> str:
    """Return the address in the last mail that asks somebody for consent."""
    statement = session.query(Mail).filter_by(account_id=account.id)
    sent = statement.order_by(Mail.id.desc()).first()
    return re.search(r"/zustimmung/\S+", sent.text).group()
