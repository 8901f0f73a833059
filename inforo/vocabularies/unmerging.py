"""Going back from a merge: what is restored, and what a later change forbids."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Table, insert, select, update

from inforo import audit, clock
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.vocabularies import queries
from inforo.vocabularies.merging import (
    Row,
    as_json,
    bound,
    identity,
    lock,
    matches,
    rows_with,
    title_of,
)
from inforo.vocabularies.models import Outcome, TermMerge, TermMergeLink
from inforo.vocabularies.references import Reference, references


class CannotUndo(DomainError):
    """What came later has to be undone first."""


@dataclass
class Undoing:
    """What undoing a merge would restore, and what later changes have made impossible."""

    restored: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


def refuse_undo(made: TermMerge) -> None:
    """Raise unless nothing came later that has to be undone first."""
    if made.undone_at is not None:
        raise CannotUndo(_("Diese Zusammenführung ist schon aufgehoben."))
    if made.target.merged_at is not None:
        later = queries.open_merge_of(made.target)
        raise CannotUndo(
            _(
                "„%(target)s“ ist inzwischen in „%(later)s“ aufgegangen. Heben Sie zuerst "
                "diese Zusammenführung auf.",
                target=made.target.label_de,
                later=later.target.label_de if later else "",
            )
        )


def undoing(made: TermMerge) -> Undoing:
    """Return what undoing would restore, without changing anything."""
    found = Undoing()
    for reference, links in grouped(made):
        possible = restorable(made, reference, links)
        found.restored[reference.label] += len(possible)
        found.lost[reference.label] += len(links) - len(possible)
    return found


def undo(actor: Actor, made: TermMerge, reason: str) -> Undoing:
    """Give the source back its links and names, as far as later changes allow it."""
    lock(made.source, made.target)
    refuse_undo(made)
    found = undoing(made)
    for reference, links in grouped(made):
        restore(made, reference, restorable(made, reference, links))
    gone = set(map(str, made.added_aliases))
    made.target.aliases = [name for name in made.target.aliases if name not in gone]
    made.source.merged_at = None
    made.target.changed_at = made.source.changed_at = clock.now()
    made.undone_at, made.undone_by_id = clock.now(), actor.account_id
    made.undone_reason = reason
    title = title_of(made.source, made.target)
    audit.record(actor, "unmerge_terms", made.target, reason, title=title)
    session.flush()
    session.expire_all()
    return found


@dataclass(frozen=True)
class Kind:
    """What a merge did with the links of one kind, and where their objects are read."""

    label: str
    moved: int
    doubles: int
    addresses: list[str]


def described(made: TermMerge) -> list[Kind]:
    """Return what a merge did, kind by kind."""
    kinds = []
    for reference, links in grouped(made):
        doubles = sum(link.outcome is Outcome.DOUBLE for link in links)
        addresses = [reference.address_of(link.row_key) for link in links]
        shown = sorted({address for address in addresses if address})
        kinds.append(Kind(reference.label, len(links) - doubles, doubles, shown))
    return kinds


def grouped(made: TermMerge) -> list[tuple[Reference, list[TermMergeLink]]]:
    """Return the noted links by column; columns that are gone today are left out."""
    known = {
        (reference.table.name, reference.column.name): reference
        for reference in references(made.source.vocabulary)
    }
    found: dict[tuple[str, str], list[TermMergeLink]] = {}
    for link in queries.links_of(made):
        found.setdefault((link.table_name, link.column_name), []).append(link)
    return [(known[place], links) for place, links in found.items() if place in known]


def restorable(
    made: TermMerge, reference: Reference, links: list[TermMergeLink]
) -> list[TermMergeLink]:
    """Return the links that are still as the merge left them."""
    now_target = keys_with(reference, reference.value_of(made.target))
    now_source = keys_with(reference, reference.value_of(made.source))
    parents = Parents(reference)
    return [
        link
        for link in links
        if frozen(link.row_key) not in now_source
        and (
            frozen(link.row_key) in now_target
            if link.outcome is Outcome.MOVED
            else parents.exist(link.row)
        )
    ]


def keys_with(reference: Reference, value: Any) -> set[Any]:
    rows = rows_with(reference, value)
    return {frozen(as_json(identity(reference, row))) for row in rows}


def frozen(row: Row) -> frozenset[tuple[str, Any]]:
    return frozenset(row.items())


class Parents:
    """Tells whether what a deleted link belonged to is still there; asks once per object."""

    def __init__(self, reference: Reference) -> None:
        self.keys = [
            key for key in reference.table.foreign_keys if key.parent is not reference.column
        ]
        self.known: dict[tuple[str, Any], bool] = {}

    def exist(self, row: Row) -> bool:
        return all(
            row[key.parent.name] is None or self.has(key.column, row[key.parent.name])
            for key in self.keys
        )

    def has(self, column: Column[Any], value: Any) -> bool:
        place = (str(column), value)
        if place not in self.known:
            statement = select(column).where(column == value)
            self.known[place] = session.execute(statement).first() is not None
        return self.known[place]


def restore(made: TermMerge, reference: Reference, links: list[TermMergeLink]) -> None:
    table, column = reference.table, reference.column
    old, new = reference.value_of(made.source), reference.value_of(made.target)
    moved = [link for link in links if link.outcome is Outcome.MOVED]
    doubles = [link for link in links if link.outcome is Outcome.DOUBLE]
    if moved:
        session.connection().execute(
            update(table).where(*matches(reference)).values({column: old}),
            [bound(python_values(table, link.row_key), new) for link in moved],
        )
    if doubles:
        session.execute(insert(table), [python_values(table, link.row) for link in doubles])


def python_values(table: Table, row: Row) -> Row:
    return {name: typed(table.columns[name], value) for name, value in row.items()}


def typed(column: Column[Any], value: Any) -> Any:
    """Return a value from the history as its column wants it."""
    kind = column.type.python_type
    if not isinstance(value, str) or not isinstance(kind, type):
        return value
    if issubclass(kind, Enum):
        return kind(value)
    return kind.fromisoformat(value) if issubclass(kind, datetime | date) else value
