"""What must be true before a process may serve people, and what an operator should hear."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from inforo import db, schema
from inforo.assets import BuildFailed
from inforo.config import UnsafeSettings
from inforo.defaults import Settings
from inforo.operation import routes


def refuse_to_start(app: Flask) -> None:
    """Raise UnsafeSettings with everything that must be put right first."""
    problems = [*path_problems(app.extensions["settings"])]
    if not problems:
        problems += [*schema_problems(app), *route_problems(app), *build_problems(app)]
    if problems:
        raise UnsafeSettings("Not started: " + "; ".join(problems) + ".")


def path_problems(settings: Settings) -> Iterator[str]:
    """Find folders and files of this installation that cannot be written."""
    url = make_url(settings.database_url)
    paths = [settings.instance]
    if url.get_backend_name() == "sqlite" and url.database:
        paths += [Path(url.database).parent, Path(url.database)]
    for path in dict.fromkeys(paths):
        if path.exists() and not os.access(path, os.W_OK):
            yield f"{path} cannot be written"
    if not settings.instance.is_dir():
        yield f"{settings.instance} is missing; `inforo db upgrade` makes it"


def schema_problems(app: Flask) -> Iterator[str]:
    try:
        current = schema.current(app.extensions["engine"])
    except OperationalError as error:
        yield f"the database does not answer ({str(error.orig).splitlines()[0]})"
        return
    if (current or "") != schema.head():
        yield (
            f"the database stands at migration {current or 'none'}, this program needs "
            f"{schema.head()}; run `inforo db upgrade`"
        )


def route_problems(app: Flask) -> Iterator[str]:
    for route in routes.list_routes(app):
        if not route.is_guarded:
            yield f"{route.endpoint} does not say who may open it"


def build_problems(app: Flask) -> Iterator[str]:
    """Find out whether the front-end was built; without it every page would fail."""
    manifest = Path(app.static_folder or "") / "build" / "manifest.json"
    if not manifest.is_file():
        yield str(BuildFailed(f"{manifest} is missing; run `python -m inforo.assets` first"))


def refuse_taken_port(settings: Settings) -> None:
    """Raise UnsafeSettings if another program listens where we would."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise UnsafeSettings(
                f"Port {settings.port} of {settings.host} cannot be used ({error.strerror}); "
                "choose another one with INFORO_PORT."
            ) from error


def warnings(settings: Settings) -> Iterator[str]:
    """Say what works but should not stay that way."""
    is_sqlite = make_url(settings.database_url).get_backend_name() == "sqlite"
    if is_sqlite and not db.is_safe_sqlite():
        version = sqlite.sqlite_version
        yield (
            f"SQLite {version} may lose committed writes in WAL mode; the platform uses the "
            "slower DELETE mode. Install pysqlite3 >= 0.6.1."
        )
    if settings.workers > 1 and (is_sqlite or not settings.redis_url):
        yield "several web processes need PostgreSQL and Redis; limits count per process"
    if settings.is_production and not settings.mail_host:
        yield "no mail_host: mails stay in the outbox, nobody can register"
