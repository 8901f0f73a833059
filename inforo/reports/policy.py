"""Who may report a post and decide on it. A reported post is read on a page of its own."""

from inforo.authz import Actor
from inforo.discussions.models import Post
from inforo.discussions.policy import may_view
from inforo.reports.models import Report


def may_report(actor: Actor, post: Post) -> bool:
    return (
        actor.is_member
        and may_view(actor, post.thread)
        and post.is_visible
        and not actor.is_me(post.author_id)
    )


def may_decide(actor: Actor, report: Report) -> bool:
    """Nobody decides on what is their own. The scope is checked by the work basket."""
    return not actor.is_me(report.post.author_id)
