"""What the page of a Land shows of its events and articles."""

from inforo.authz import Actor
from inforo.municipalities.models import State
from inforo.pages.news import news
from inforo.partnership.places import STATE_BODY
from inforo.templating import piece

MOST_SHOWN = 5


@STATE_BODY.filled(order=10)
def news_panel(actor: Actor, state: State) -> str:
    """Show the next events and the newest articles of a Land."""
    return piece(
        "pages/_news.html", news=news(actor, MOST_SHOWN, state.code), state_code=state.code
    )
