"""`inforo vocabularies`: the controlled lists of terms."""

import click

from inforo.db import session
from inforo.vocabularies import actions


@click.group("vocabularies")
def cli() -> None:
    """Terms and programmes."""


@cli.command("import")
def import_() -> None:
    """Add terms, programmes and synonyms that come with inforo; what was edited stays."""
    report = actions.import_vocabularies()
    session.commit()
    click.echo(str(report))
