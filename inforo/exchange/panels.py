"""What the exchange shows on the pages of examples."""

from inforo.authz import Actor
from inforo.exchange.queries import find_origin
from inforo.templating import piece
from inforo.toolbox.models import Example
from inforo.toolbox.places import EXAMPLE_CITATION


@EXAMPLE_CITATION.filled(order=30)
def origin(_actor: Actor, example: Example) -> str:
    """Say where an imported example comes from."""
    source = find_origin(example)
    return piece("exchange/_origin.html", source=source) if source else ""
