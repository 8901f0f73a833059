"""A file of a protected group, opened with the consent of who brought it, and closed again."""

import io

from sqlalchemy import select

from inforo.accounts.actions import close
from inforo.authz import GUEST
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.libraries import actions as libraries
from inforo.libraries import queries
from inforo.libraries.models import FileVersion, GroupFile, opened_path
from inforo.openings import actions
from inforo.openings.jobs import check_openings
from inforo.openings.models import Ending, Opening
from inforo.search import drift
from tests import factories
from tests.libraries.making import add_file, add_version
from tests.openings.making import (
    agree_all,
    make_open,
    outside,
    propose,
    secret_for,
    the_opening,
)
from tests.uploads.making import picture


def codes(new_browser, file):
    """Return what they get of the page and of the content; both are the same."""
    addresses = (opened_path(file.id, file.title), content_of(file))
    page, content = (outside(new_browser, address) for address in addresses)
    assert page == content
    return page


def content_of(file):
    return f"/veroeffentlicht/dateien/{file.id}/datei"


def test_manager_proposes_who_brought_it_agrees_and_members_have_it(
    browser, new_browser, olga, anna, file
):
    form = browser.sign_in(olga).open(file.path).follow("Veröffentlichung vorschlagen")
    assert "Anna" in form.main
    form.submit("propose", audience="members")
    assert codes(new_browser, file) == [404, 302, 404]

    link = new_browser().open(f"/veroeffentlichung/{secret_for(anna)}")
    assert "Vordruck-Vertrauter-Kreis.txt" in link.main
    link.submit("agree")

    assert codes(new_browser, file) == [200, 302, 403]


def test_opened_file_shows_nothing_around_it(new_browser, olga, anna, file):
    add_file(file.group, "Geheimes.txt", by=anna)
    make_open(file, olga, "public")

    shown = new_browser().open(opened_path(file.id, file.title))

    assert "Zum Ausdrucken" in shown.main
    assert "Vertrauter" not in shown.response.text
    assert "vertrauter" not in shown.response.text
    assert "Anna" not in shown.main
    assert shown.response.headers["Cache-Control"] == "no-store"
    for part in ("", "/fassungen/1", "/vorschau", "/bearbeiten"):
        new_browser().open(f"{file.path}{part}", 302)
    new_browser().open(f"/gruppen/{file.group.slug}/dateien", 302)


def test_content_is_called_like_the_file_and_kept_by_nobody(new_browser, olga, file):
    make_open(file, olga, "public")

    answer = new_browser().client.get(content_of(file))

    assert b"Seerosenteich" in answer.data
    assert "Vordruck.txt" in answer.headers["Content-Disposition"]
    assert "vertrauter" not in str(answer.headers).lower()
    assert "no-store" in answer.headers["Cache-Control"]


def test_preview_goes_with_the_file(new_browser, olga, anna, group):
    plan = add_file(group, "Plan.png", picture(), by=anna)
    opening = make_open(plan, olga, "public")
    process_file(key=queries.get_version(plan, 1).file.key)
    session.expire_all()
    address = f"/veroeffentlicht/dateien/{plan.id}/vorschau"
    assert address in str(new_browser().open(opened_path(plan.id, plan.title)).html)
    assert outside(new_browser, address) == [200, 200, 200]

    actions.close(factories.actor(olga), session.get(Opening, opening.id))
    session.commit()

    assert outside(new_browser, address) == [404, 302, 404]


def test_who_brought_any_version_must_agree(olga, anna, file):
    berta = factories.make_account("Berta")
    factories.join(file.group, berta)
    add_version(file, b"zweite", by=berta)
    propose(file, olga)

    consents = {each.account_id for each in actions.queries.consents(the_opening())}

    assert consents == {anna.id, berta.id}
    assert the_opening().is_waiting
    agree_all(the_opening())
    assert the_opening().is_open


def test_closed_file_has_no_content_outside(new_browser, olga, file):
    opening = make_open(file, olga, "public")

    actions.close(factories.actor(olga), opening)
    session.commit()

    assert codes(new_browser, file) == [404, 302, 404]
    assert session.get(GroupFile, file.id).opened_to is None


def test_deleted_file_is_gone_outside_too(new_browser, olga, anna, file):
    make_open(file, olga, "public")

    libraries.delete(factories.actor(anna), session.get(GroupFile, file.id))
    session.commit()

    assert codes(new_browser, file) == [404, 302, 404]


def test_new_version_says_who_gets_it_and_sending_is_consent(browser, olga, anna, file):
    opening = make_open(file, olga, "public")
    berta = factories.make_account("Berta")
    factories.join(file.group, berta)
    form = browser.sign_in(berta).open(file.path).follow("Neue Fassung")
    assert "stimmen Sie dem zu" in form.main

    form.submit("new-version", upload=(io.BytesIO(b"neue"), "Neu.txt"), note="Neu")
    check_openings()

    assert the_opening().is_open
    assert actions.queries.find_consent(the_opening(), berta.id).granted_at is not None
    assert opening.id == the_opening().id


def test_form_opened_before_it_was_open_is_shown_again_with_the_file(browser, olga, anna, file):
    form = browser.sign_in(anna).open(file.path).follow("Neue Fassung")
    make_open(file, olga, "public")
    session.expire_all()

    sent = {"upload": (io.BytesIO(b"nur intern"), "Neu.txt"), "note": "Nur intern"}
    shown = form.submit("new-version", status=409, **sent)

    assert "Menschen außerhalb der Gruppe" in shown.main
    assert "Nur intern" in str(shown.html.select_one("#note"))
    assert len(session.scalars(select(FileVersion)).all()) == 1
    shown.submit("new-version")
    assert len(session.scalars(select(FileVersion)).all()) == 2


def test_description_and_older_version_are_guarded_too(browser, olga, anna, file):
    add_version(file, b"zweite", by=anna)
    form = browser.sign_in(anna).open(file.path).follow("Umbenennen und beschreiben")
    before = browser.open(file.path)
    make_open(file, olga, "public")
    session.expire_all()

    form.submit("edit-file", description="Nur intern", status=409)
    before.submit("restore-1", status=409)

    session.expire_all()
    assert session.get(GroupFile, file.id).description == "Zum Ausdrucken"
    assert session.get(GroupFile, file.id).number == 2
    browser.open(file.path).submit("restore-1")
    assert the_opening().is_open


def test_open_file_is_found_without_its_group(browser, olga, file):
    make_open(file, olga, "public")

    found = browser.open("/suche?q=Vordruck")
    assert opened_path(file.id, file.title) in str(found.html)
    assert "Vertrauter" not in found.main
    named = browser.open("/suche?q=Vertrauter").html.select("a[href^='/veroeffentlicht']")
    assert not named
    assert [each for each in drift.drift() if "file-84" in each] == []

    actions.close_what_changed(GUEST, session.get(GroupFile, file.id))
    session.commit()
    assert opened_path(file.id, file.title) not in str(browser.open("/suche?q=Vordruck").html)


def test_closing_the_account_closes_what_it_brought(new_browser, olga, anna, file):
    make_open(file, olga, "public")

    close(factories.actor(olga), anna)
    session.commit()

    assert the_opening().ending is Ending.AUTHOR_GONE
    assert codes(new_browser, file) == [404, 302, 404]


def test_author_who_left_the_group_is_not_told_its_title(browser, olga, file):
    berta = factories.make_account("Berta")
    add_version(file, b"zweite", by=berta)
    propose(file, olga)

    browser.sign_in(berta)
    for address in ("/konto/offene-punkte", f"/veroeffentlichungen/{the_opening().id}"):
        assert "Vordruck" not in browser.open(address).text
