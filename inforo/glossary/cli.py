"""`inforo glossary`: the entries that come with inforo."""

import click

from inforo.db import session
from inforo.glossary import actions


@click.group("glossary")
def cli() -> None:
    """Words and what they mean."""


@cli.command("import")
def import_() -> None:
    """Add the entries that come with inforo; what was edited stays."""
    added = actions.import_entries()
    session.commit()
    click.echo(f"{added} entries of the glossary added.")
