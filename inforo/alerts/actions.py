"""Saving a search, choosing how often a mail comes, and letting it go."""

from typing import Any
from urllib.parse import urlencode

from inforo.alerts import queries
from inforo.alerts.models import Rhythm, SavedSearch
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _

MOST_SAVED = 30


def save(actor: Actor, words: str, filters: dict[str, Any], rhythm: Rhythm) -> SavedSearch:
    """Keep a search; saving the same one again changes how often a mail comes."""
    address = "/suche?" + urlencode({"q": words, **dict(sorted(filters.items()))}, doseq=True)
    known = queries.find_same(actor, address)
    if known is not None:
        choose_rhythm(known, rhythm)
        return known
    if queries.count_saved(actor) >= MOST_SAVED:
        raise DomainError(
            _(
                "Sie haben schon %(count)s Suchen gemerkt. Bitte löschen Sie erst eine davon.",
                count=MOST_SAVED,
            )
        )
    saved = SavedSearch(
        account_id=actor.account_id,
        words=words,
        filters=filters,
        address=address,
        rhythm=rhythm,
        known_until=now(),
    )
    session.add(saved)
    return saved


def choose_rhythm(saved: SavedSearch, rhythm: Rhythm) -> None:
    """Let mails come as often as wished; after a pause only what is new from now on."""
    if saved.rhythm is Rhythm.NEVER and rhythm is not Rhythm.NEVER:
        saved.known_until = now()
    saved.rhythm = rhythm


def stop_mails(saved: SavedSearch) -> None:
    saved.rhythm = Rhythm.NEVER


def delete(saved: SavedSearch) -> None:
    session.delete(saved)
