"""`inforo exchange`: take the toolbox along, bring foreign databases in."""

from pathlib import Path

import click

from inforo.db import reading, session
from inforo.exchange.folder import Directory
from inforo.exchange.making import Selection
from inforo.exchange.records import Level


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
