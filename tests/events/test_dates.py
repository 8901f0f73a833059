"""Dates of a group: on its home, in a list of their own, and nobody else learns of it."""

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.authz import GUEST
from inforo.db import session
from inforo.events.models import Event
from inforo.events.queries import find_group
from inforo.groups.policy import may_read
from inforo.versions import Version
from tests import factories
from tests.events.making import make_event
from tests.events.test_events import ANSWERS, titles
from tests.offices.people import make_clara

PROTECTED = ["closed", "hidden"]


def block(page):
    return page.html.select_one("section[aria-labelledby=termine]")


def chosen(page):
    return [option["value"] for option in page.html.select("[name=group] option[selected]")]


def test_home_shows_the_next_three_dates_and_leads_to_all(browser):
    group = factories.make_group("Quartier", audience="public")
    for days in (9, 3, 5, 7):
        make_event(f"In {days} Tagen", in_days=days, group=group)
    make_event("Schon vorbei", in_days=-4, group=group)
    make_event("Noch nicht geprüft", state="submitted", group=group)
    make_event("Nur für Mitglieder", audience="members", in_days=1, group=group)
    make_event("Ohne Gruppe", in_days=2)

    home = browser.open("/gruppen/quartier")
    names = [link.text for link in block(home).select("li a")]
    page = home.follow("Alle Termine der Gruppe")

    assert names == ["In 3 Tagen", "In 5 Tagen", "In 7 Tagen"]
    assert titles(page) == ["In 3 Tagen", "In 5 Tagen", "In 7 Tagen", "In 9 Tagen"]
    assert "4 Termine" in page.main
    assert titles(page.follow("Vergangene")) == ["Schon vorbei"]


def test_filter_stays_when_another_one_is_added(browser):
    group = factories.make_group("Quartier", audience="public")
    make_event("Der Gruppe", group=group, kind_key="workshop")
    make_event("Andere Art", group=group)
    make_event("Ohne Gruppe", kind_key="workshop")

    page = browser.open("/termine/?gruppe=quartier").submit("filter", art="workshop")

    assert titles(page) == ["Der Gruppe"]
    page = browser.open("/termine/?gruppe=quartier")
    assert "Quartier" in page.html.select_one(".chip--active").text


def test_member_gives_a_new_event_to_the_group(browser):
    anna = factories.make_anna()
    group = factories.make_group("Quartier", members=(anna,))
    factories.make_group("Fremde Gruppe")
    factories.make_group("Beendet", members=(anna,), archived_at=clock.now())
    page = browser.sign_in(anna).open("/gruppen/quartier").follow("Termin melden")
    offered = [option.text for option in page.html.select("[name=group] option")]

    assert offered == ["keine", "Quartier"]
    assert chosen(page) == [str(group.id)]
    page = page.submit("event", **ANSWERS)
    assert "Termin der Gruppe Quartier" in page.main
    assert session.scalar(select(Event)).group_id == group.id

    page = page.follow("Bearbeiten").submit("event", group="")
    assert "Termin der Gruppe" not in page.main
    assert session.scalar(select(Event.group_id)) is None


def test_form_does_not_ask_who_is_in_no_group(browser):
    factories.make_group("Fremde Gruppe")

    page = browser.sign_in(factories.make_anna()).open("/termine/neu?gruppe=fremde-gruppe")

    assert not page.html.select("[name=group]")
    page.submit("event", **ANSWERS)
    assert session.scalar(select(Event)).group_id is None


@pytest.mark.parametrize("audience", ["members", *PROTECTED])
def test_nobody_gives_an_event_to_a_group_of_others(browser, audience):
    anna = factories.make_anna()
    factories.make_group("Eigene", members=(anna,))
    other = factories.make_group("Fremde", audience=audience)
    page = browser.sign_in(anna).open("/termine/neu")

    page = page.submit("event", status=422, **(ANSWERS | {"group": str(other.id)}))

    assert page.html.select_one("#group-error")
    assert "Fremde" not in page.main
    assert session.scalar(select(Event)) is None


def test_form_says_that_a_protected_group_does_not_protect_the_event(browser):
    anna = factories.make_anna()
    group = factories.make_group("Kreis", members=(anna,))
    browser.sign_in(anna)
    assert "geschützt" not in browser.open("/termine/neu").main

    group.audience = "closed"
    session.commit()

    hint = browser.open("/termine/neu").html.select_one("#group-hint")
    assert "Den Termin selbst sehen alle" in hint.text


@pytest.mark.parametrize("audience", PROTECTED)
def test_only_the_group_learns_whose_date_it_is(browser, new_browser, audience):
    olga = factories.make_account("Olga")
    group = factories.make_group("Kanariengruppe", audience=audience, members=(olga,))
    event = make_event("Sichtbar für alle", author=olga, group=group)
    make_event("Ohne Gruppe")

    assert "Termin der Gruppe Kanariengruppe" in browser.sign_in(olga).open(event.path).main
    assert titles(browser.open("/termine/?gruppe=kanariengruppe")) == [event.title]
    for make in (None, factories.make_bernd, make_clara, factories.make_emil):
        other = new_browser()
        if make:
            other.sign_in(make())
        for address in (
            event.path,
            f"{event.address}.ics",
            "/termine/",
            "/termine/termine.ics",
            "/suche?q=Sichtbar",
        ):
            assert "kanariengruppe" not in other.client.get(address).text.lower(), address
        page = other.open("/termine/?gruppe=kanariengruppe")
        assert titles(page) == [event.title, "Ohne Gruppe"]
        assert "Kanariengruppe" not in page.main


@pytest.mark.parametrize("audience", PROTECTED)
def test_office_edits_an_event_and_neither_sees_nor_loses_its_group(browser, audience):
    olga = factories.make_account("Olga")
    group = factories.make_group("Kanariengruppe", audience=audience, members=(olga,))
    event = make_event("Wartet", author=olga, state="submitted", group=group)
    clara = make_clara()
    factories.make_group("Eigene", members=(clara,))
    page = browser.sign_in(clara).open(f"{event.address}/bearbeiten")

    assert "anariengruppe" not in page.main
    assert not page.html.select("[name=group]")
    page.submit("event", title="Geprüft")
    history = browser.open(f"{event.address}/verlauf")

    session.expire_all()
    assert (event.title, event.group_id) == ("Geprüft", group.id)
    assert "anariengruppe" not in history.main
    assert all("group_id" not in version.fields for version in session.scalars(select(Version)))


def test_filter_is_open_to_whom_the_group_is_open():
    olga = factories.make_account("Olga")
    groups = [
        factories.make_group(audience=audience, members=(olga,))
        for audience in ("public", "members", *PROTECTED)
    ]
    people = [olga, factories.make_bernd(), make_clara(), factories.make_applicant()]

    for actor in [GUEST, *map(factories.actor, people)]:
        found = {group.id for group in groups if find_group(actor, group.slug)}
        assert found == {group.id for group in groups if may_read(actor, group)}


def test_events_stay_when_their_group_is_archived_or_gone(browser):
    group = factories.make_group("Quartier", audience="public", archived_at=clock.now())
    event = make_event("Bleibt", group=group)
    path = event.path

    assert "Bleibt" in block(browser.open("/gruppen/quartier")).text
    assert "Termin der Gruppe Quartier" in browser.open(path).main

    session.delete(group)
    session.commit()
    session.expire_all()
    assert "Termin der Gruppe" not in browser.open(path).main


def test_home_of_a_group_without_dates_is_silent_for_others(browser):
    olga = factories.make_account("Olga")
    factories.make_group("Quartier", audience="public", members=(olga,))

    assert block(browser.open("/gruppen/quartier")) is None
    page = browser.sign_in(olga).open("/gruppen/quartier")
    assert "Zurzeit steht kein Termin der Gruppe an." in block(page).text


@pytest.mark.parametrize("who", [None, "anna"])
def test_pages_take_as_many_queries_for_many_dates(browser, count_queries, who):
    anna = factories.make_anna()
    group = factories.make_group("Quartier", audience="public", members=(anna,))
    if who:
        browser.sign_in(anna)
    event = make_event(group=group)
    addresses = ["/gruppen/quartier", "/termine/?gruppe=quartier"]
    browser.open("/termine/")
    few = [count_queries(lambda a=a: browser.open(a)) for a in addresses]
    for number in range(4):
        make_event(f"Weitere {number}", group=group)

    many = [count_queries(lambda a=a: browser.open(a)) for a in addresses]
    most = 12 if who else 8
    assert many == few
    assert max(many) <= most
    assert count_queries(lambda: browser.open(event.path)) <= most
