"""Which cells of totals may be shown, so that neither they nor differences tell of few.

The answers are split three times over: by Land, kind and size. A cell is shown if it holds
enough municipalities, and if what is left of the whole, or of another cell, after taking away
all shown cells inside it, is either nothing or enough. At last each group of municipalities
that lies in the same shown cells is looked at: if sums and differences of all that is shown
give away one that is too small, the last split is not shown at all.
"""

from collections import Counter
from collections.abc import Mapping

Cells = Mapping[str, frozenset[int]]
PRIME = 2_147_483_647


def shown_cells(splits: Mapping[str, Cells], smallest: int) -> dict[str, set[str]]:
    """Return for each split the labels of the cells that may be shown."""
    shown: dict[str, set[str]] = {}
    for name, cells in splits.items():
        labels = {label for label, inside in cells.items() if len(inside) >= smallest}
        while labels and tells_of_few(splits, shown | {name: labels}, smallest):
            labels.remove(min(labels, key=lambda label: (len(cells[label]), label)))
        shown[name] = labels
        if gives_one_away(splits, shown, smallest):
            shown[name] = set()
    return shown


def everybody(splits: Mapping[str, Cells]) -> frozenset[int]:
    return frozenset().union(
        *(inside for cells in splits.values() for inside in cells.values())
    )


def tells_of_few(
    splits: Mapping[str, Cells], shown: Mapping[str, set[str]], smallest: int
) -> bool:
    """Tell whether some shown set minus shown sets inside it leaves a few."""
    sets = {name: [splits[name][label] for label in labels] for name, labels in shown.items()}
    wholes = [everybody(splits), *(one for found in sets.values() for one in found)]
    for whole in wholes:
        for found in sets.values():
            inside = [one for one in found if one <= whole]
            rest = whole.difference(*inside)
            if inside and 0 < len(rest) < smallest:
                return True
    return False


def gives_one_away(
    splits: Mapping[str, Cells], shown: Mapping[str, set[str]], smallest: int
) -> bool:
    """Tell whether the shown sums determine a small group of those in the same cells.

    Each municipality has a row: 1 for the whole, 1 for each shown cell it is in. Groups are
    equal rows. A group is given away if its row is no combination of those of all others.
    """
    columns = [(name, label) for name, labels in shown.items() for label in sorted(labels)]
    groups: Counter[tuple[int, ...]] = Counter(
        (1, *(int(one in splits[name][label]) for name, label in columns))
        for one in everybody(splits)
    )
    rank = rank_of(list(groups))
    return any(
        rank_of([other for other in groups if other != group]) < rank
        for group, count in groups.items()
        if count < smallest
    )


def rank_of(rows: list[tuple[int, ...]]) -> int:
    """Return the rank of a matrix of small numbers, counted modulo a large prime."""
    basis: dict[int, list[int]] = {}
    for row in rows:
        rest = list(row)
        for pivot, line in basis.items():
            if rest[pivot]:
                factor = rest[pivot]
                rest = [(a - factor * b) % PRIME for a, b in zip(rest, line, strict=True)]
        pivot = next((index for index, value in enumerate(rest) if value), -1)
        if pivot >= 0:
            inverse = pow(rest[pivot], PRIME - 2, PRIME)
            basis[pivot] = [value * inverse % PRIME for value in rest]
    return len(basis)
