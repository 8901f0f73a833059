"""What papers are made of. Who asks comes first."""

from collections.abc import Sequence

from inforo.authz import Actor
from inforo.db import session
from inforo.toolbox.models import Example
from inforo.toolbox.policy import visible_to
from inforo.toolbox.queries import with_everything

MOST_EXAMPLES = 10


def find_examples(actor: Actor, ids: Sequence[int]) -> list[Example]:
    """Return those of the examples this person may see, in the order of the ids."""
    wanted = list(dict.fromkeys(ids))[:MOST_EXAMPLES]
    statement = with_everything().where(Example.id.in_(wanted), visible_to(actor))
    found = {example.id: example for example in session.scalars(statement)}
    return [found[example_id] for example_id in wanted if example_id in found]
