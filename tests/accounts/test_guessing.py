"""Links with a secret cannot be guessed at will; needs an application that counts."""

import pytest

from inforo import db
from inforo.app import create_app
from inforo.security import limiter
from tests import reference
from tests.conftest import SETTINGS


@pytest.fixture
def counting(tmp_path):
    """Return a client of an application of its own, which counts requests."""
    bound = db.session.get_bind()
    own = {
        "limits_enabled": True,
        "instance_path": str(tmp_path),
        "database_url": "sqlite+pysqlite:///:memory:",
    }
    app = create_app(SETTINGS | own)
    with app.extensions["engine"].begin() as connection:
        db.Base.metadata.create_all(connection)
        reference.insert_rows(connection)
    yield app.test_client()
    limiter.reset()
    limiter.enabled = False
    db.session.remove()
    db.session.configure(bind=bound)


@pytest.mark.parametrize(
    "address",
    [
        "/konto/passwort/x",
        "/konto/bestaetigen/x",
        "/einladung/x",
        "/merkliste/geteilt/x",
        "/merkliste/dateien/x",
        "/merkliste/dateien/x/laden",
    ],
)
def test_guessing_links_ends_with_a_page_that_says_wait(counting, address):
    for _number in range(20):
        assert counting.get(address).status_code == 404

    answer = counting.get(address)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Geduld" in answer.text
