"""One application per test run, one rolled-back transaction per test.

The suite runs on SQLite in memory; with INFORO_TEST_DATABASE_URL set it runs on that
PostgreSQL database, whose schema `public` is made anew.
"""

import gc
import os
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, g
from sqlalchemy import event, text

from inforo import clock, db
from inforo.app import create_app
from inforo.glossary.linking import memory as words
from inforo.search.rings import memory as rings
from inforo.security import limiter
from tests import reference
from tests.browser import Browser
from tests.stores import bucket_settings, each_storage, object_store

__all__ = ["bucket_settings", "each_storage", "object_store"]  # fixtures from elsewhere
DATABASE_URL = os.environ.get("INFORO_TEST_DATABASE_URL", "sqlite+pysqlite:///:memory:")
TRANSACTION_WORDS = ("SAVEPOINT", "RELEASE", "BEGIN", "ROLLBACK", "PRAGMA")
SETTINGS = {
    "mode": "test",
    "secret_key": "a secret of the test suite, long enough",
    "database_url": DATABASE_URL,
    "base_url": "http://localhost",
    "postgres_idle_timeout_ms": 600_000,  # a test's transaction is open while files are made
    "argon2_memory_kib": 8,
    "argon2_time_cost": 1,
    "staff_needs_second_factor": False,
    "limits_enabled": False,
    "form_min_seconds": 0,
}


@pytest.fixture(scope="session")
def app(tmp_path_factory) -> Flask:
    instance = tmp_path_factory.mktemp("instance")
    app = create_app(SETTINGS | {"instance_path": str(instance)})
    app.before_request_funcs[None].insert(0, forget_last_request)
    engine = app.extensions["engine"]
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        db.Base.metadata.create_all(connection)
        reference.insert_rows(connection)
    gc.freeze()  # what stays for the whole run need not be looked through again and again
    return app


def forget_last_request() -> None:
    """Begin anew: requests of a test share `g` and the database session, real ones do not."""
    vars(g._get_current_object()).clear()
    db.session.flush()
    db.session.expire_all()


@pytest.fixture(autouse=True)
def clean_slate(app: Flask) -> Iterator[None]:
    """Undo everything the test wrote, including what the application committed."""
    engine = app.extensions["engine"]
    with (
        app.app_context(),
        app.test_request_context(base_url="http://localhost"),
        engine.connect() as connection,
    ):
        transaction = connection.begin()
        db.session.remove()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield
        db.session.remove()
        transaction.rollback()
        db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")
    clock.offset = clock.timedelta()
    words.forget()
    rings.forget()
    if limiter.enabled:
        limiter.reset()


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def new_browser(app: Flask) -> Callable[[], Browser]:
    """Open another browser, for a second person in the same test."""
    return lambda: Browser(app)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[Callable[[], object]], int]:
    """Count the statements a call sends to the database."""

    def count(function: Callable[[], object]) -> int:
        statements: list[str] = []
        db.session.expunge_all()
        engine = app.extensions["engine"]

        def remember(_conn, _cursor, statement, *_rest):
            if not statement.startswith(TRANSACTION_WORDS):
                statements.append(statement)

        event.listen(engine, "before_cursor_execute", remember)
        try:
            function()
        finally:
            event.remove(engine, "before_cursor_execute", remember)
        return len(statements)

    return count
