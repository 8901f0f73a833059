"""`inforo digests`: sending digests by hand."""

import click

from inforo.digests import jobs


@click.group("digests")
def cli() -> None:
    """The digests that people get by mail."""


@cli.command("send")
def send() -> None:
    """Write the digests that are due now, as the worker does every five minutes."""
    click.echo(f"Wrote {jobs.write_due()} digests; the worker or `mails send` delivers them.")
