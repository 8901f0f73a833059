"""Which services the tests can use on this machine.

`python -m tests.services` says in one line what a run had to leave out,
`python -m tests.services create URL` makes an empty PostgreSQL database.
"""

import os
import secrets
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, NullPool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# CI sets this: there a missing service is a failure, not a reason to skip.
REQUIRED = os.environ.get("INFORO_REQUIRE_SERVICES", "") == "1"
POSTGRES_URL = os.environ.get("POSTGRES_TEST_URL", "postgresql+psycopg://127.0.0.1/inforo_test")
REDIS = ("127.0.0.1", 6379)


def find_chromium() -> str | None:
    """Return the path of the browser, None if there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def has_libreoffice() -> bool:
    return shutil.which("soffice") is not None


def has_redis() -> bool:
    try:
        socket.create_connection(REDIS, timeout=1).close()
    except OSError:
        return False
    return True


def has_postgres() -> bool:
    try:
        with server():
            return True
    except OperationalError:
        return False


@contextmanager
def server(url: str = POSTGRES_URL) -> Iterator[Connection]:
    """Connect to the server's own database, where databases are made."""
    engine = create_engine(
        make_url(url).set(database="postgres"),
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 2},
        poolclass=NullPool,
    )
    with engine.connect() as connection:
        yield connection


def recreate(url: str) -> None:
    """Make an empty database, in place of the one that may be there."""
    name = make_url(url).database
    with server(url) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))


def beside(name: str) -> str:
    """Return the address of another database on the server of the tests."""
    return make_url(POSTGRES_URL).set(database=f"inforo_{name}").render_as_string(False)


def unique() -> str:
    return secrets.token_hex(4)


def drop(url: str) -> None:
    with server(url) as connection:
        name = make_url(url).database
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def missing() -> list[str]:
    """Return the names of the services that are not there."""
    found = {
        "PostgreSQL": has_postgres(),
        "Redis": has_redis(),
        "Chromium": find_chromium() is not None,
        "LibreOffice": has_libreoffice(),
    }
    return [name for name, is_there in found.items() if not is_there]


def left_out() -> str:
    """Say what the fast run leaves to `make check`, and what this machine could not run."""
    absent = missing()
    hint = f" Missing on this machine: {', '.join(absent)}." if absent else ""
    return f"Left to `make check`: PostgreSQL, browser and wheel tests.{hint}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["create"]:
        recreate(sys.argv[2])
    else:
        print(left_out())
