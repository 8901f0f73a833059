"""How a post names who wrote it: a person, or an office that passes on somebody's words."""

from inforo.discussions.models import Post
from inforo.i18n import _


def name_of(post: Post) -> str:
    """Return the name that stands above a post."""
    if post.relayed_by_id is not None:
        return relayed_name(post.number)
    return post.author.name if post.author else _("Ehemaliges Mitglied")


def relayed_name(number: int) -> str:
    return _("Vertrauliche Frage") if number == 1 else _("Fragende Person")


def writer_of(post: Post) -> str:
    """Return the name with where it comes from, for a mail."""
    if post.relayed_by is not None:
        passed_on = _("weitergegeben durch %(office)s", office=post.relayed_by.name)
        return f"{name_of(post)}, {passed_on}"
    author = post.author
    return f"{author.name}, {author.place}" if author and author.place else name_of(post)
