"""Quoting a post: its words with their author and a link back, to answer them."""

from inforo.discussions.models import Post
from inforo.discussions.naming import name_of
from inforo.i18n import _
from inforo.text import MENTION

LONGEST = 2_000


def quote_of(post: Post) -> str:
    """Return the own words of a post as Markdown, without what it quotes and whom it calls."""
    name = name_of(post)
    head = _(
        "**%(name)s** schrieb ([#%(number)s](%(path)s)):",
        name=name,
        number=post.number,
        path=f"/beitraege/{post.id}",
    )
    own = [line for line in post.body[:LONGEST].split("\n") if not line.startswith(">")]
    words = MENTION.sub(r"\1", "\n".join(own)).strip()
    lines = [head, "", *words.split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def with_quote(typed: str, quote: str) -> str:
    """Add a quote below what was typed, once."""
    if quote.strip() in typed:
        return typed
    return f"{typed.rstrip()}\n\n{quote}" if typed.strip() else quote
