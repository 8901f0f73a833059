"""`inforo mail receive`: what a mail server pipes an incoming mail to."""

import sys

import click

from inforo.config import settings
from inforo.replies.jobs import take
from inforo.replies.models import Outcome

WRONG_DATA, TRY_AGAIN = 65, 75  # EX_DATAERR and EX_TEMPFAIL of sysexits.h


@click.group("mail")
def cli() -> None:
    """The mails that come in."""


@cli.command("receive")
def receive() -> None:
    """Take one mail from standard input; exit code 0, 75 (try again) or 65 (no use)."""
    raw = sys.stdin.buffer.read(settings.reply_max_bytes + 1)
    outcome = take(raw) if raw.strip() else Outcome.UNKNOWN
    if outcome is Outcome.LATER:
        click.echo("inforo: try again in a minute", err=True)
        sys.exit(TRY_AGAIN)
    if outcome is Outcome.UNKNOWN:
        click.echo("inforo: this mail goes to no address of ours", err=True)
        sys.exit(WRONG_DATA)
    click.echo(f"The mail was taken: {outcome.value}.")
