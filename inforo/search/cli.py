"""`inforo search`: build what search stands on."""

import time

import click
from flask.cli import AppGroup

from inforo.search import lexicon, rebuild
from inforo.search.installation import lexicon_path
from inforo.search.models import Kind

search = AppGroup("search", help="Index and word lists of the search.")


@search.command("rebuild")
def rebuild_index() -> None:
    """Write the whole search index anew; the platform may run meanwhile."""
    started, reported = time.monotonic(), dict.fromkeys(Kind, 0)

    def progress(kind: Kind, count: int) -> None:
        if count - reported[kind] >= 10_000:
            reported[kind] = count
            click.echo(f"{kind}: {count}")

    total = rebuild.rebuild(progress)
    seconds = time.monotonic() - started
    click.echo(f"The search index holds {total} documents (built in {seconds:.0f} s).")


@search.command("lexicon")
def build_lexicon() -> None:
    """Build the lexicon of compound words; run `rebuild` afterwards."""
    path = lexicon_path()
    count = lexicon.build(path)
    click.echo(f"The lexicon of compounds knows {count} words ({path}).")
