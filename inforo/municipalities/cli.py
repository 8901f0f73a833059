"""`inforo municipalities`: the reference data."""

from pathlib import Path

import click

from inforo.db import session
from inforo.municipalities import actions


@click.group("municipalities")
def cli() -> None:
    """Länder, Kreise and municipalities of the official statistics."""


@cli.command("import")
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def import_(folder: Path | None) -> None:
    """Import the reference data of FOLDER, or the edition that comes with inforo."""
    report = actions.import_reference(folder)
    session.commit()
    for line in report.lines():
        click.echo(line)
