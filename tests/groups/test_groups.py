"""Groups: directory, home, admission, members, settings."""

import pytest
from sqlalchemy import select

from inforo.authz import GUEST
from inforo.db import session
from inforo.groups import policy
from inforo.groups.models import Group, GroupRole, Membership
from tests.factories import (
    actor,
    join,
    make_account,
    make_anna,
    make_applicant,
    make_bernd,
    make_clara,
    make_doris,
    make_emil,
    make_frieda,
    make_group,
    make_thread,
)

AUDIENCES = ("public", "members", "closed", "hidden")


def test_sql_and_python_agree_on_what_is_known_and_read():
    anna, bernd = make_anna(), make_bernd()
    groups = [
        make_group(
            f"{audience} {state} {len(people)}", audience=audience, state=state, members=people
        )
        for audience in AUDIENCES
        for state in ("BW", "NW", None)
        for people in ((), (anna,))
    ]
    people = [anna, bernd, make_applicant(), make_clara(), make_doris(), make_emil()]
    for who in [GUEST, *(actor(person) for person in [*people, make_frieda()])]:
        for rule, twin in (
            (policy.may_know, policy.known_to),
            (policy.may_read, policy.readable_by),
            (policy.oversees, policy.overseen_by),
            (policy.may_write, policy.writable_by),
        ):
            found = set(session.scalars(select(Group).where(twin(who))))
            assert found == {group for group in groups if rule(who, group)}, (who, rule)


def test_guest_sees_public_groups_only(browser):
    make_group("Öffentlicher Platz", audience="public")
    make_group("Mitgliederrunde", audience="members")

    page = browser.open("/gruppen/")

    assert "Öffentlicher Platz" in page.main
    assert "Mitgliederrunde" not in page.main
    assert "1 Gruppe" in page.main


def test_directory_is_searched_folded_and_filtered(browser):
    make_group("Ämterrunde Süd")
    make_group("Andere", state="NW")
    browser.sign_in(make_anna())

    assert "Ämterrunde" in browser.open("/gruppen/?q=ämterRUNDE").main
    assert "Andere" not in browser.open("/gruppen/?q=ämter").main
    assert "Ämterrunde" not in browser.open("/gruppen/?land=NW").main
    assert "Keine Gruppe gefunden" in browser.open("/gruppen/?meine=1").main


def test_closed_group_shows_name_and_purpose_and_nothing_else(browser):
    mira = make_account("Mira Geheim")
    group = make_group("Interne", audience="closed", admission="request", managers=(mira,))
    make_thread("KANARIE-BW-1", group=group, author=mira)
    browser.sign_in(make_anna())

    pages = [browser.open(f"/gruppen/{group.slug}"), browser.open("/gruppen/")]

    for page in pages:
        assert "Interne" in page.main
        assert "KANARIE" not in page.response.text
        assert "Mira" not in page.response.text
        assert "1 Mitglied" not in page.main
    browser.open(f"/gruppen/{group.slug}/mitglieder", 404)


def test_hidden_group_is_not_there_for_others(browser):
    group = make_group("Verborgenes", audience="hidden")
    browser.sign_in(make_anna())

    browser.open(f"/gruppen/{group.slug}", 404)
    assert "Verborgenes" not in browser.open("/gruppen/").main


def test_office_knows_of_hidden_groups_in_its_land_only(browser, new_browser):
    group = make_group("Verborgenes", audience="hidden")

    page = browser.sign_in(make_clara()).open(f"/gruppen/{group.slug}")

    assert "Geschützter Raum" in page.main
    new_browser().sign_in(make_doris()).open(f"/gruppen/{group.slug}", 404)


def test_member_creates_a_group_and_leads_it(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open("/gruppen/").follow("Gruppe anlegen")

    page = page.submit("group", name="Hitzeschutz", purpose="Austausch", state_code="BW")

    assert page.html.h1.text == "Hitzeschutz"
    group = session.scalar(select(Group))
    assert group.slug == "hitzeschutz"
    assert session.scalar(select(Membership.role)) is GroupRole.MANAGER


def test_members_cannot_give_a_group_to_another_land(browser):
    page = browser.sign_in(make_anna()).open("/gruppen/neu")

    page = page.submit("group", name="Fremd", purpose="Zweck", state_code="NW", status=422)

    assert session.scalar(select(Group)) is None


def test_settings_keep_history_and_both_texts_in_a_conflict(browser):
    olga = make_account("Olga")
    group = make_group("Runde", managers=(olga,), admission="request")
    url = f"/gruppen/{group.slug}/bearbeiten"
    browser.sign_in(olga)
    late = browser.open(url)
    browser.open(url).submit("group", purpose="Erster Zweck")

    page = late.submit("group", purpose="Zweiter Zweck", status=409)

    assert "Erster Zweck" in page.main
    assert "Zweiter Zweck" in page.main
    page.submit("group")
    history = browser.open(f"/gruppen/{group.slug}/verlauf")
    assert "Zweiter" in history.html.select_one("ins").text


def test_audience_gets_no_wider(browser):
    olga = make_account("Olga")
    group = make_group("Runde", audience="closed", managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/bearbeiten")

    page = page.submit("group", audience="public", status=422)

    assert "nicht weiter" in page.main


def test_archived_group_is_read_but_not_written(browser):
    olga = make_account("Olga")
    group = make_group(managers=(olga,))
    thread = make_thread(group=group)
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/archivieren")

    page = page.submit("archive", reason="Aufgabe erledigt")

    assert "archiviert" in page.main
    assert not browser.open(thread.path).has_form("reply")


@pytest.mark.parametrize("path", ["/gruppen/", "/gruppen/gruppe"])
def test_pages_cost_the_same_however_many_rows(browser, count_queries, path):
    group = make_group("Gruppe", managers=(make_account("Olga"),))
    make_thread(group=group)
    browser.sign_in(make_anna())
    few = count_queries(lambda: browser.open(path))
    for _ in range(4):
        join(session.scalar(select(Group)), make_account())
        make_thread(group=session.scalar(select(Group)))
        make_group(members=(make_account(),))

    assert count_queries(lambda: browser.open(path)) == few <= 12


def test_guest_of_a_public_group_is_offered_nothing_members_do(browser):
    group = make_group("Offene Runde", audience="public")

    page = browser.open(f"/gruppen/{group.slug}")

    assert "Austreten" not in page.main
    assert "Was ich erfahre" not in page.main
    assert "Gehört zu" in page.main
