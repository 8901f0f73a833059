"""Where terms are used. Found in the metadata, so that tables added later are included.

A column uses terms if it is a foreign key to `terms.id`, or if it holds the keys of one
vocabulary and says so: `mapped_column(info={"vocabulary": "tool_category"})`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, func, select

from inforo.db import Base, session
from inforo.i18n import _, _l
from inforo.vocabularies.models import Term, TermMerge

OWN = frozenset({Term.__tablename__, TermMerge.__tablename__})
LABELS: dict[str, Any] = {
    "examples": _l("Praxisbeispiele"),
    "tools": _l("Werkzeuge"),
    "threads": _l("Diskussionen"),
    "accounts": _l("Personen"),
    "municipality_profiles": _l("Profile von Kommunen"),
    "groups": _l("Gruppen"),
    "events": _l("Termine"),
    "articles": _l("Meldungen"),
    "recommendations": _l("Empfehlungen"),
}
# Where public things of a table are read; of other kinds only the number is told.
ADDRESSES = {
    "examples": "/werkzeugkiste/beispiele/",
    "tools": "/werkzeugkiste/werkzeuge/",
    "municipality_profiles": "/kommunen/",
    "articles": "/meldungen/",
    "events": "/termine/",
}


@dataclass(frozen=True)
class Reference:
    """A column that names terms, by id or by key."""

    column: Column[Any]
    by_key: bool

    @property
    def table(self) -> Table:
        return self.column.table

    def value_of(self, term: Term) -> Any:
        return term.key if self.by_key else term.id

    @property
    def label(self) -> str:
        """Return what has the term: "Praxisbeispiele"; a table without a name of its own."""
        owners = [self.table.name, *(key.column.table.name for key in owner_keys(self))]
        named = (LABELS[name] for name in owners if name in LABELS)
        return str(next(named, None) or _("Einträge in „%(table)s“", table=self.table.name))

    def address_of(self, row_key: dict[str, Any]) -> str:
        """Return where the object of a row is read; empty for kinds that are not public."""
        for key in owner_keys(self):
            if key.column.table.name in ADDRESSES and key.parent.name in row_key:
                return f"{ADDRESSES[key.column.table.name]}{row_key[key.parent.name]}"
        own = ADDRESSES.get(self.table.name, "")
        return f"{own}{next(iter(row_key.values()))}" if own else ""


def owner_keys(reference: Reference) -> list[Any]:
    """Return the foreign keys of a link table that lead to what has the term."""
    return [key for key in reference.table.foreign_keys if key.parent is not reference.column]


def references(vocabulary: str) -> list[Reference]:
    """Return all columns that may name terms of this vocabulary."""
    found = []
    for table in Base.metadata.sorted_tables:
        if table.name in OWN:
            continue
        for column in table.columns:
            if any(key.column is Term.__table__.c.id for key in column.foreign_keys):
                found.append(Reference(column, by_key=False))
            elif column.info.get("vocabulary") == vocabulary:
                found.append(Reference(column, by_key=True))
    return found


def count_uses(vocabulary: str, terms: Iterable[Term]) -> dict[int, Counter[str]]:
    """Return term id → (what uses it → how often); one query per kind of use."""
    wanted = list(terms)
    counted: dict[int, Counter[str]] = {term.id: Counter() for term in wanted}
    for reference in references(vocabulary):
        ids = {reference.value_of(term): term.id for term in wanted}
        column = reference.column
        statement = select(column, func.count()).where(column.in_(ids)).group_by(column)
        for value, number in session.execute(statement):
            counted[ids[value]][reference.label] += number
    return counted


def unique_sets(table: Table, column: Column[Any]) -> list[list[Column[Any]]]:
    """Return the other columns of each rule that allows an object a term only once."""
    rules: list[list[Column[Any]]] = [list(table.primary_key.columns)]
    rules += [
        list(rule.columns) for rule in table.constraints if isinstance(rule, UniqueConstraint)
    ]
    rules += [list(index.columns) for index in table.indexes if index.unique]
    return [
        [other for other in rule if other is not column] for rule in rules if column in rule
    ]
