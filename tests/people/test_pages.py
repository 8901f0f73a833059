"""The directory, person pages, one's own profile, suspension."""

import pytest
from sqlalchemy import select

from inforo.accounts.models import Account, AccountTerm, Audience
from inforo.audit import LogEntry
from inforo.authz import GUEST
from inforo.clock import now
from inforo.db import session
from inforo.people import policy
from inforo.vocabularies.models import Term
from tests import factories
from tests.reference import MUENSTER


def topic(key: str) -> Term:
    return session.scalar(
        select(Term).where(Term.vocabulary == "field_of_action", Term.key == key)
    )


def test_directory_finds_people_by_name_however_it_is_spelt(browser):
    factories.make_account("Jörg Müller")
    factories.make_account("Sabine Vogt")
    browser.sign_in(factories.make_anna())

    for words in ("müller", "MUELLER", "jorg mull"):
        page = browser.open(f"/personen/?q={words}")
        assert "Jörg Müller" in page.main
        assert "Sabine Vogt" not in page.main


def test_directory_narrows_by_land_topic_and_help(browser):
    factories.make_bernd(helps_with="Elterncafés aufbauen")
    with_topic = factories.make_account("Tanja")
    factories.save(AccountTerm(account_id=with_topic.id, term_id=topic("ernaehrung").id))
    browser.sign_in(factories.make_anna())

    assert "Bernd" in browser.open("/personen/?land=NW").main
    assert "Bernd" not in browser.open("/personen/?land=BW").html.select_one("#people").text
    assert "Tanja" in browser.open("/personen/?thema=ernaehrung").main
    found = browser.open("/personen/?hilft=elterncafe").html.select_one("#people").text
    assert "Bernd" in found
    assert "Tanja" not in found


def test_hidden_fields_are_neither_shown_nor_searched(browser):
    person = factories.make_bernd(
        helps_with="KANARIE",
        phone="0251 KANARIE",
        visibility={"helps_with": "nobody", "topics": "nobody"},
    )
    factories.save(AccountTerm(account_id=person.id, term_id=topic("ernaehrung").id))
    person_id = person.id
    browser.sign_in(factories.make_anna())

    assert (
        "Bernd" not in browser.open("/personen/?hilft=kanarie").html.select_one("#people").text
    )
    assert "Bernd" not in browser.open("/personen/?thema=ernaehrung").main
    for address in ("/personen/", f"/personen/{person_id}"):
        page = browser.open(address)
        assert "KANARIE" not in page.html.decode()
        assert "@stadt.example" not in page.main


def test_colleagues_see_what_is_for_colleagues(browser, new_browser):
    anna, bernd, clara = (
        factories.make_anna(),
        factories.make_bernd(phone="0251 4711", visibility={"phone": "colleagues"}),
        factories.make_clara(),
    )
    address = f"/personen/{bernd.id}"
    factories.make_group(audience="closed", members=(anna, bernd))

    assert "0251 4711" in browser.sign_in(anna).open(address).main
    assert "0251 4711" not in new_browser().sign_in(clara).open(address).main


def test_closed_groups_of_a_person_are_named_to_their_members_only(browser, new_browser):
    anna, bernd, clara = factories.make_anna(), factories.make_bernd(), factories.make_clara()
    bernd.visibility = {"groups": "members"}
    address = f"/personen/{bernd.id}"
    factories.make_group("Kanariengruppe", audience="closed", members=(anna, bernd))

    assert "Kanariengruppe" in browser.sign_in(anna).open(address).main
    assert "Kanariengruppe" not in new_browser().sign_in(clara).open(address).main


def test_people_who_left_or_wait_are_not_there(browser):
    gone = [
        factories.make_account("Weg", closed_at=now()),
        factories.make_account("Wartet", approved_at=None),
        factories.make_account("Gesperrt", suspended_at=now()),
    ]
    ids = [account.id for account in gone]
    browser.sign_in(factories.make_bernd())

    text = browser.open("/personen/").main
    for account_id, name in zip(ids, ("Weg", "Wartet", "Gesperrt"), strict=True):
        assert name not in text
        browser.open(f"/personen/{account_id}", status=404)


def test_coordinator_suspends_and_lets_in_again(browser, new_browser):
    anna = factories.make_anna()
    address, email = f"/personen/{anna.id}", anna.email
    browser.sign_in(anna)
    clara = new_browser().sign_in(factories.make_clara())

    page = clara.open(address)
    page = page.submit("suspend", **{"suspend-reason": "Das Konto wurde missbraucht."})
    assert "gesperrt" in page.main
    assert browser.client.get("/personen/").status_code == 302
    page.submit("reactivate")

    page = browser.open("/konto/anmelden?next=/personen/")
    assert page.submit("sign-in", email=email, password=factories.PASSWORD).url == "/personen/"
    actions = session.scalars(select(LogEntry.action).order_by(LogEntry.id)).all()
    assert actions[-2:] == ["suspend", "reactivate"]


def test_suspended_person_learns_why_and_sees_nothing_else(browser):
    factories.make_clara()
    anna = factories.make_anna(suspended_at=now(), suspension_reason="Missbrauch.")
    browser.sign_in(anna)

    assert "Missbrauch." in browser.open("/konto/antrag").main
    assert browser.client.get("/personen/").status_code == 403


def test_only_admins_look_up_addresses_and_that_is_logged(browser, new_browser):
    bernd = factories.make_bernd()
    address, email = f"/personen/{bernd.id}", bernd.email
    assert email not in browser.sign_in(factories.make_clara()).open(address).main

    page = new_browser().sign_in(factories.make_frieda()).open(address)
    assert email not in page.main
    page = page.submit("look-up-address", **{"address-reason": "Rückfrage des Amtes."})

    assert email in page.main
    assert session.scalar(select(LogEntry.action)) == "look_up_address"


def test_profile_is_saved_with_topics_and_visibility(browser):
    anna = factories.make_anna()
    anna_id = anna.id
    browser.sign_in(anna)

    page = browser.open("/konto/profil").submit(
        "profile",
        helps_with="Elterncafés",
        topics=["ernaehrung", "bewegung"],
        show_helps_with="nobody",
    )

    assert "gespeichert" in page.text
    account = session.get(Account, anna_id, populate_existing=True)
    assert account.helps_key == "elterncafes"
    assert policy.audience_of(account, "helps_with") is Audience.NOBODY
    assert browser.open("/konto/profil").html.select("[name=topics][checked]")


def test_second_saver_gets_both_texts(browser):
    anna = factories.make_anna()
    anna_id = anna.id
    browser.sign_in(anna)
    first, second = browser.open("/konto/profil"), browser.open("/konto/profil")
    first.submit("profile", about="Erste Fassung")

    page = second.submit("profile", about="Zweite Fassung", status=409)

    assert "Erste Fassung" in page.main
    assert "Zweite Fassung" in page.main
    assert session.get(Account, anna_id, populate_existing=True).about == "Erste Fassung"
    page.submit("profile")
    assert session.get(Account, anna_id, populate_existing=True).about == "Zweite Fassung"


def test_signing_in_is_no_edit(browser):
    anna = factories.make_anna()
    anna_id, before = anna.id, anna.version

    browser.sign_in(anna)

    assert session.get(Account, anna_id, populate_existing=True).version == before


def everybody() -> list[Account]:
    return [
        factories.make_anna(),
        factories.make_bernd(),
        factories.make_clara(),
        factories.make_doris(),
        factories.make_emil(),
        factories.make_frieda(),
        factories.make_applicant(),
    ]


def subjects() -> list[Account]:
    chosen = [{}, *({"phone": audience.value} for audience in Audience), {"phone": "kaputt"}]
    states = ({}, {"approved_at": None}, {"suspended_at": now()}, {"closed_at": now()})
    return [
        factories.make_account("Objekt", municipality=place, visibility=visibility, **state)
        for visibility in chosen
        for state in states
        for place in (factories.MANNHEIM, MUENSTER)
    ]


def test_sql_and_python_agree_who_sees_whom_and_what():
    people = everybody()
    accounts = [*people, *subjects()]
    factories.make_group(audience="closed", members=(people[0], accounts[-1], accounts[8]))
    for actor in (GUEST, *(factories.actor(person) for person in people)):
        seen = set(session.scalars(select(Account.id).where(policy.visible_to(actor))))
        assert seen == {a.id for a in accounts if policy.may_view(actor, a)}, actor.name
        for field in policy.FIELDS:
            seen = set(session.scalars(select(Account.id).where(policy.sees(actor, field))))
            assert seen == {
                account.id
                for account in accounts
                if policy.may_see(
                    actor, account, field, are_colleagues=shares_group(actor, account)
                )
            }, (actor.name, field)


def shares_group(actor, account) -> bool:
    return bool(actor.group_ids & memberships(account))


def memberships(account) -> frozenset:
    statement = select(factories.Membership.group_id).where(
        factories.Membership.account_id == account.id
    )
    return frozenset(session.scalars(statement))


@pytest.mark.parametrize("filters", ["", "?q=person&land=BW&thema=ernaehrung&hilft=eltern"])
def test_directory_costs_the_same_with_many_people(count_queries, browser, filters):
    browser.sign_in(factories.make_anna())
    make_people(2)
    few = count_queries(lambda: browser.open(f"/personen/{filters}"))
    make_people(15)

    assert count_queries(lambda: browser.open(f"/personen/{filters}")) == few
    assert few <= 12


def make_people(count: int) -> None:
    for number in range(count):
        organisation = factories.make_organisation()
        person = factories.make_account(
            f"Person {number}", helps_with="Eltern", organisation=organisation
        )
        factories.save(AccountTerm(account_id=person.id, term_id=topic("ernaehrung").id))


def test_person_page_costs_the_same_with_many_groups_and_topics(count_queries, browser):
    bernd = factories.make_bernd(visibility={"groups": "members"})
    address = f"/personen/{bernd.id}"
    browser.sign_in(factories.make_anna())
    factories.make_group(members=(bernd,))
    few = count_queries(lambda: browser.open(address))
    bernd = session.get(Account, int(address.rpartition("/")[2]))
    for _number in range(10):
        factories.make_group(members=(bernd,))

    assert count_queries(lambda: browser.open(address)) == few
    assert few <= 12
