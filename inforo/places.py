"""Places on pages that slices above fill.

A page does not know what others have to say on it. It offers places; a slice above registers
a function that returns HTML for one reader and one object:

    @GROUP_SIDE.filled(order=20)
    def collections_panel(actor: Actor, group: Group) -> str: ...

Each filler may send one statement: pages have a budget of them.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from markupsafe import Markup

from inforo.authz import Actor

Shown = TypeVar("Shown")
Filler = Callable[[Actor, Shown], str]


class Place(Generic[Shown]):
    """A part of a page; its fillers come in the order of their numbers."""

    def __init__(self) -> None:
        self.fillers: list[tuple[int, Filler[Shown]]] = []

    def filled(self, order: int) -> Callable[[Filler[Shown]], Filler[Shown]]:
        """Let a function fill this place."""

        def register(filler: Filler[Shown]) -> Filler[Shown]:
            self.fillers.append((order, filler))
            self.fillers.sort(key=lambda entry: entry[0])
            return filler

        return register

    def html(self, actor: Actor, shown: Shown) -> Markup:
        """Return what all fillers have to say; each renders a template, so it is safe."""
        pieces = (filler(actor, shown) for _order, filler in self.fillers)
        return Markup("\n").join(Markup(piece) for piece in pieces)  # noqa: S704
