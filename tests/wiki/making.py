"""Pages of groups for tests, made as the pages make them."""

from typing import Any

from inforo.db import session
from inforo.wiki import actions
from inforo.wiki.models import WikiPage
from tests import factories


def make_page(
    group: Any,
    title: str = "Absprachen",
    body: str = "Was wir vereinbart haben.",
    *,
    author: Any = None,
    parent: WikiPage | None = None,
) -> WikiPage:
    """Make a page by an author of its own."""
    writer = factories.actor(author or factories.make_account("Schreiberin"))
    values = {"title": title, "body": body, "parent_id": parent.id if parent else None}
    page = actions.create(writer, group, values)
    session.commit()
    return page


def change(page: WikiPage, body: str, *, author: Any = None, note: str = "") -> None:
    """Let somebody change the words of a page."""
    writer = factories.actor(author or factories.make_account("Schreiberin"))
    values = {"title": page.title, "body": body, "parent_id": page.parent_id, "note": note}
    actions.edit(writer, page, values)
    session.commit()
