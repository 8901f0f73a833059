"""Published versions of the examples; the first Good Practice one was corrected twice."""

from datetime import timedelta

from inforo.authz import Actor
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.demo.source import Catalogue
from inforo.toolbox import editions
from inforo.toolbox.models import Example
from inforo.toolbox.states import Tier

BEFORE = (
    {"reach": "", "costs_per_year": ""},
    {"reach": ""},
)


def load_editions(catalogue: Catalogue) -> None:
    published = [example for example in catalogue.examples.values() if example.is_published]
    with_story = next(example for example in published if example.tier is Tier.GOOD_PRACTICE)
    for example in published:
        saved = example.updated_at
        earlier = BEFORE if example is with_story else ()
        for older in range(len(earlier), -1, -1):
            fields = snapshot(example) | dict(earlier[len(earlier) - older] if older else {})
            keep(example, fields, older)
        example.updated_at = saved
        session.flush()


def keep(example: Example, fields: dict[str, str], older: int) -> None:
    """Keep one version; each was read for half a year before the next one came."""
    edition = editions.keep(Actor(), example, fields)
    published = example.published_at or example.updated_at
    edition.created_at = published - timedelta(days=180 * older)
