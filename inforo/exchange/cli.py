"""`inforo exchange`: take the toolbox along, bring foreign databases in."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import click

from inforo.db import reading, session
from inforo.errors import CommandFailed, DomainError
from inforo.exchange import queries
from inforo.exchange.folder import Directory
from inforo.exchange.jobs import Run
from inforo.exchange.making import Selection
from inforo.exchange.mapping import from_toml
from inforo.exchange.models import ImportAs, ImportBatch, Outcome, Stage
from inforo.exchange.reading import Row, folder_files, headings_of
from inforo.exchange.records import Level
from inforo.exchange.staging import Stager, rows_of


@click.group("exchange")
def cli() -> None:
    """Export and import examples and tools."""


@cli.command("export")
@click.argument("target", type=click.Path(path_type=Path))
def export(target: Path) -> None:
    """Write everything to a folder, or to TARGET.jsonl or TARGET.csv."""
    selection = Selection(None, Level.FULL)
    with reading():
        session.rollback()
        if target.suffix in {".jsonl", ".csv"}:
            pieces = selection.lines() if target.suffix == ".jsonl" else selection.table()
            with target.open("wb") as file:
                file.writelines(pieces)
        else:
            selection.write_folder(Directory(target))
    click.echo(f"Exported {len(selection.held)} examples to {target}.")


PATH = click.Path(exists=True, path_type=Path)
AS = click.Choice([each.value for each in ImportAs])
PROBLEMS_SHOWN = 20


@cli.command("import")
@click.argument("source_path", metavar="FILE|FOLDER", type=PATH)
@click.option("--source", default="inforo", help="Where it comes from.")
@click.option("--as", "import_as", type=AS, default="kept", help="What examples become.")
@click.option("--dry-run", is_flag=True, help="Only check.")
def import_(source_path: Path, source: str, import_as: str, dry_run: bool) -> None:
    """Read in lines of records, or an exported folder with its files."""
    batch = new_batch(source_path, source, ImportAs(import_as), {})
    run(batch, source_path, dry_run=dry_run)


@cli.command("import-csv")
@click.argument("source_path", metavar="FILE", type=PATH)
@click.option("--mapping", "mapping_path", required=True, type=PATH)
@click.option("--as", "import_as", type=AS, default="submitted", help="What examples become.")
@click.option("--dry-run", is_flag=True, help="Only check.")
def import_csv(source_path: Path, mapping_path: Path, import_as: str, dry_run: bool) -> None:
    """Read in the table of a foreign database; the mapping says what its columns are."""
    try:
        mapping = from_toml(mapping_path.read_bytes())
        with source_path.open("rb") as file:
            known = headings_of(file, mapping)
    except DomainError as refusal:
        raise CommandFailed(refusal.message) from refusal
    missing = sorted(set(mapping.columns) - set(known))
    if missing:
        raise CommandFailed(f"The file has no column {', '.join(missing)}.")
    source = mapping.source or source_path.stem
    batch = new_batch(source_path, source, ImportAs(import_as), mapping.as_dict())
    run(batch, source_path, dry_run=dry_run)


@cli.command("continue")
@click.argument("number", type=int)
def continue_(number: int) -> None:
    """Go on with an import that was interrupted."""
    batch = queries.get_import(number)
    run(batch, Path(batch.file_name))


def new_batch(path: Path, source: str, import_as: ImportAs, mapping: object) -> ImportBatch:
    batch = ImportBatch(
        is_trusted=True,
        source=source,
        file_name=str(path.resolve()),
        mapping=mapping,
        import_as=import_as,
    )
    session.add(batch)
    session.commit()
    click.echo(f"Import {batch.id} begins; if interrupted: inforo exchange continue {batch.id}")
    return batch


def run(batch: ImportBatch, path: Path, *, dry_run: bool = False) -> None:
    """Check all, make all, release all; each stage where it was left."""
    with ExitStack() as opened:
        work = Run(batch.id, path if path.is_dir() else None)
        work.stager = Stager(batch, all_rows(batch, path, opened), work.root)
        finish(work, "checked")
        report(batch)
        if dry_run:
            batch.stage = Stage.DISCARDING
            finish(work, "discarded")
            return
        for before, after in ((Stage.CHECKED, Stage.APPLYING), (Stage.READY, Stage.RELEASING)):
            if batch.stage is before:
                batch.stage = after
                session.commit()
            finish(work, "made" if after is Stage.APPLYING else "released")
    if batch.stage is not Stage.RELEASED:
        raise CommandFailed(batch.message or f"The import stands at {batch.stage.value}.")
    click.echo(f"Import {batch.id} is released.")


def all_rows(batch: ImportBatch, path: Path, opened: ExitStack) -> Iterator[Row]:
    """Yield the rows of all files, numbered on from file to file."""
    offset = 0
    for each in folder_files(path):
        last = 0
        for row in rows_of(batch, opened.enter_context(each.open("rb"))):
            last = row.number
            yield Row(offset + row.number, row.raw, row.record, row.problem)
        offset += last


def finish(work: Run, verb: str) -> None:
    """Work until the stage is over, with a line that shows how far it is."""
    shows = sys.stderr.isatty()
    count = 0
    while work.step():
        count += 1
        if shows and count % 10 == 0:
            click.echo(f"\r{count} steps {verb} …", nl=False, err=True)


def report(batch: ImportBatch) -> None:
    """Say what would happen, and the first problems."""
    counted = queries.count_outcomes(batch)
    click.echo(", ".join(f"{number} {outcome.value}" for outcome, number in counted.items()))
    rejected = queries.rows_of_import(batch, Outcome.REJECTED, limit=PROBLEMS_SHOWN)
    for row in rejected:
        for problem in row.problems:
            field = f"{problem['field']} " if problem["field"] else ""
            value = f"“{problem['value']}” " if problem["value"] else ""
            click.echo(f"  row {row.number}: {field}{value}{problem['reason']}")
    session.commit()
