"""The synonyms editors keep, as this process knows them: at most 20 seconds old.

They act on questions only, so a change needs no new index. Before the first import the rings
of the file count.
"""

from collections.abc import Hashable
from datetime import datetime, timedelta
from functools import lru_cache

from inforo import clock
from inforo.search.synonyms import Synonyms
from inforo.vocabularies import queries

LOOK_AGAIN = timedelta(seconds=20)


@lru_cache(2)
def read(rings: tuple[tuple[str, ...], ...]) -> Synonyms:
    """Return the rings by the stems of their words; the same words are read once."""
    return Synonyms(rings)


class Memory:
    """The rings and their stamp; looks again after a while, reads only what has changed."""

    def __init__(self) -> None:
        self.stamp: Hashable = None
        self.looked_at: datetime | None = None
        self.synonyms = Synonyms()

    def current(self, fallback: Synonyms) -> Synonyms:
        now = clock.now()
        if self.looked_at is None or not timedelta() <= now - self.looked_at < LOOK_AGAIN:
            stamp = queries.synonym_stamp()
            if self.looked_at is None or stamp != self.stamp:
                rings = queries.synonym_rings()
                self.synonyms = read(rings) if rings else fallback
            self.stamp, self.looked_at = stamp, now
        return self.synonyms

    def forget(self) -> None:
        self.looked_at = None


memory = Memory()
