"""Saved searches for tests."""

from datetime import timedelta

from inforo import clock
from inforo.alerts import actions
from inforo.alerts.models import Rhythm
from inforo.db import session
from tests import factories


def save_search(account, words="Sprachpaten", *, rhythm=Rhythm.WEEKLY, days_ago=8, **filters):
    """Save a search as this person did some days ago."""
    chosen = {name: list(values) for name, values in filters.items()}
    saved = actions.save(factories.actor(account), words, chosen, rhythm)
    session.flush()
    saved.known_until = clock.now() - timedelta(days=days_ago)
    session.commit()
    return saved
