"""The command line `inforo`: one sentence about what was done, errors in one line on stderr."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import update_wrapper
from pathlib import Path
from typing import Any, cast

import click
from flask import Flask
from sqlalchemy.exc import DBAPIError

from inforo import schema
from inforo.app import create_app
from inforo.applications.cli import cli as accounts
from inforo.config import UnsafeSettings
from inforo.contents.cli import cli as files
from inforo.db import session
from inforo.digests.cli import cli as digests
from inforo.errors import CommandFailed, DomainError
from inforo.exchange.cli import cli as exchange
from inforo.glossary.cli import cli as glossary
from inforo.municipalities.cli import cli as municipalities
from inforo.offices.cli import cli as roles
from inforo.operation import (
    backup,
    installing,
    integrity,
    processes,
    purging,
    routes,
    start,
)
from inforo.replies.cli import cli as received
from inforo.search.cli import search
from inforo.vocabularies.cli import cli as vocabularies

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h
SLICE_GROUPS = (
    accounts,
    roles,
    municipalities,
    vocabularies,
    glossary,
    exchange,
    files,
    digests,
    received,
    search,
)


@click.group()
@click.version_option(package_name="inforo")
def cli() -> None:
    """The exchange platform inforo: run it, fill it, keep it."""


def application(**overrides: Any) -> Flask:
    return create_app(overrides)


def with_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command inside the application, as one unit of work of its own."""

    def run(*args: Any, **kwargs: Any) -> Any:
        app = application()
        base_url = app.extensions["settings"].base_url
        with app.app_context(), app.test_request_context(base_url=base_url):
            try:
                return command(*args, **kwargs)
            finally:
                session.remove()

    return update_wrapper(run, command)


def add_slice(group: click.Group) -> None:
    """Offer the commands of a slice; each one runs inside the application."""
    for command in group.commands.values():
        if command.callback is not None:
            command.callback = with_app(command.callback)
    cli.add_command(group)


def or_try_again(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a mail server keep a mail that could not be taken for whatever reason."""

    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Exception as error:  # a mail must not be lost for a mistake of ours
            return fail(f"{type(error).__name__}, try again later", TRY_AGAIN)

    return update_wrapper(run, command)


for slice_group in SLICE_GROUPS:
    add_slice(slice_group)
received.commands["receive"].callback = or_try_again(
    cast(Callable[..., Any], received.commands["receive"].callback)
)


@cli.command()
@click.option("--demo", "with_demo", is_flag=True, help="Load the demo first if it is missing.")
def serve(with_demo: bool) -> None:
    """Run web and worker until SIGTERM or Ctrl+C."""
    if with_demo:
        installing.choose_demo_mode()
        processes.run_apart(prepare_demo)
    sys.exit(processes.serve(with_worker=True, ready=announce))


def prepare_demo() -> None:
    with told_in_one_line():
        with_app(installing.prepare_demo)(click.echo)


@cli.command()
def web() -> None:
    """Run the web process alone, for several nodes."""
    sys.exit(processes.serve(with_worker=False, ready=announce))


@cli.command()
@click.option("--without-schedule", is_flag=True, help="Leave the clock to another one.")
def worker(without_schedule: bool) -> None:
    """Run the worker alone. Of several workers only one may have the schedule."""
    start.refuse_to_start(application())
    processes.run_worker(with_schedule=not without_schedule)


def announce(app: Flask) -> None:
    """Say where the platform can be opened, and in the demo who may sign in."""
    config = app.extensions["settings"]
    click.echo(f"inforo runs at {config.base_url} (stop it with Ctrl+C).")
    if config.demo:
        click.echo(installing.demo_accounts())


@cli.group()
def db() -> None:
    """The schema of the database."""


@db.command()
@with_app
def upgrade() -> None:
    """Bring the database to the schema of this program; make it if there is none."""
    installing.upgrade(click.echo)


@db.command()
@with_app
def current() -> None:
    """Say at which migration the database stands."""
    stands_at = schema.current(session.get_bind())  # type: ignore[arg-type]
    state = "up to date" if stands_at == schema.head() else f"newest: {schema.head()}"
    click.echo(f"The database stands at {stands_at or 'no migration'} ({state}).")


@cli.command()
@click.option("--size", type=click.Choice(["small", "large"]), default="small")
@click.option("--scale", default=1.0, help="Part of the large set, 0.1 for a tenth.")
def demo(size: str, scale: float) -> None:
    """Make this folder a demo: database, reference data, invented people and content."""
    installing.choose_demo_mode()
    with_app(installing.load_demo)(size, scale, click.echo)


@cli.command("routes")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_routes(as_json: bool) -> None:
    """List all addresses: method, address, view, who may open it, what limits it."""
    listed = routes.list_routes(application(mode="test"))
    if as_json:
        click.echo(json.dumps([asdict(route) for route in listed], indent=1))
    else:
        click.echo("\n".join(routes.as_table(listed)))
    unguarded = [route.endpoint for route in listed if not route.is_guarded]
    if unguarded:
        raise CommandFailed(f"No rule says who may open {', '.join(sorted(set(unguarded)))}.")


@cli.command()
@with_app
def check() -> None:
    """Look for damaged data; one line per finding, exit code 1 if there is one."""
    found = list(integrity.findings())
    for finding in found:
        click.echo(finding)
    if found:
        noun = "finding" if len(found) == 1 else "findings"
        raise CommandFailed(f"{len(found)} {noun}; docs/operations.md says what to do.")
    click.echo("The data are sound.")


@cli.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_app
def write_backup(file: Path) -> None:
    """Write everything into one FILE (.tar.gz) while the platform runs."""
    click.echo(f"{file} holds {backup.write(file)}.")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is in this installation.")
@with_app
def restore(file: Path, force: bool) -> None:
    """Put the backup FILE into this installation; stop the platform before."""
    click.echo(f"Restored {backup.restore(file, force=force)}.")


@cli.command()
@with_app
def purge() -> None:
    """Delete now what the retention times say must go."""
    click.echo(f"Done: {', '.join(purging.purge())}.")


@cli.group()
def mails() -> None:
    """The outbox."""


@mails.command()
@with_app
def send() -> None:
    """Send now what is due in the outbox."""
    click.echo(purging.send_mails())


def main() -> None:
    """Run the command line; every expected failure is one line and exit code 1."""
    with told_in_one_line():
        cli.main(standalone_mode=False)


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """End the process with what went wrong, instead of where in the program it did."""
    try:
        yield
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        fail(error.format_message(), error.exit_code)
    except (UnsafeSettings, CommandFailed, DomainError) as error:
        fail(str(error), 1)
    except DBAPIError as error:
        fail(f"The database refused: {str(error.orig).splitlines()[0]}", 1)
    except (click.Abort, KeyboardInterrupt):
        fail("Stopped.", 130)


def fail(message: str, code: int) -> None:
    click.echo(f"inforo: {message}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
