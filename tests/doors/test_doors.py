"""Links into groups: whom they let in, how many, how long, and who keeps them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.accounts.models import Account
from inforo.applications.models import Application
from inforo.clock import now
from inforo.db import session
from inforo.doors import actions, queries
from inforo.doors import jobs as doors_jobs
from inforo.doors.actions import Limits
from inforo.doors.models import Door, DoorRule, DoorUse
from inforo.groups.models import GroupRole, JoinRequest, Membership
from tests import factories
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_applicant,
    make_bernd,
    make_clara,
    make_group,
)
from tests.groups.test_parts import make_part
from tests.memberships.asking import is_in, press, told
from tests.registration.steps import TYPED, confirm, link_in, mails_to


def make_door(group, host, rule="approval", **values):
    limits = {"max_uses": 20, "expires_at": now() + timedelta(days=7)} | values
    door = actions.open_door(actor(host), group, Limits(rule=DoorRule(rule), **limits))
    session.commit()
    return door


def path_of(door):
    return f"/einladung/gruppe/{door.secret}"


@pytest.fixture
def olga():
    return make_account("Olga")


@pytest.fixture
def group(olga):
    return make_group("Stille Runde", audience="hidden", admission="invite", managers=(olga,))


def test_manager_makes_a_link_and_sees_it_again(browser, olga, group):
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}").follow("Einladungslinks")

    page = page.submit(
        "door", note="Fachtag", rule="domains", domains="@Stadt.example kreis.example"
    )

    door = session.scalar(select(Door))
    assert door.domains == "stadt.example kreis.example"
    assert door.secret not in (door.salt, door.token_hash)
    assert page.html.find(id=f"link-{door.id}")["value"].endswith(path_of(door))
    assert "0 von 20" in page.main
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"max_uses": "51"}, "1 bis 50"),
        ({"max_uses": "0"}, "1 bis 50"),
        ({"max_uses": "viele"}, "1 bis 50"),
        ({"days": "8"}, "1 bis 7"),
        ({"rule": "domains", "domains": ""}, "hinter dem @"),
        ({"rule": "domains", "domains": "kein domain!"}, "keine Endung"),
        ({"rule": "person"}, ""),
    ],
)
def test_limits_are_kept(browser, olga, group, typed, says):
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/einladungslinks")

    page = page.submit("door", status=422, note="Mein Text", **typed)

    assert says in page.main
    assert page.html.find(id="note")["value"] == "Mein Text"
    assert session.scalar(select(Door)) is None


def test_link_with_approval_makes_a_request_and_nothing_more(browser, new_browser, olga, group):
    anna = make_anna()
    group.admission_question = "Wozu?"
    session.commit()
    door = make_door(group, olga)
    page = browser.sign_in(anna).open(path_of(door))

    assert "Wozu?" in page.submit("enter", message="", status=422).main
    page = page.submit("enter", message="Für Kitas.")

    assert "bei der Gruppenleitung" in page.main
    assert not is_in(anna, group)
    request = session.scalar(select(JoinRequest))
    assert (request.account_id, request.message) == (anna.id, "Für Kitas.")
    members = new_browser().sign_in(olga).open(f"/gruppen/{group.slug}/mitglieder")
    assert "Für Kitas." in members.main


def test_link_for_domains_lets_fitting_addresses_in_at_once(browser, new_browser, olga, group):
    anna = make_account("Anna", email="anna@stadt.example")
    bernd = make_account("Bernd", email="bernd@stadt.example.org")
    door = make_door(group, olga, "domains", domains="stadt.example")

    browser.sign_in(anna).open(path_of(door)).submit("enter")
    page = new_browser().sign_in(bernd).open(path_of(door))

    assert is_in(anna, group)
    assert (
        session.scalar(select(Membership.role).filter_by(account_id=anna.id))
        is GroupRole.MEMBER
    )
    assert not page.has_form("enter")
    assert "andere E-Mail-Adresse" in page.main
    assert not is_in(bernd, group)


def test_guest_is_led_through_sign_in_and_back(browser, olga, group):
    anna = make_account("Anna", email="anna@stadt.example")
    door = make_door(group, olga, "domains", domains="stadt.example")

    page = browser.open(path_of(door))
    assert "Stille Runde" in page.text
    assert "Olga" not in page.response.text
    page = browser.open(page.html.main.find("a", string="Anmelden")["href"]).submit(
        "sign-in", email=anna.email, password=factories.PASSWORD
    )

    page.submit("enter")
    assert is_in(anna, group)


def test_newcomer_comes_through_as_soon_as_the_account_is_approved(
    browser, new_browser, olga, group
):
    door = make_door(group, olga)
    page = browser.open(path_of(door))
    page = browser.open(page.html.main.find("a", string="Registrieren")["href"])
    assert "Stille Runde" in page.main

    page.submit("register", **TYPED)
    confirm(browser)
    newcomer = session.scalar(select(Account).where(Account.email == TYPED["email"]))
    assert session.scalar(select(DoorUse)).settled_at is None
    assert "Vorgemerkt" in browser.open(path_of(door)).main
    assert told(olga) == []
    clara = make_clara()

    application = session.scalar(select(Application))
    page = new_browser().sign_in(clara).open(f"/arbeitskorb/anmeldungen/{application.id}")
    page.submit("approve")

    assert session.scalar(select(JoinRequest)).account_id == newcomer.id
    assert told(olga) == [f"{newcomer.name} möchte in die Gruppe „Stille Runde“"]


def test_revoked_link_lets_nobody_in_who_still_waits(olga, group):
    petra = make_applicant(email="petra@stadt.example")
    door = make_door(group, olga, "domains", domains="stadt.example")
    actions.pass_through(petra, door)
    actions.close_door(actor(olga), door)
    petra.approved_at = now()

    actions.let_in_waiting(petra)

    assert not is_in(petra, group)


def test_link_ends_by_time_revocation_archive_and_the_hosts_right(browser, olga, group):
    tom = factories.join(group, make_account("Tom"), GroupRole.MANAGER)
    doors = [make_door(group, olga) for _ in range(4)]
    browser.sign_in(make_anna())
    for door in doors:
        browser.open(path_of(door))

    doors[0].expires_at = now() - timedelta(minutes=1)
    doors[1].revoked_at = now()
    session.commit()
    browser.open(path_of(doors[0]), 404)
    browser.open(path_of(doors[1]), 404)
    group.archived_at = now()
    session.commit()
    browser.open(path_of(doors[2]), 404)
    group.archived_at = None
    session.scalar(select(Membership).filter_by(account_id=olga.id)).role = GroupRole.MEMBER
    session.commit()
    assert tom.role is GroupRole.MANAGER
    browser.open(path_of(doors[3]), 404)


def test_link_is_used_up_and_works_once_for_each(browser, new_browser, olga, group):
    anna, bernd = make_anna(), make_bernd()
    door = make_door(group, olga, "domains", domains="stadt.example", max_uses=1)
    for person in (anna, bernd):
        person.email = person.email_key = f"{person.name}@stadt.example".lower()
    session.commit()
    late = new_browser().sign_in(bernd).open(path_of(door))
    browser.sign_in(anna).open(path_of(door)).submit("enter")

    page = late.submit("enter", status=409)
    assert "verbraucht" in page.main
    press(browser.open(f"/gruppen/{group.slug}"), f"/gruppen/{group.slug}/austreten")
    assert not browser.open(path_of(door)).has_form("enter")
    assert not is_in(anna, group)


def test_invitation_by_mail_is_for_one_address(browser, new_browser, olga, group):
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}").follow("Per E-Mail einladen")

    page = page.submit("invite", email="Anna@stadt.example", message="Machen Sie mit?")

    assert "unterwegs" in page.text
    mail = mails_to("Anna@stadt.example")[-1]
    assert "Machen Sie mit?" in mail.text
    link = link_in(mail)
    assert link not in page.response.text
    bernd = new_browser().sign_in(make_bernd()).open(link)
    assert not bernd.has_form("enter")
    anna = make_account("Anna", email="anna@stadt.example")
    new_browser().sign_in(anna).open(link).submit("enter")
    assert is_in(anna, group)


def test_strangers_do_not_come_into_a_part_by_link(browser, olga):
    anna = make_account("Anna", email="anna@stadt.example")
    whole = make_group("Ganzes", audience="closed", managers=(olga,))
    part = make_part(whole, audience="closed", managers=(olga,))
    door = make_door(part, olga, "domains", domains="stadt.example")

    page = browser.sign_in(anna).open(path_of(door)).submit("enter", status=409)

    assert "nur, wer zur Gruppe gehört" in page.main
    assert not is_in(anna, part)


def test_member_of_the_group_neither_makes_nor_sees_links(browser, olga, group):
    anna = make_anna()
    factories.join(group, anna)
    door = make_door(group, olga, note="Nur Leitung")
    browser.sign_in(anna)

    browser.open(f"/gruppen/{group.slug}/einladungslinks", 403)
    assert "Einladungslinks" not in browser.open(f"/gruppen/{group.slug}").main
    assert queries.find_door("x" * 500) is None
    assert queries.find_door(door.token_hash) is None


def test_list_costs_the_same_however_many_links(browser, olga, group, count_queries):
    make_door(group, olga)
    slug, rows = group.slug, [(group, group.id), (olga, olga.id)]
    browser.sign_in(olga)
    few = count_queries(lambda: browser.open(f"/gruppen/{slug}/einladungslinks"))
    for _ in range(4):
        make_door(*(session.get_one(type(row), key) for row, key in rows))

    assert count_queries(lambda: browser.open(f"/gruppen/{slug}/einladungslinks")) == few <= 12


def test_old_links_are_forgotten(olga, group):
    make_door(group, olga)
    clock.shift(timedelta(days=98))

    doors_jobs.forget_doors()

    assert session.scalar(select(Door)) is None
