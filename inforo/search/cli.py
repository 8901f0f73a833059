"""`inforo search`: build what search stands on."""

import time

import click
from flask.cli import AppGroup

from inforo.search import lexicon, rebuild
from inforo.search.installation import lexicon_path

search = AppGroup("search", help="Index and word lists of the search.")


@search.command("rebuild")
@click.option("--afresh", is_flag=True, help="Do not go on with an interrupted rebuild.")
def rebuild_index(*, afresh: bool) -> None:
    """Write the whole search index anew; the platform may run meanwhile.

    An interrupted rebuild goes on where it stopped.
    """
    started = time.monotonic()
    if rebuild.is_interrupted() and not afresh:
        click.echo("Going on with the interrupted rebuild.")
    total = rebuild.rebuild(Percent(), afresh=afresh)
    seconds = time.monotonic() - started
    click.echo(f"The search index holds {total} documents (built in {seconds:.0f} s).")


class Percent:
    """Says each further percent once."""

    def __init__(self) -> None:
        self.said = -1

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // max(1, total)
        if percent > self.said:
            self.said = percent
            click.echo(f"{percent:3} % ({done} of about {total})")


@search.command("lexicon")
def build_lexicon() -> None:
    """Build the lexicon of compound words; run `rebuild` afterwards."""
    path = lexicon_path()
    count = lexicon.build(path)
    click.echo(f"The lexicon of compounds knows {count} words ({path}).")
