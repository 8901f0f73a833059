"""Importing the reference data, again and again: nothing that hangs on a unit is lost."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, inspect, select

from inforo import clock
from inforo.db import session
from inforo.errors import CommandFailed
from inforo.municipalities import reference
from inforo.municipalities.mergers import move_references
from inforo.municipalities.models import Municipality, ReferenceImport, State
from inforo.municipalities.reference import Row

CHUNK = 500
LEAST_SHARE = 0.5  # a file that lacks more than half of what we know is the wrong file


@dataclass
class ImportReport:
    """What an import changed. Names are (key, old, new); lists hold keys."""

    total: int = 0
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    dissolved: list[tuple[str, str]] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    merged: list[tuple[str, str]] = field(default_factory=list)
    moved: Counter[str] = field(default_factory=Counter)

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.dissolved or self.merged)

    def lines(self) -> list[str]:
        """Return the report for the command line."""
        if self.is_unchanged:
            return [f"{self.total} municipalities were there already; nothing changed."]
        merged = dict(self.merged)
        return [
            f"{self.total} municipalities: {len(self.added)} added, {len(self.changed)} "
            f"changed, {len(self.dissolved)} dissolved, {len(self.merged)} merged.",
            *(f"renamed {ags}: {old} -> {new}" for ags, old, new in self.renamed),
            *(
                f"dissolved {ags} {name}"
                + ("" if ags in merged else ", successor unknown (mergers.csv)")
                for ags, name in self.dissolved
            ),
            *(f"merged {old} -> {new}" for old, new in self.merged),
            *(f"moved {count} in {table}" for table, count in sorted(self.moved.items())),
        ]

    def __str__(self) -> str:
        return "\n".join(self.lines())


def import_reference(folder: Path | None = None) -> ImportReport:
    """Bring Länder and municipalities to the edition in the folder (default: ours)."""
    folder = folder or reference.FOLDER
    if not folder.is_dir():
        raise CommandFailed(f"{folder} is not a folder.")
    import_states(reference.state_rows(folder))
    wanted = {row["ags"]: row for row in reference.municipality_rows(folder)}
    known = known_rows()
    refuse_wrong_file(wanted, known)
    report = ImportReport(total=len(wanted))
    add_units([row for ags, row in wanted.items() if ags not in known], known, report)
    change_units(wanted, known, report)
    dissolve_units(wanted, known, report)
    follow_mergers(reference.mergers(folder), wanted, report)
    if not report.is_unchanged:
        session.add(ReferenceImport(token=secrets.token_hex(8), report=str(report)))
    session.flush()
    return report


def import_states(rows: list[Row]) -> None:
    known = {state.code: state for state in session.scalars(select(State))}
    for row in rows:
        state = known.get(row["code"])
        if state is None:
            session.add(State(**row))
        else:
            assign(state, row)
    session.flush()


def assign(thing: Any, row: Row) -> None:
    for name, value in row.items():
        if getattr(thing, name) != value:
            setattr(thing, name, value)


def known_rows() -> dict[str, Row]:
    """Return all units in the database as plain rows: 11,000 objects would cost seconds."""
    columns = inspect(Municipality).columns
    found = session.execute(select(*columns)).mappings()
    return {row["ags"]: dict(row) for row in found}


def refuse_wrong_file(wanted: dict[str, Row], known: dict[str, Row]) -> None:
    today = {ags for ags, row in known.items() if row["dissolved_at"] is None}
    if len(today & wanted.keys()) < LEAST_SHARE * len(today):
        raise CommandFailed(
            f"The folder names only {len(today & wanted.keys())} of {len(today)} known "
            "municipalities; nothing was imported."
        )


def add_units(rows: list[Row], known: dict[str, Row], report: ImportReport) -> None:
    """Insert new units; the very first import as plain rows, which is ten times faster."""
    report.added = [row["ags"] for row in rows]
    if known:
        session.add_all(Municipality(**row) for row in rows)
        session.flush()
        return
    # Rows that others point at come first, each batch in a statement of its own.
    table: Table = inspect(Municipality).local_table  # type: ignore[assignment]
    for pointed_at in (True, False):
        batch = [row for row in rows if (row["district_ags"] is None) is pointed_at]
        if batch:
            session.execute(insert(table), batch)


def change_units(wanted: dict[str, Row], known: dict[str, Row], report: ImportReport) -> None:
    """Take over what is different, and bring back what was dissolved by mistake."""
    for ags in (ags for ags in wanted if ags in known):
        row, old = wanted[ags], known[ags]
        if old["dissolved_at"] is not None:
            report.revived.append(ags)
        elif all(old[name] == value for name, value in row.items()):
            continue
        report.changed.append(ags)
        if old["display_name"] != row["display_name"]:
            report.renamed.append((ags, old["display_name"], row["display_name"]))
    for municipality in load(report.changed):
        assign(municipality, wanted[municipality.ags])
        municipality.dissolved_at = municipality.successor_ags = None


def load(keys: Sequence[str]) -> list[Municipality]:
    return [
        municipality
        for start in range(0, len(keys), CHUNK)
        for municipality in session.scalars(
            select(Municipality).where(Municipality.ags.in_(keys[start : start + CHUNK]))
        )
    ]


def dissolve_units(wanted: dict[str, Row], known: dict[str, Row], report: ImportReport) -> None:
    """Mark units the edition does not name any more; their rows stay."""
    gone = [
        ags for ags, row in known.items() if ags not in wanted and row["dissolved_at"] is None
    ]
    for municipality in load(gone):
        municipality.dissolved_at = clock.now()
        report.dissolved.append((municipality.ags, municipality.display_name))


def follow_mergers(
    mergers: dict[str, str], wanted: dict[str, Row], report: ImportReport
) -> None:
    """Lead merged units to their successor, with all that hangs on them."""
    session.flush()
    for municipality in load([ags for ags in mergers if ags not in wanted]):
        new = mergers[municipality.ags]
        if new not in wanted:
            raise CommandFailed(f"mergers.csv: there is no {new} (for {municipality.ags}).")
        if municipality.successor_ags == new:
            continue
        municipality.successor_ags = new
        session.flush()
        report.merged.append((municipality.ags, new))
        report.moved += move_references(municipality.ags, new)
