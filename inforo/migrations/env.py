"""Run migrations on the engine of the application, so they use its settings."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context

from inforo.app import create_app
from inforo.db import Base, UTCDateTime
from inforo.search import ddl


def render_item(kind, item, _autogen):
    """Keep migrations free of application code: they must run unchanged in ten years."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_name(name, _kind, _parents):
    """Leave alone what full-text search makes for one database only."""
    return not ddl.is_unmapped(name)


def engine_to_use():
    given = context.config.attributes.get("engine")
    return (
        given
        or create_app({"mode": os.environ.get("INFORO_MODE", "demo")}).extensions["engine"]
    )


@contextmanager
def foreign_keys_rest(connection) -> Iterator[None]:
    """Let SQLite rebuild a table without deleting what points to it; look afterwards.

    Changing a column there means a new table and DROP of the old one, which would carry out
    every ON DELETE CASCADE. The switch only works outside of a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    plain = connection.connection.dbapi_connection
    plain.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = plain.execute("PRAGMA foreign_key_check").fetchall()
        assert not broken, f"rows that point to nothing: {broken[:5]}"
    finally:
        plain.execute("PRAGMA foreign_keys=ON")


with engine_to_use().connect() as connection, foreign_keys_rest(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
        include_name=include_name,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
