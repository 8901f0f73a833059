"""`inforo files`: texts and previews of files."""

from datetime import timedelta

import click
from sqlalchemy import delete

from inforo.contents import jobs, making, queries
from inforo.contents.models import FilePreview, FileText
from inforo.db import session


@click.group("files")
def cli() -> None:
    """Texts and previews of uploaded files."""


@cli.command("process")
@click.option("--again", is_flag=True, help="forget what is known, make all of it anew")
def process(again: bool) -> None:
    """Read and draw all files that were not, now; may be interrupted and run again."""
    if again:
        for model in (FileText, FilePreview):
            session.execute(delete(model))
        session.commit()
    if making.office_program() is None:
        click.echo("LibreOffice is not installed: office files are drawn from their text.")
    done = 0
    while keys := queries.waiting_files(limit=100, patience=timedelta()):
        for key in keys:
            jobs.process_file(key=key)
            done += 1
    click.echo(f"{done} files read and drawn.")
