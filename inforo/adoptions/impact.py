"""What came of an example: the numbers of its yearly sheet. Nothing here follows readers.

Page views are not counted, so the sheet tells of adoptions, downloads and what slices above
know (`places.FIGURES`). Downloads are a running total; the sheet of the year before says how
many are new.
"""

from collections import Counter
from typing import Any

from inforo import clock
from inforo.adoptions import queries
from inforo.adoptions.models import AdoptionStage
from inforo.municipalities.models import SizeClass
from inforo.toolbox.models import Example
from inforo.toolbox.places import FIGURES

MOST_ADAPTED = 12
Figures = dict[str, Any]


def figures_of(example: Example, year: int) -> Figures:
    """Return all numbers of a sheet as JSON; labels come when it is shown."""
    entries = [e for e in queries.family_of(example.id) if e.example_id == example.id]
    stages = Counter(entry.stage for entry in entries)
    sizes = Counter(entry.size_class for entry in entries if entry.size_class)
    downloads = sum(attached.downloads for attached in example.files)
    before = queries.find_sheet(example.id, year - 1)
    earlier = before.figures.get("downloads") if before else None
    return {
        "as_of": clock.today().isoformat(),
        "adoptions": len(entries),
        "since_this_year": sum(entry.since.year == year for entry in entries),
        "stages": [[stage.value, stages[stage]] for stage in AdoptionStage if stages[stage]],
        "lands": Counter(entry.state_code for entry in entries).most_common(),
        "sizes": [[size.value, sizes[size]] for size in SizeClass if sizes[size]],
        "downloads": downloads,
        "new_downloads": None if earlier is None else max(0, downloads - earlier),
        "others": [[str(figure.label), figure.count(example)] for figure in FIGURES],
        "adapted": [
            [entry.place, entry.adapted]
            for entry in entries
            if entry.adapted and entry.is_public
        ][:MOST_ADAPTED],
    }


def named(figures: Figures, states: dict[str, str]) -> Figures:
    """Return the numbers with labels in the language in use."""
    return figures | {
        "stages": [(AdoptionStage(key).label, number) for key, number in figures["stages"]],
        "sizes": [(SizeClass(key).label, number) for key, number in figures["sizes"]],
        "lands": [(states.get(key, key), number) for key, number in figures["lands"]],
    }
