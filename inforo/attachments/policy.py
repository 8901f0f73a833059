"""Who may read a file: whoever may read the words of its post. Pure rules."""

from sqlalchemy import ColumnElement, and_

from inforo.authz import Actor
from inforo.discussions import policy as discussions
from inforo.discussions.models import Post


def may_view(actor: Actor, post: Post) -> bool:
    return discussions.may_view(actor, post.thread) and discussions.may_see_text(actor, post)


def listed_for(actor: Actor) -> ColumnElement[bool]:
    """Tell which posts' files are in lists, for SELECTs that join `Post` and `Thread`.

    Narrower than `may_view`: what is hidden is in no list, also not in those of moderators.
    """
    return and_(
        discussions.visible_to(actor), Post.hidden_at.is_(None), Post.deleted_at.is_(None)
    )
