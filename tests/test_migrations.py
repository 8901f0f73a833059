"""Migrations lead from nothing to the models, and back."""

import ast
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from inforo import db, schema
from inforo.defaults import Settings
from inforo.search import ddl
from tests import services
from tests.conftest import DATABASE_URL

MIGRATIONS = sorted((schema.MIGRATIONS / "versions").glob("*.py"))


@pytest.fixture
def engine(tmp_path):
    """An empty database of the kind this run uses."""
    is_sqlite = DATABASE_URL.startswith("sqlite")
    url = f"sqlite:///{tmp_path}/new.db" if is_sqlite else services.beside(services.unique())
    if not is_sqlite:
        services.recreate(url)
    engine = db.make_engine(Settings(database_url=url, postgres_statement_timeout_ms=60_000))
    yield engine
    engine.dispose()
    if not is_sqlite:
        services.drop(url)


def tables(engine):
    names = inspect(engine).get_table_names()
    return {name for name in names if name != "alembic_version" and not ddl.is_unmapped(name)}


def include_name(name, _kind, _parents):
    return not ddl.is_unmapped(name)


def differences(engine):
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": include_name}
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, db.Base.metadata)


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def test_migrations_make_the_triggers_the_models_make(engine):
    schema.upgrade(engine)

    statement = text(TRIGGERS[engine.dialect.name])
    made = set(db.session.scalars(statement))
    with engine.connect() as connection:
        assert set(connection.scalars(statement)) == made
    assert "log_entries_update" in made


def test_migrations_lead_to_the_models(engine):
    schema.upgrade(engine)

    assert schema.current(engine) == schema.head()
    assert differences(engine) == []
    assert tables(engine) == set(db.Base.metadata.tables)


def test_migrations_go_down_and_up_again(engine):
    schema.upgrade(engine)

    schema.downgrade(engine, "base")
    assert tables(engine) == set()

    schema.upgrade(engine)
    assert differences(engine) == []


def test_repeated_upgrade_changes_nothing(engine):
    schema.upgrade(engine)

    schema.upgrade(engine)

    assert schema.current(engine) == schema.head()


def test_rebuilding_a_table_keeps_what_points_to_it(engine):
    schema.upgrade(engine, "0001")
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO work_items (kind, subject, title, url, outcome, opened_at, created_at)"
            " VALUES ('report', 'posts:1', 'T', '/', '', '2026-01-01', '2026-01-01')",
            "INSERT INTO work_notes (item_id, text, created_at)"
            " SELECT id, 'Notiz', '2026-01-01' FROM work_items",
        ):
            connection.execute(text(statement))

    schema.upgrade(engine)

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM work_notes")) == 1


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)
def test_migration_stands_alone_and_says_why(path: Path):
    tree = ast.parse(path.read_text())
    modules = [
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
    ]

    assert not any((name or "").startswith("inforo") for name in modules)
    assert len((ast.get_docstring(tree) or "").splitlines()) > 1, "the docstring says why"


def test_there_is_one_newest_migration():
    assert schema.head()
