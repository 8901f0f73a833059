"""`inforo files`: texts and previews of files, and moving them to another storage."""

from datetime import timedelta

import click
from sqlalchemy import delete

from inforo import storage
from inforo.config import settings
from inforo.contents import jobs, making, queries
from inforo.contents.models import FilePreview, FileText
from inforo.db import session
from inforo.errors import CommandFailed

TOLD_EVERY = 500


@click.group("files")
def cli() -> None:
    """Uploaded files: texts, previews, and where they lie."""


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


@cli.command("copy")
@click.argument("target", type=click.Choice(["s3", "folder"]))
def copy(target: str) -> None:
    """Copy all files into the S3 bucket, or out of it; what is there already is skipped."""
    if not settings.s3_bucket:
        raise CommandFailed("Set s3_bucket and its companions first; see docs/operations.md.")
    stores = storage.local(), storage.bucket()
    source, goal = stores if target == "s3" else reversed(stores)
    copied = skipped = megabytes = 0.0
    for is_new, size in storage.copy_all(source, goal):
        copied, skipped = copied + is_new, skipped + (not is_new)
        megabytes += size / 1_000_000 * is_new
        if (copied + skipped) % TOLD_EVERY == 0:
            click.echo(f"{copied + skipped:.0f} files looked at, {megabytes:.0f} MB copied …")
    click.echo(f"{copied:.0f} files copied ({megabytes:.1f} MB), {skipped:.0f} were there.")
