"""Who may report a post and decide on it. A reported post is read on a page of its own."""

from inforo.authz import Actor
from inforo.discussions.models import Post
from inforo.discussions.policy import may_view
from inforo.reports.models import PageReport, Report
from inforo.wiki import policy as wiki
from inforo.wiki.models import WikiPage


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


def may_report_page(actor: Actor, page: WikiPage) -> bool:
    """Everybody who reads the group, but not who wrote what stands there now."""
    is_other = actor.is_member and not actor.is_me(page.edited_by_id)
    return is_other and wiki.may_enter(actor, page) and not page.is_deleted


def may_decide_on_page(actor: Actor, report: PageReport) -> bool:
    """Nobody decides on what is their own. The scope is checked by the work basket."""
    page = report.page
    return not actor.is_me(page.edited_by_id) and not actor.is_me(page.created_by_id)
