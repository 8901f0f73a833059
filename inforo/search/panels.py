"""What the search says while somebody writes a question: perhaps it was answered already."""

from inforo.asking.places import SIMILAR
from inforo.authz import Actor
from inforo.search import queries
from inforo.search.models import Kind
from inforo.search.results import Filters
from inforo.templating import piece

MOST_SHOWN = 5
SHORTEST = 8
ANSWERS = Filters({"art": (Kind.THREAD, Kind.EXAMPLE, Kind.TOOL)})


@SIMILAR.filled(order=10)
def similar(actor: Actor, title: str) -> str:
    """Show discussions, examples and tools that this reader may see and the title is about."""
    found = queries.find(actor, title, ANSWERS).results[:MOST_SHOWN]
    return piece("search/_similar.html", results=found) if found else ""
