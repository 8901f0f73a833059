"""Events for tests, at any step of their way."""

from datetime import timedelta
from typing import Any

from inforo import clock
from inforo.editorial.models import PublicationState, Readership
from inforo.events.models import Event, Mode
from tests import factories
from tests.reference import BRUCHSAL


def make_event(
    title: str = "Fachtag Kita",
    *,
    author: Any = None,
    state: str = "published",
    audience: str = "public",
    in_days: float = 7,
    **values: Any,
) -> Any:
    author = author or factories.make_account("Autorin", municipality=BRUCHSAL)
    begins = clock.now() + timedelta(days=in_days)
    when = None if state == "draft" else clock.now()
    defaults = {
        "body": "Wir **treffen** uns.",
        "kind_key": "fachtag",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=3),
        "mode": Mode.ONSITE,
        "place": "Rathaus, Mannheim",
        "organiser": "Stadt Mannheim",
        "state_code": "BW",
        "author_place": author.place,
        "submitted_at": when,
        "published_at": when if state in {"published", "archived"} else None,
    }
    return factories.save(
        Event(
            title=title,
            author=author,
            state=PublicationState(state),
            audience=Readership(audience),
            **(defaults | values),
        )
    )
