"""What many adoptions say together: numbers, places on the map, and who followed whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from inforo.adoptions.models import AdoptionStage
from inforo.adoptions.queries import Entry
from inforo.authz import Actor
from inforo.municipalities.outlines import COARSE, Outline, atlas

COLOURS = (1, 3, 6)  # from how many on a Land is darker


@dataclass(frozen=True)
class Area:
    """A Land on the map and in the table beside it."""

    outline: Outline
    number: int

    @property
    def colour(self) -> int:
        return sum(self.number >= limit for limit in COLOURS)


@dataclass(frozen=True)
class Overview:
    """All a reader may know about the adoptions of one thing.

    `shown` are the named ones; `hidden` is how many are interested but not named to guests.
    """

    shown: list[Entry]
    stages: list[tuple[AdoptionStage, int]]
    total: int
    hidden: int
    areas: list[Area] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)

    @property
    def adapted(self) -> list[Entry]:
        """Return those that tell what they changed."""
        return [entry for entry in self.shown if entry.adapted]

    @property
    def lands(self) -> list[Area]:
        """Return the Länder that have any, for the table."""
        found = [area for area in self.areas if area.number]
        return sorted(found, key=lambda area: (-area.number, area.outline.name))


def overview_of(actor: Actor, entries: list[Entry]) -> Overview:
    """Put together what one reader sees; places of the merely interested are for members."""
    shown = [entry for entry in entries if entry.is_public or actor.is_member]
    stages = Counter(entry.stage for entry in entries)
    lands = Counter(entry.state_code for entry in shown)
    sheet = atlas(COARSE)
    return Overview(
        shown,
        [(stage, stages[stage]) for stage in AdoptionStage if stages[stage]],
        len(entries),
        len(entries) - len(shown),
        [Area(outline, lands[outline.code]) for outline in sheet.outlines],
        [
            sheet.place(entry.longitude, entry.latitude)
            for entry in shown
            if entry.longitude is not None and entry.latitude is not None
        ],
    )


@dataclass
class Node:
    """One step of a chain: an example, or a municipality that took it up.

    `entry` is None for examples; `is_here` marks the example of the page.
    """

    example_id: int | None = None
    title: str = ""
    entry: Entry | None = None
    is_here: bool = False
    children: list["Node"] = field(default_factory=list)


def chain_of(actor: Actor, example_id: int, title: str, entries: list[Entry]) -> list[Node]:
    """Return who followed whom and what became of it, as trees that begin with the oldest.

    Adoptions nobody followed and nothing came of are not part of a chain: the list has them.
    """
    known = [entry for entry in entries if entry.is_public or actor.is_member]
    titles = {
        entry.example_id: entry.example_title or "" for entry in known if entry.example_id
    }
    titles |= {entry.became_id: entry.became_title or "" for entry in known if entry.became_id}
    titles[example_id] = title
    came_from = {entry.became_id for entry in known if entry.became_id}
    roots = [key for key in titles if key not in came_from] or [example_id]
    seen: set[tuple[str, int]] = set()
    trees = [example_node(key, titles, known, seen, example_id) for key in roots]
    return [tree for tree in trees if tree.children]


def example_node(
    key: int,
    titles: dict[int, str],
    entries: list[Entry],
    seen: set[tuple[str, int]],
    here: int,
) -> Node:
    """Return an example with the adoptions that took it up directly."""
    node = Node(key, titles[key], is_here=key == here)
    if ("example", key) in seen:
        return node
    seen.add(("example", key))
    mine = [entry for entry in entries if entry.example_id == key]
    ids = {entry.id for entry in mine}
    first = [entry for entry in mine if entry.followed_id not in ids]
    node.children = adoption_nodes(first, titles, entries, seen, here)
    return node


def adoption_nodes(
    chosen: Iterable[Entry],
    titles: dict[int, str],
    entries: list[Entry],
    seen: set[tuple[str, int]],
    here: int,
) -> list[Node]:
    """Return adoptions with those that followed them and the examples they became."""
    nodes = []
    for entry in sorted(chosen, key=lambda entry: (entry.since, entry.id)):
        if ("adoption", entry.id) in seen:
            continue
        seen.add(("adoption", entry.id))
        followers = [other for other in entries if other.followed_id == entry.id]
        children = adoption_nodes(followers, titles, entries, seen, here)
        if entry.became_id:
            children.append(example_node(entry.became_id, titles, entries, seen, here))
        if children or entry.followed_id:
            nodes.append(Node(entry=entry, children=children))
    return nodes
