"""Merging two terms: which links move, and what is noted so that `unmerging` can go back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, bindparam, delete, select, update

from inforo import audit, clock
from inforo.authz import Actor
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.vocabularies.models import Outcome, Term, TermMerge, TermMergeLink
from inforo.vocabularies.references import Reference, references, unique_sets

Row = dict[str, Any]


class CannotMerge(DomainError):
    """These two cannot become one; the sentence says why."""


@dataclass(frozen=True)
class Links:
    """The rows of one column that name the source: those to move, and doubles."""

    reference: Reference
    moving: list[Row]
    doubles: list[Row]


def check(source: Term, target: Term) -> None:
    if source.id == target.id:
        raise CannotMerge(_("Bitte wählen Sie ein anderes Schlagwort als Ziel."))
    if source.vocabulary != target.vocabulary:
        raise CannotMerge(_("Beide Schlagwörter müssen zum selben Vokabular gehören."))
    if source.merged_at or target.merged_at:
        raise CannotMerge(_("Eines der beiden ist schon in einem anderen aufgegangen."))


def preview(source: Term, target: Term) -> list[Links]:
    """Return what a merge would do with each kind of link."""
    return list(affected(source, target))


def affected(source: Term, target: Term) -> Iterator[Links]:
    for reference in references(source.vocabulary):
        old = rows_with(reference, reference.value_of(source))
        if not old:
            continue
        new = rows_with(reference, reference.value_of(target))
        taken = [
            (rule, {values_of(row, rule) for row in new})
            for rule in unique_sets(reference.table, reference.column)
        ]
        doubles = [row for row in old if any(is_taken(row, *rule) for rule in taken)]
        yield Links(reference, [row for row in old if row not in doubles], doubles)


def rows_with(reference: Reference, value: Any) -> list[Row]:
    statement = select(reference.table).where(reference.column == value)
    return [dict(row) for row in session.execute(statement).mappings()]


def values_of(row: Row, columns: Sequence[Column[Any]]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in columns)


def is_taken(row: Row, rule: Sequence[Column[Any]], taken: set[tuple[Any, ...]]) -> bool:
    values = values_of(row, rule)
    return None not in values and values in taken


def merge(actor: Actor, source: Term, target: Term, reason: str) -> TermMerge:
    """Let `target` stand for `source`: its links move, its names become aliases."""
    lock(source, target)
    check(source, target)
    made = TermMerge(
        source_id=source.id, target_id=target.id, actor_id=actor.account_id, reason=reason
    )
    session.add(made)
    session.flush()
    for links in preview(source, target):
        move(links, source, target)
        session.add_all(noted(made, links))
    made.added_aliases = target.add_aliases(source.names())
    target.changed_at = source.changed_at = source.merged_at = clock.now()
    audit.record(actor, "merge_terms", target, reason, title=title_of(source, target))
    session.flush()
    session.expire_all()
    return made


def lock(*terms: Term) -> None:
    """Let nobody link or merge these terms meanwhile (PostgreSQL; SQLite has one writer)."""
    ids = [term.id for term in terms]
    rows = select(Term).where(Term.id.in_(ids)).order_by(Term.id).with_for_update()
    session.scalars(rows.execution_options(populate_existing=True)).all()


def title_of(source: Term, target: Term) -> str:
    return f"{source.label_de} → {target.label_de}"


def move(links: Links, source: Term, target: Term) -> None:
    """Remove the doubles and let the rest name the target, in two statements."""
    reference = links.reference
    table, column = reference.table, reference.column
    old, new = reference.value_of(source), reference.value_of(target)
    if links.doubles:
        keys = [bound(identity(reference, row), old) for row in links.doubles]
        session.connection().execute(delete(table).where(*matches(reference)), keys)
    if links.moving:
        session.execute(update(table).where(column == old).values({column: new}))


def identity(reference: Reference, row: Row) -> Row:
    """Return what finds a row again, without the column that names the term."""
    table = reference.table
    return {
        column.name: row[column.name]
        for column in table.primary_key
        if column is not reference.column
    }


def matches(reference: Reference) -> list[Any]:
    """Return the condition that finds one row by its identity and its term."""
    keys = [column for column in reference.table.primary_key if column is not reference.column]
    return [column == bindparam(f"key_{column.name}") for column in keys] + [
        reference.column == bindparam("key_term")
    ]


def bound(row_key: Row, value: Any) -> Row:
    return {f"key_{name}": part for name, part in row_key.items()} | {"key_term": value}


def noted(made: TermMerge, links: Links) -> Iterator[TermMergeLink]:
    """Yield the history of each link."""
    reference = links.reference
    for outcome, rows in ((Outcome.MOVED, links.moving), (Outcome.DOUBLE, links.doubles)):
        for row in rows:
            yield TermMergeLink(
                merge_id=made.id,
                table_name=reference.table.name,
                column_name=reference.column.name,
                outcome=outcome,
                row_key=as_json(identity(reference, row)),
                row=as_json(row) if outcome is Outcome.DOUBLE else {},
            )


def as_json(row: Row) -> Row:
    return {name: plain(value) for name, value in row.items()}


def plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
