"""Importing vocabularies and programmes; what editors changed stays as they left it."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from inforo import versions
from inforo.db import session
from inforo.vocabularies.models import Programme, SynonymRing, Term

FOLDER = Path(__file__).resolve().parent.parent / "data"


@dataclass
class VocabularyReport:
    """What an import of the vocabularies added and brought up to date."""

    terms: int = 0
    programmes: int = 0
    rings: int = 0
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.terms} terms and {self.programmes} programmes, "
            f"{self.rings} rings of synonyms: "
            f"{len(self.added)} added, {len(self.changed)} changed."
        )


def import_vocabularies(folder: Path = FOLDER) -> VocabularyReport:
    """Add the terms, programmes and rings of synonyms of the files.

    German labels of fixed vocabularies follow the file. Everything else stays as editors left
    it and only gains aliases; no term is ever removed.
    """
    report = VocabularyReport()
    known = {(term.vocabulary, term.key): term for term in session.scalars(select(Term))}
    vocabularies = json.loads((folder / "vocabularies.json").read_text(encoding="utf-8"))
    for vocabulary, content in vocabularies.items():
        for position, row in enumerate(content["terms"]):
            values = term_values(row, position, content["fixed"])
            import_term(vocabulary, row["key"], values, known, report)
    import_programmes(folder, report)
    import_rings(folder, report)
    session.flush()
    return report


def term_values(row: dict[str, Any], position: int, is_fixed: bool) -> dict[str, Any]:
    return {
        "label_de": row["label"],
        "label_en": row.get("label_en", ""),
        "aliases": row.get("aliases", []),
        "is_fixed": is_fixed,
        "position": position,
    }


def import_term(
    vocabulary: str,
    key: str,
    values: dict[str, Any],
    known: dict[tuple[str, str], Term],
    report: VocabularyReport,
) -> None:
    report.terms += 1
    name = f"{vocabulary}/{key}"
    term = known.get((vocabulary, key))
    if term is None:
        session.add(Term(vocabulary=vocabulary, key=key, **values))
        report.added.append(name)
    elif change_term(term, values):
        report.changed.append(name)


def change_term(term: Term, values: dict[str, Any]) -> bool:
    """Bring a term up to date as far as it is not the editors' own; tell if it changed."""
    merged = list(dict.fromkeys([*term.aliases, *values["aliases"]]))
    kept = {"aliases": merged, "label_en": term.label_en or values["label_en"]}
    values = values | kept if values["is_fixed"] else kept | {"is_fixed": False}
    different = {name: value for name, value in values.items() if getattr(term, name) != value}
    for name, value in different.items():
        setattr(term, name, value)
    return bool(different)


def import_programmes(folder: Path, report: VocabularyReport) -> None:
    """Add programmes that are missing; editors may have changed the others."""
    known = {programme.key for programme in session.scalars(select(Programme))}
    rows = json.loads((folder / "programmes.json").read_text(encoding="utf-8"))
    for position, row in enumerate(rows):
        report.programmes += 1
        if row["key"] not in known:
            session.add(
                Programme(
                    key=row["key"],
                    label_de=row["label"],
                    label_en=row.get("label_en", ""),
                    description=row.get("description", ""),
                    position=position,
                )
            )
            report.added.append(f"programme/{row['key']}")


def import_rings(folder: Path, report: VocabularyReport) -> None:
    """Add rings of synonyms that never were there, and words to those nobody has touched."""
    known = {ring.seed: ring for ring in session.scalars(select(SynonymRing))}
    for words in json.loads((folder / "synonyms.json").read_text(encoding="utf-8")):
        report.rings += 1
        ring = known.get(words[0])
        if ring is None:
            session.add(SynonymRing(words=words, seed=words[0]))
            report.added.append(f"synonyms/{words[0]}")
        elif extend_ring(ring, words):
            report.changed.append(f"synonyms/{words[0]}")


def extend_ring(ring: SynonymRing, words: list[str]) -> bool:
    """Add the words a ring lacks; what editors changed or took out stays as it is."""
    merged = list(dict.fromkeys([*ring.words, *words]))
    if merged == ring.words or ring.retired_at is not None or versions.latest_number(ring):
        return False
    ring.words = merged
    return True
