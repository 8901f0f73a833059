"""The help texts of the self-check: what a criterion means, how it shows, what comes next."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "selfcheck.json"
HIGH = 3  # from this level on the criterion counts among the strengths


@dataclass(frozen=True)
class Guide:
    """What helps to rate one criterion. The texts are German, as the criteria are."""

    about: str
    evidence: str
    steps: tuple[str, ...]  # what comes next, by the level one stands at

    def next_step(self, level: int) -> str:
        return self.steps[level]


@cache
def guides() -> Mapping[str, Guide]:
    """Return key of a criterion → its help texts."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        key: Guide(**row | {"steps": tuple(row["steps"])})
        for key, row in content["criteria"].items()
    }


@cache
def level_texts() -> tuple[str, ...]:
    """Return what each of the levels 0 to 4 means."""
    return tuple(json.loads(FILE.read_text(encoding="utf-8"))["levels"])
