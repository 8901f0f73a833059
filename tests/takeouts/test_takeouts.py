"""One file with everything about a person, and nothing about anybody else."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest

from inforo import clock, files, jobs
from inforo.db import Base, session
from inforo.sanctions.models import PersonNote
from inforo.sessions import LoginSession
from inforo.takeouts.belongings import BELONGINGS, NOT_THEIRS
from inforo.takeouts.jobs import forget_takeouts
from inforo.takeouts.making import column_of, name_of, names_account
from inforo.takeouts.models import Takeout
from tests.factories import make_account, make_anna, make_clara, make_thread, save
from tests.polls.making import make_poll, vote_as

PAGE = "/konto/daten"


def take(browser) -> zipfile.ZipFile:
    browser.open(PAGE).submit("order")
    jobs.work_all()
    link = browser.open(PAGE).html.select_one(f"main a[href^='{PAGE}/']")
    answer = browser.client.get(link["href"])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(io.BytesIO(answer.data))


def rows(packed: zipfile.ZipFile, table: str) -> list[dict]:
    return json.loads(packed.read(f"daten/{table}.json"))


def test_every_column_that_names_an_account_is_told_or_left_out_for_a_reason(app):
    named = {
        str(column)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if names_account(column)
    }
    told = {belonging.column for belonging in BELONGINGS} - {"accounts.id"}

    assert named - told - set(NOT_THEIRS) == set()
    assert (told | set(NOT_THEIRS)) - named == set()
    assert told & set(NOT_THEIRS) == set()


def test_what_is_left_out_exists(app):
    for belonging in BELONGINGS:
        columns = column_of(belonging.column).table.columns
        assert set(belonging.without) <= set(columns.keys()), belonging.column
        for name in belonging.rows:
            [key] = column_of(name).foreign_keys
            assert key.column.table is column_of(belonging.column).table


@pytest.fixture
def packed(browser) -> zipfile.ZipFile:
    """Anna's file: she and Clara wrote, voted and were noted about."""
    anna, clara = make_anna(), make_clara()
    thread = make_thread(title="Meine Frage", author=anna, posts=("Eigenes", "Fremdes"))
    poll = make_poll(thread, is_named=True)
    vote_as(anna, poll, 1)
    vote_as(clara, poll, 2)
    save(PersonNote(account_id=anna.id, author_id=clara.id, text="Sprach freundlich vor."))
    save(PersonNote(account_id=clara.id, author_id=anna.id, text="Über jemand anders."))
    save(files.store_bytes(b"Eigene Notiz", "notiz.txt", anna.id))
    return take(browser.sign_in(anna))


def test_person_takes_along_what_is_about_them(packed):
    [account] = rows(packed, "accounts")
    assert account["name"].startswith("Anna")
    assert not {"password_hash", "totp_secret", "recovery_codes"} & account.keys()
    assert [row["title"] for row in rows(packed, "threads")] == ["Meine Frage"]
    assert [row["body"] for row in rows(packed, "posts")] == ["Eigenes"]
    [ballot] = rows(packed, "poll_ballots")
    assert len(ballot["poll_choices"]) == 1
    [note] = rows(packed, "person_notes")
    assert note["text"] == "Sprach freundlich vor."
    assert "author_id" not in note
    page = packed.read("uebersicht.html").decode()
    assert "Vermerke über Sie" in page
    assert "Sprach freundlich vor." in page


def test_page_of_the_file_speaks_german(packed):
    page = packed.read("uebersicht.html").decode()

    assert "<dt>angelegt am</dt>" in page
    assert "<dt>E-Mail bestätigt am</dt>" in page
    assert not re.findall(r"<dt>[a-z]+_[a-z_]+</dt>", page)
    assert "True" not in page


def test_each_kind_of_row_has_a_file_of_its_own(app):
    taken: set[str] = set()
    for belonging in BELONGINGS:
        taken.add(name_of(belonging, taken))

    assert len(taken) == len(BELONGINGS)


def test_page_of_the_file_stands_alone(packed):
    page = packed.read("uebersicht.html").decode()
    assert re.findall(r'(?:src|href)="([a-z]+\.[a-z]+)"', page) == ["uebersicht.css"]
    assert b"overflow-wrap" in packed.read("uebersicht.css")


def test_uploads_are_in_the_file(packed):
    [name] = [name for name in packed.namelist() if name.startswith("dateien/")]
    assert packed.read(name) == b"Eigene Notiz"


def test_nothing_of_others_is_in_the_file(packed):
    everything = b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert "Fremdes" not in everything
    assert "Über jemand anders." not in everything
    assert "Clara" not in everything


def test_anonymous_vote_is_in_nobodys_file(browser):
    anna = make_anna()
    vote_as(anna, make_poll(make_thread()), 1)

    assert "daten/poll_ballots.json" not in take(browser.sign_in(anna)).namelist()


def test_mail_says_that_it_is_ready(browser):
    anna = make_anna()
    take(browser.sign_in(anna))

    mails = Base.metadata.tables["mails"]
    assert session.scalars(mails.select().with_only_columns(mails.c.subject)).all() == [
        "Ihre Daten liegen bereit"
    ]


def test_one_file_a_day(browser):
    browser.sign_in(make_anna())
    take(browser)
    page = browser.open(PAGE)

    assert page.html.select_one("#order") is None
    token = page.html.select_one("[name=csrf_token]")["value"]
    answer = browser.client.post(PAGE, data={"csrf_token": token})
    assert answer.status_code == 409
    assert "heute schon" in answer.text

    clock.shift(timedelta(days=1, minutes=1))
    assert session.query(Takeout).count() == 1


def test_nobody_else_opens_the_file_and_a_week_later_it_is_gone(browser, new_browser):
    anna = make_anna()
    take(browser.sign_in(anna))
    [takeout] = session.scalars(Takeout.__table__.select().with_only_columns(Takeout.id))
    others = new_browser().sign_in(make_account("Andere"))
    others.open(f"{PAGE}/{takeout}", 404)

    clock.shift(timedelta(days=8))
    forget_takeouts()
    assert session.get(Takeout, takeout) is None


def test_password_is_asked_for_again_after_a_while(browser):
    browser.sign_in(make_anna())
    row = session.query(LoginSession).one()
    row.authenticated_at = clock.now() - timedelta(hours=1)
    session.commit()

    assert browser.open(PAGE).url.startswith("/konto/noch-einmal")


@pytest.mark.parametrize("times", [2])
def test_worker_that_comes_twice_makes_one_file(browser, times):
    anna = make_anna()
    browser.sign_in(anna).open(PAGE).submit("order")
    jobs.work_all()
    [takeout] = session.query(Takeout).all()
    made = takeout.file_id

    for _ in range(times):
        jobs.known_jobs["inforo.takeouts.jobs.make_takeout"](takeout_id=takeout.id)

    assert session.get(Takeout, takeout.id).file_id == made
