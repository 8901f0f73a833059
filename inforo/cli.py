"""The command line `inforo`: one sentence about what was done, errors in one line on stderr."""

import sys
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from inforo.app import create_app
from inforo.config import UnsafeSettings
from inforo.db import session
from inforo.errors import CommandFailed, DomainError


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


def main() -> None:
    """Run the command line; every expected failure is one line and exit code 1."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        fail(error.format_message(), error.exit_code)
    except (UnsafeSettings, CommandFailed, DomainError) as error:
        fail(str(error), 1)
    except OperationalError as error:
        fail(f"The database does not answer: {str(error.orig).splitlines()[0]}", 1)
    except (click.Abort, KeyboardInterrupt):
        fail("Stopped.", 130)


def fail(message: str, code: int) -> None:
    click.echo(f"inforo: {message}", err=True)
    sys.exit(code)
