"""Groups inside groups: one level, never wider than the whole."""

import pytest
from sqlalchemy import select

from inforo.authz import GUEST
from inforo.clock import now
from inforo.db import session
from inforo.groups import policy
from inforo.groups.models import Group, GroupAudience, JoinRequest, Membership
from tests import factories
from tests.factories import (
    actor,
    join,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_frieda,
    make_group,
)
from tests.memberships.asking import is_in, press


def make_part(whole, name="Teil", **values):
    """Make a group inside another one, as `create_group` leaves it."""
    sheltered = whole.id if whole.is_protected else None
    return make_group(name, parent_id=whole.id, sheltered_by_id=sheltered, **values)


def test_manager_founds_a_group_inside_the_own_one(browser):
    olga = make_account("Olga")
    whole = make_group("Ganzes", audience="closed", state="NW", managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{whole.slug}").follow("Untergruppe anlegen")
    assert "state_code" not in {field.get("name") for field in page.html.select("[name]")}

    page = page.submit("group", name="Teil", purpose="Vorbereitung", audience="closed")

    part = session.scalar(select(Group).filter_by(slug="teil"))
    assert (part.parent_id, part.sheltered_by_id) == (whole.id, whole.id)
    assert part.state_code == "NW"
    assert page.html.select_one(".breadcrumb").find("a", string="Ganzes")
    assert "Teil" in browser.open(f"/gruppen/{whole.slug}").main
    browser.open("/gruppen/teil/untergruppe", 403)


def test_part_is_never_wider_than_the_whole(browser):
    olga = make_account("Olga")
    whole = make_group("Ganzes", audience="closed", managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{whole.slug}/untergruppe")

    page = page.submit("group", name="Teil", purpose="Zweck", audience="members", status=422)

    assert "nie mehr Menschen" in page.main
    assert page.html.find(id="name")["value"] == "Teil"


def test_members_found_nothing_inside(browser):
    anna = make_anna()
    whole = make_group(members=(anna,))

    browser.sign_in(anna).open(f"/gruppen/{whole.slug}/untergruppe", 403)


def test_sql_and_python_agree_on_groups_inside_protected_ones():
    anna, bernd, clara = make_anna(), make_bernd(), make_clara()
    groups = []
    for audience in ("closed", "hidden"):
        whole = make_group(f"Ganz {audience}", audience=audience, members=(anna,))
        groups += [whole, make_part(whole, f"Leer {audience}", audience="closed")]
        groups.append(make_part(whole, f"Mit {audience}", audience="hidden", members=(anna,)))
    whole = make_group("Offen", audience="members")
    groups += [whole, make_part(whole, "Offener Teil", audience="members")]
    people = [anna, bernd, clara, make_doris(), make_frieda()]

    for who in [GUEST, *(actor(person) for person in people)]:
        for rule, twin in (
            (policy.may_know, policy.known_to),
            (policy.may_read, policy.readable_by),
            (policy.may_write, policy.writable_by),
        ):
            found = set(session.scalars(select(Group).where(twin(who))))
            assert found == {group for group in groups if rule(who, group)}, (who, rule)


def test_part_of_a_closed_group_is_there_for_its_members_only(browser, new_browser):
    anna = make_anna()
    whole = make_group("Ganzes", audience="closed", members=(anna,))
    part = make_part(whole, "Kanarienteil", audience="closed", admission="request")

    inside = browser.sign_in(anna)
    outside = new_browser().sign_in(make_bernd())

    assert "Kanarienteil" in inside.open("/gruppen/").main
    assert inside.open(f"/gruppen/{part.slug}").has_form("request")
    assert "Kanarienteil" not in outside.open("/gruppen/").response.text
    assert "1 Gruppe" in outside.open("/gruppen/").main
    assert "Kanarienteil" not in outside.open(f"/gruppen/{whole.slug}").response.text
    outside.open(f"/gruppen/{part.slug}", 404)


def test_strangers_are_not_let_into_a_part(browser):
    anna, olga = make_anna(), make_account("Olga")
    whole = make_group(audience="closed", managers=(olga,))
    part = make_part(whole, audience="closed", managers=(olga,))
    request = factories.save(JoinRequest(group_id=part.id, account_id=anna.id))
    page = browser.sign_in(olga).open(f"/gruppen/{part.slug}/mitglieder")

    answer = press(page, f"/gruppen/{part.slug}/anfragen/{request.id}", decision="accept")

    assert answer.status_code == 409
    assert not is_in(anna, part)


def test_who_leaves_the_whole_leaves_its_parts(browser):
    anna, olga = make_anna(), make_account("Olga")
    whole = make_group(audience="closed", managers=(olga,), members=(anna,))
    part = make_part(whole, audience="closed", managers=(olga,), members=(anna,))
    page = browser.sign_in(anna).open(f"/gruppen/{whole.slug}")

    press(page, f"/gruppen/{whole.slug}/austreten")

    assert not is_in(anna, whole)
    assert not is_in(anna, part)


def test_last_manager_of_a_part_stays_in_the_whole(browser):
    anna, olga = make_anna(), make_account("Olga")
    whole = make_group(audience="closed", managers=(olga,), members=(anna,))
    part = make_part(whole, "Teil", audience="closed", managers=(anna,))
    page = browser.sign_in(anna).open(f"/gruppen/{whole.slug}")

    answer = press(page, f"/gruppen/{whole.slug}/austreten")

    assert answer.status_code == 409
    assert "Teil" in answer.text
    assert is_in(anna, whole)
    assert is_in(anna, part)


def test_parts_follow_into_archive_and_open_after_the_whole(browser):
    olga = make_account("Olga")
    whole = make_group(managers=(olga,))
    part = make_part(whole, managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{whole.slug}/archivieren")

    page.submit("archive", reason="Erledigt")

    assert session.get_one(Group, part.id).is_archived
    page = browser.open(f"/gruppen/{part.slug}/archivieren")
    page = page.submit("archive", reason="Doch noch", status=409)
    assert "zuerst die Gruppe" in page.main


def test_parts_follow_behind_the_walls_and_into_another_land(browser):
    whole = make_group("Ganzes", audience="members", managers=(make_account("Olga"),))
    part = make_part(whole, audience="members")
    page = browser.sign_in(make_frieda()).open(f"/gruppen/{whole.slug}/bearbeiten")

    page.submit("group", audience="closed", state_code="NW")

    session.expire_all()
    part = session.get_one(Group, part.id)
    assert (part.audience, part.state_code) == (GroupAudience.CLOSED, "NW")
    assert part.sheltered_by_id == whole.id


@pytest.mark.parametrize("wall", ["closed", "hidden"])
def test_office_enters_the_whole_before_a_part(browser, wall):
    clara = make_clara()
    whole = make_group(audience=wall, managers=(make_account("Olga"),))
    part = make_part(whole, audience="closed", managers=(make_account("Tom"),))
    browser.sign_in(clara)
    assert not browser.open(f"/gruppen/{part.slug}").html.find(string="Sichtbar beitreten")

    join(whole, clara)

    page = browser.open(f"/gruppen/{part.slug}")
    press(page, f"/gruppen/{part.slug}/sichtbar-beitreten")
    assert session.scalar(select(Membership).filter_by(account_id=clara.id, group_id=part.id))


def test_archived_group_keeps_its_settings(browser):
    olga = make_account("Olga")
    group = make_group(managers=(olga,), archived_at=now())

    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/bearbeiten", 409)

    assert "archiviert" in page.main
