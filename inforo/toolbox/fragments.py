"""Pieces of public pages, rendered once and kept in memory for the next reader.

The key of a piece names everything it shows: the version of the content, the language, and
whether the reader is a member where that makes a difference. So nothing has to be thrown
away by hand: a new version has a new key, and the oldest keys make room. Names that come
from elsewhere (terms, municipalities) are at most ten minutes old.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from markupsafe import Markup

from inforo import clock

Piece = TypeVar("Piece")
SLOT_SECONDS = 600
LIMIT = 400
MARGIN = re.compile(r"\n\s+")


class Fragments:
    """A bounded memory of rendered pieces; the longest unused one goes first."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.kept: OrderedDict[Hashable, object] = OrderedDict()
        self.lock = Lock()

    def remember(self, key: Hashable, make: Callable[[], Piece]) -> Piece:
        """Return the piece of this key, made at the first call of a time slot."""
        slot = (key, int(clock.now().timestamp()) // SLOT_SECONDS)
        with self.lock:
            if slot in self.kept:
                self.kept.move_to_end(slot)
                return self.kept[slot]  # type: ignore[return-value]
        made = make()
        with self.lock:
            self.kept[slot] = made
            while len(self.kept) > self.limit:
                self.kept.popitem(last=False)
        return made


def without_margins(html: Markup) -> Markup:
    """Return HTML without indentation; not for text where blanks count (`pre`)."""
    return Markup(MARGIN.sub("\n", html))  # noqa: S704 (was safe, and lost only blanks)


kept = Fragments()
