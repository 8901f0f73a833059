"""What the command line does with accounts, and what is forgotten in time."""

import secrets
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import event, select

from inforo import clock, sessions
from inforo.accounts import actions, tries
from inforo.accounts.jobs import forget_sessions_and_tokens
from inforo.accounts.models import Account, Attempt, Purpose, Token
from inforo.applications.actions import submit
from inforo.applications.cli import cli
from inforo.applications.models import Application, ApplicationState
from inforo.db import session
from inforo.errors import CommandFailed
from inforo.offices.models import WorkItem
from inforo.sessions import LoginSession
from tests import factories
from tests.reference import MANNHEIM


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_created_account_signs_in_with_the_password_shown(browser):
    shown = run("create", "vera@stadt.example", "Vera", "--municipality", MANNHEIM, "--approve")
    password = shown.rstrip().rpartition(" ")[2]

    page = browser.open("/konto/anmelden?next=/personen/")
    page = page.submit("sign-in", email="vera@stadt.example", password=password)

    assert page.url == "/personen/"


def test_address_is_given_once():
    factories.make_anna(email="anna@stadt.example")

    with pytest.raises(Exception, match="schon ein Konto"):
        run("create", "ANNA@stadt.example", "Anna")


def test_random_password_is_never_refused(monkeypatch):
    monkeypatch.setattr(secrets, "token_hex", lambda size: "273281")

    assert "273281-273281" in run("create", "vera@stadt.example", "Vera")


def test_weak_password_is_refused_on_the_command_line():
    with pytest.raises(CommandFailed, match="mindestens 15"):
        run("create", "vera@stadt.example", "Vera", "--password", "kurz")


def test_approving_settles_the_open_application():
    applicant = factories.make_applicant()
    application = factories.save(
        Application(
            account=applicant, state=ApplicationState.UNCONFIRMED, reason="x", state_code="BW"
        )
    )
    submit(application)
    session.commit()

    run("approve", applicant.email)

    assert session.get(Account, applicant.id).is_approved
    assert session.scalar(select(WorkItem.closed_at)) is not None


def test_closed_account_cannot_sign_in_and_frees_its_address(browser):
    anna = factories.make_anna()
    anna_id, email = anna.id, anna.email
    browser.sign_in(anna)

    run("close", email)

    assert browser.client.get("/konto/sicherheit").status_code == 302
    browser.client.delete_cookie("sid")
    page = browser.open("/konto/anmelden")
    page.submit("sign-in", email=email, password=factories.PASSWORD, status=422)
    assert session.get(Account, anna_id, populate_existing=True).name == "Anna"
    factories.make_anna(email=email)


def test_what_is_over_is_forgotten_and_the_rest_stays(browser):
    anna = factories.make_anna()
    browser.sign_in(anna)
    actions.issue_token(Purpose.RESET, timedelta(hours=1), anna)
    tries.note_try("login", "x")
    session.commit()

    clock.shift(timedelta(hours=2))
    forget_sessions_and_tokens()
    assert session.scalars(select(Token)).all()
    assert session.scalars(select(LoginSession)).all()

    clock.shift(timedelta(days=91))
    forget_sessions_and_tokens()
    for table in (Token, LoginSession, Attempt):
        assert not session.scalars(select(table)).all()


def test_tokens_are_kept_as_hashes_only():
    anna = factories.make_anna()

    token, secret = actions.issue_token(Purpose.RESET, timedelta(hours=1), anna)

    assert token.token_hash == sessions.digest(secret)
    assert secret not in repr(vars(token))


def test_newer_link_ends_the_older_one():
    anna = factories.make_anna()
    first, _secret = actions.issue_token(Purpose.RESET, timedelta(hours=1), anna)

    actions.issue_token(Purpose.RESET, timedelta(hours=1), anna)
    session.refresh(first)

    assert first.used_at is not None


def test_sign_of_life_is_written_before_anything_is_read(app, browser):
    """SQLite lets nobody write who has read what somebody else changed meanwhile."""
    browser.sign_in(factories.make_anna())
    clock.shift(timedelta(minutes=6))
    sent: list[str] = []
    engine = app.extensions["engine"]

    def remember(_conn, _cursor, statement, *_rest):
        sent.append(statement.split()[0])

    event.listen(engine, "before_cursor_execute", remember)
    try:
        browser.open("/impressum")
    finally:
        event.remove(engine, "before_cursor_execute", remember)

    before = sent[: sent.index("UPDATE")]
    assert before.index("ROLLBACK") > before.index("SELECT")
    assert "SELECT" not in before[before.index("ROLLBACK") :]
