"""Which vocabularies there are: their names, and whether their terms are fixed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inforo.i18n import language

FOLDER = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Vocabulary:
    """One controlled list. Of a fixed one only aliases and English labels may change."""

    key: str
    label_de: str
    label_en: str
    is_fixed: bool

    @property
    def label(self) -> str:
        return self.label_en if language() == "en" else self.label_de


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """Return all vocabularies of `data/vocabularies.json` by key, in its order."""
    content = json.loads((FOLDER / "vocabularies.json").read_text(encoding="utf-8"))
    return {
        key: Vocabulary(key, row["label"], row.get("label_en", row["label"]), row["fixed"])
        for key, row in content.items()
    }


def is_fixed(vocabulary: str) -> bool:
    known = vocabularies().get(vocabulary)
    return known is None or known.is_fixed
