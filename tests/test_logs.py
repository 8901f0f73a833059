"""Log lines say what happened, in one line each, and give nothing away."""

import json
import logging
import sys

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from inforo import db, logs
from inforo.accounts.models import Account
from tests import factories
from tests.collections.making import make_collection, make_link


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="inforo.web")
    return lambda kind: [logs.formatter(kind).format(record) for record in caplog.records]


@pytest.mark.parametrize("kind", ["text", "json"])
def test_nobody_else_writes_lines_into_the_log(browser, lines, kind):
    browser.open("/gibt-es-nicht%0D%0AGET%20/erfunden%1B[31m", status=404)

    [line] = lines(kind)
    assert "\n" not in line
    assert "\x1b[31m" not in line
    assert "erfunden" in line


def test_log_names_no_address_that_opens_a_page(browser, lines):
    link = make_link(make_collection(factories.make_anna(), factories.make_example()))

    browser.open(f"/merkliste/geteilt/{link.secret}")
    browser.open("/konto/passwort/geheim-geheim-geheim", status=404)

    said = [json.loads(line)["event"] for line in lines("json")]
    assert said[0].startswith("GET /merkliste/geteilt/… 200")
    assert said[1].startswith("GET /konto/passwort/… 404")


@pytest.mark.parametrize("kind", ["text", "json"])
def test_crash_is_logged_without_what_was_typed(kind):
    def fail(typed: str) -> None:
        raise ValueError

    secret = "Marktplatz-" + "Geheimnis"
    try:
        fail(secret)
    except ValueError:
        record = logging.LogRecord(
            "inforo", logging.ERROR, "x", 1, "request failed", (), sys.exc_info()
        )

    line = logs.formatter(kind).format(record)

    assert "ValueError" in line
    assert secret not in line


@pytest.mark.parametrize("kind", ["text", "json"])
def test_crash_of_the_database_is_logged_without_the_row(app, kind):
    anna = factories.make_anna()
    statement = insert(Account).values(
        id=anna.id, email="geheim@amt.example", email_key="geheim@amt.example", name="Geheimrat"
    )
    try:
        db.session.execute(statement)
    except IntegrityError:
        record = logging.LogRecord(
            "inforo", logging.ERROR, "x", 1, "request failed", (), sys.exc_info()
        )
        db.session.rollback()

    line = logs.formatter(kind).format(record).casefold()

    assert "integrityerror" in line
    assert "geheim@amt.example" not in line
    assert "geheimrat" not in line
