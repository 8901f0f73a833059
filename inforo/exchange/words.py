"""What an import understands: names of municipalities and terms, and what was wrong."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from inforo.db import folded, session
from inforo.exchange import records
from inforo.exchange.records import Record
from inforo.municipalities.models import State
from inforo.municipalities.names import Place, fold, name_key, stripped
from inforo.municipalities.queries import register
from inforo.vocabularies.models import Term
from inforo.vocabularies.queries import renamed

TOOL_VOCABULARIES = {"category": "tool_category", "phase": "process_step"}
DIGITS = re.compile(r"\d{5}|\d{8}")
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """What is wrong with which field."""

    field: str
    value: str
    reason: str

    def as_dict(self) -> dict[str, str]:
        return {"field": self.field, "value": self.value[:200], "reason": self.reason}


class Words:
    """What this installation knows: municipalities, terms, Länder. Loaded once per run."""

    def __init__(self) -> None:
        self.register = register()
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        for key, place in self.register.names:
            self.by_name[key].append(place)
        self.states = dict(self.load_states())
        self.terms: dict[str, dict[str, str]] = defaultdict(dict)
        self.load_terms()

    def load_states(self) -> list[tuple[str, str]]:
        rows = session.execute(select(State.code, State.name, State.ags)).all()
        return [(folded(str(name)), row[0]) for row in rows for name in row]

    def load_terms(self) -> None:
        merged = renamed(*records.VOCABULARIES, *TOOL_VOCABULARIES.values(), "criterion")
        statement = select(Term).order_by(Term.id.desc())
        for term in session.scalars(statement):
            key = merged.get((term.vocabulary, term.key), term.key)
            for name in (*term.aliases, term.label_en, term.label_de, term.key):
                if name:
                    self.terms[term.vocabulary][folded(str(name))] = key

    def places_named(self, name: str, state_code: str | None) -> list[Place]:
        """Return the municipalities a name may mean, one if it is certain."""
        if DIGITS.fullmatch(name):
            place = self.register.by_ags.get(name)
            return [place] if place else []
        _key, kinds = stripped(fold(name).split())
        found = [
            place
            for place in dict.fromkeys(self.by_name.get(name_key(name), []))
            if (not state_code or place.state_code == state_code)
            and (not kinds or place.kind in kinds)
        ]
        exact = [place for place in found if folded(place.name) == folded(name)]
        return exact or found


@dataclass
class Checked:
    """A record in our own words, and the problems found on the way."""

    record: Record = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, value: Any, reason: str) -> None:
        self.problems.append(Problem(name, str(value), reason))
