"""Articles for tests, at any step of their way."""

from typing import Any

from inforo import clock
from inforo.articles.models import Article
from inforo.editorial.models import PublicationState, Readership
from tests import factories
from tests.reference import BRUCHSAL


def make_article(
    title: str = "Neue Broschüre erschienen",
    *,
    author: Any = None,
    state: str = "published",
    audience: str = "public",
    **values: Any,
) -> Any:
    author = author or factories.make_account("Autorin", municipality=BRUCHSAL)
    when = None if state == "draft" else clock.now()
    defaults = {
        "body": "Sie zeigt, **wie** es geht.",
        "state_code": "BW",
        "author_place": author.place,
        "submitted_at": when,
        "published_at": when if state in {"published", "archived"} else None,
    }
    return factories.save(
        Article(
            title=title,
            author=author,
            state=PublicationState(state),
            audience=Readership(audience),
            **(defaults | values),
        )
    )
