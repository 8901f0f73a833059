"""Tests of the command line run it as operators do, on a demo that is loaded once."""

import pytest

from tests import services
from tests.conftest import DATABASE_URL
from tests.installation import Installation

IS_SQLITE = DATABASE_URL.startswith("sqlite")


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Installation:
    """A demo in SQLite. Tests that change it work on a copy."""
    if not IS_SQLITE:
        pytest.skip("runs once, in the SQLite suite")
    installation = Installation(tmp_path_factory.mktemp("demo") / "instance")
    installation.run("demo")
    return installation


@pytest.fixture
def empty(tmp_path) -> Installation:
    """An installation nobody has set up yet."""
    if not IS_SQLITE:
        pytest.skip("runs once, in the SQLite suite")
    return Installation(tmp_path / "empty")


@pytest.fixture
def redis_url() -> str:
    if not services.has_redis() and not services.REQUIRED:
        pytest.skip("Redis is missing")
    return f"redis://{services.REDIS[0]}:{services.REDIS[1]}/9"


@pytest.fixture
def postgres_url():
    """An empty PostgreSQL database of this test."""
    if not services.has_postgres() and not services.REQUIRED:
        pytest.skip("PostgreSQL is missing")
    url = services.beside(f"operation_{services.unique()}")
    services.recreate(url)
    yield url
    services.drop(url)
