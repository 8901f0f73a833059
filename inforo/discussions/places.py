"""What slices above add to discussions: places on pages, threads, things to do.

@NEW_POST.then
def tell_somebody(post: Post) -> None: ...
"""

from collections.abc import Callable
from typing import Any

from inforo.authz import Actor
from inforo.discussions.models import Post, Thread
from inforo.places import Place

THREAD_QUESTION: Place[Thread] = Place()  # below the question, before the answers
# Each selects the ids of further threads that count as somebody's own.
OWN_THREADS: list[Callable[[Actor], Any]] = []


class Telling:
    """Somebody writes: who else is to be told, besides those who follow."""

    def __init__(self) -> None:
        self.steps: list[Callable[[Post], None]] = []

    def then(self, step: Callable[[Post], None]) -> Callable[[Post], None]:
        self.steps.append(step)
        return step

    def happened(self, post: Post) -> None:
        for step in self.steps:
            step(post)


NEW_POST = Telling()
