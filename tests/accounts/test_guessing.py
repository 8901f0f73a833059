"""Links with a secret cannot be guessed at will; needs an application that counts."""

import pytest

from inforo import authz, db
from inforo.app import create_app
from inforo.logs import SECRET_PARTS
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
        "/werkzeugkiste/export/x",
        "/werkzeugkiste/export/x/datei",
        "/abmelden-von-mails/x",
        "/suche/abbestellen/x",
        "/zusammenfassung-abbestellen/x",
    ],
)
def test_guessing_links_ends_with_a_page_that_says_wait(counting, address):
    for _number in range(20):
        assert counting.get(address).status_code == 404

    answer = counting.get(address)

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Geduld" in answer.text


def test_who_guesses_has_no_further_tries_at_another_page(counting):
    for number in range(20):
        assert counting.get(f"/einladung/{number}").status_code == 404

    assert counting.get("/konto/passwort/x").status_code == 429
    assert counting.get("/merkliste/geteilt/x").status_code == 429
    assert counting.get("/hilfe/suche").status_code == 200


def test_every_page_a_secret_opens_counts_who_guesses(app):
    doors = ("public", "signed_in")
    unguarded = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.arguments & set(SECRET_PARTS)
        and authz.door_of(app, rule.endpoint) in doors
        and "token_guess" not in getattr(app.view_functions[rule.endpoint], "limits", ())
    }

    assert not unguarded
