from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.authz import Role
from inforo.db import session
from inforo.offices.models import OfficeState, WorkItem
from tests.factories import (
    grant,
    make_account,
    make_anna,
    make_clara,
    make_doris,
    make_emil,
    make_frieda,
    make_office,
)
from tests.moderation.things import add_state, make_colleague, make_item, make_lks


def titles(page):
    return [row.get_text(" ", strip=True) for row in page.html.select("tbody th a")]


def item_now(item):
    session.expire_all()
    return session.get(WorkItem, item.id)


def post(browser, page, address, **values):
    token = page.html.select_one("[name=csrf_token]")["value"]
    return browser.client.post(address, data={"csrf_token": token, **values})


def test_basket_holds_only_the_own_land(browser):
    make_item("Aus Mannheim", state="BW")
    make_item("Aus Münster", state="NW")
    make_item("Bundesweit", state=None)
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/")

    assert titles(page) == ["Aus Mannheim"]


@pytest.mark.parametrize(
    "query",
    ["", "land=NW", "land=BW&land=NW", "land=NW&land=BW", "land[]=NW", "art=example&land=NW"],
)
def test_no_filter_opens_another_land(browser, query):
    make_item("Aus Mannheim", state="BW")
    make_item("Aus Münster", state="NW")
    browser.sign_in(make_clara())

    page = browser.open(f"/arbeitskorb/?{query}")

    assert titles(page) == ["Aus Mannheim"]
    assert "Münster" not in page.text


def test_the_oldest_comes_first(browser):
    make_item("Neu")
    make_item("Alt", opened_at=clock.now() - timedelta(days=30))
    browser.sign_in(make_clara())

    assert titles(browser.open("/arbeitskorb/")) == ["Alt", "Neu"]


def test_age_is_told_in_working_days(browser):
    clock.shift(datetime(2026, 11, 24, 12, tzinfo=UTC) - datetime.now(UTC))
    make_item("Vom Freitag", opened_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    browser.sign_in(make_clara())

    assert "2 Arbeitstagen" in browser.open("/arbeitskorb/").main


def test_tabs_count_what_the_other_filters_leave(browser):
    clara = make_clara()
    make_item("Beispiel", kind="example", taken_by_id=clara.id)
    make_item("Anmeldung", kind="application")
    make_item("Meldung", kind="report")
    browser.sign_in(clara)

    page = browser.open("/arbeitskorb/?wer=frei")
    counts = [tab.get_text(" ", strip=True) for tab in page.html.select(".tabs__link")]
    only = browser.open("/arbeitskorb/?wer=frei&art=application")

    assert counts == [
        "Alle 2",
        "Anmeldung 1",
        "Meldung 1",
        "Praxisbeispiel 0",
        "Kriterienprüfung 0",
        "Offene Frage 0",
        "Neue Meldung 0",
        "Neuer Termin 0",
        "Erster Beitrag 0",
        "Einspruch 0",
        "Vertrauliche Frage 0",
        "Kommunalabfrage 0",
    ]
    assert titles(only) == ["Anmeldung"]


def test_what_is_the_same_everywhere_has_no_column(browser):
    make_item("Eins")
    make_item("Zwei")

    heads = browser.sign_in(make_clara()).open("/arbeitskorb/").html.select("thead th")

    assert [head.text for head in heads] == [
        "Auswahl",
        "Vorgang",
        "Seit",
        "Frist",
        "Bearbeitung",
    ]


def test_stages_are_apart(browser):
    make_item("Offen")
    make_item("Wartend", waits_for_author_since=clock.now())
    make_item("Erledigt", closed_at=clock.now())
    browser.sign_in(make_clara())

    assert titles(browser.open("/arbeitskorb/")) == ["Offen"]
    assert titles(browser.open("/arbeitskorb/?stand=wartet")) == ["Wartend"]
    assert titles(browser.open("/arbeitskorb/?stand=erledigt")) == ["Erledigt"]
    assert titles(browser.open("/arbeitskorb/?stand=unsinn")) == ["Offen"]


def test_header_counts_what_waits_for_the_office(browser):
    make_item()
    make_item()
    make_item(waits_for_author_since=clock.now())
    make_item(state="NW")
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/")

    assert page.html.select_one("header .count").text.split()[0] == "2"


def test_editors_see_examples_of_all_laender_and_nothing_else(browser):
    make_item("Beispiel aus Münster", kind="example", state="NW")
    make_item("Anmeldung aus Münster", kind="application", state="NW")
    browser.sign_in(make_emil())

    assert titles(browser.open("/arbeitskorb/")) == ["Beispiel aus Münster"]


def test_programme_office_sees_its_programme_only(browser):
    account = make_account("Lena")
    grant(account, Role.COORDINATOR, office=make_lks())
    make_item("Frühe Hilfen", programme_key="fruehe-hilfen")
    make_item("Ohne Programm", kind="report")
    browser.sign_in(account)

    assert titles(browser.open("/arbeitskorb/")) == ["Frühe Hilfen"]


def test_office_of_two_laender_that_loses_one_sees_it_no_more(browser):
    clara = make_clara()
    second = add_state(make_office("BW"), "RP")
    item = make_item("Aus Mainz", state="RP")
    browser.sign_in(clara)
    assert titles(browser.open("/arbeitskorb/?land=RP")) == ["Aus Mainz"]

    session.delete(session.merge(second))
    session.commit()

    assert titles(browser.open("/arbeitskorb/?land=RP")) == []
    browser.open(f"/arbeitskorb/vorgaenge/{item.id}", status=404)
    assert session.query(OfficeState).count() == 1


def test_members_find_no_basket(browser):
    item = make_item()
    browser.sign_in(make_anna())

    browser.open("/arbeitskorb/", status=404)
    browser.open(f"/arbeitskorb/vorgaenge/{item.id}", status=404)


def test_foreign_items_look_like_missing_ones(browser):
    foreign = make_item(state="NW")
    browser.sign_in(make_clara())

    there = browser.open(f"/arbeitskorb/vorgaenge/{foreign.id}", status=404)
    missing = browser.open("/arbeitskorb/vorgaenge/99999999", status=404)

    assert there.main.split("Vorgangs")[0] == missing.main.split("Vorgangs")[0]


def test_item_is_taken_and_given_back(browser):
    item = make_item("Beispiel")
    clara = make_clara()
    browser.sign_in(clara)
    page = browser.open("/arbeitskorb/").follow("Beispiel")

    post(browser, page, f"/arbeitskorb/vorgaenge/{item.id}/uebernehmen")
    assert item_now(item).taken_by_id == clara.id
    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")
    assert "Vorgang übernommen" in page.main

    post(browser, page, f"/arbeitskorb/vorgaenge/{item.id}/zuruecklegen")
    assert item_now(item).taken_by_id is None
    assert titles(browser.open("/arbeitskorb/?wer=frei")) == ["Beispiel"]


def test_colleagues_item_is_taken_only_on_purpose(browser):
    clara, cora = make_clara(), make_colleague()
    item = make_item()
    browser.sign_in(clara)
    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")
    item.taken_by_id = cora.id
    session.commit()
    address = f"/arbeitskorb/vorgaenge/{item.id}/uebernehmen"

    assert post(browser, page, address).status_code == 409
    assert item_now(item).taken_by_id == cora.id

    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")
    assert "Von Cora übernehmen" in page.main
    assert post(browser, page, address, instead_of=cora.id).status_code == 303
    assert item_now(item).taken_by_id == clara.id


def test_several_items_are_taken_together(browser):
    items = [make_item(), make_item()]
    clara = make_clara()
    browser.sign_in(clara)

    page = browser.open("/arbeitskorb/")
    answer = page.submit("take", item=[str(item.id) for item in items])

    assert "2 Vorgänge übernommen" in answer.text
    assert [item_now(item).taken_by_id for item in items] == [clara.id, clara.id]


def test_one_foreign_item_refuses_the_whole_selection(browser):
    own, foreign = make_item(state="BW"), make_item("Aus Münster", state="NW")
    browser.sign_in(make_clara())
    page = browser.open("/arbeitskorb/")

    answer = post(browser, page, "/arbeitskorb/uebernehmen", item=[own.id, foreign.id])
    missing = post(browser, page, "/arbeitskorb/uebernehmen", item=[own.id, 99_999_999])

    assert answer.status_code == missing.status_code == 404
    assert "Münster" not in answer.text
    assert item_now(own).taken_by_id is None
    assert item_now(foreign).taken_by_id is None
    assert session.scalars(select(LogEntry)).all() == []


def test_one_taken_item_refuses_the_whole_selection(browser):
    cora = make_colleague()
    free, taken = make_item(), make_item(taken_by_id=cora.id)
    browser.sign_in(make_clara())
    page = browser.open("/arbeitskorb/")

    answer = post(browser, page, "/arbeitskorb/uebernehmen", item=[free.id, taken.id])

    assert answer.status_code == 409
    assert item_now(free).taken_by_id is None


def test_note_is_kept_with_its_author_and_once(browser):
    item = make_item()
    browser.sign_in(make_clara())
    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")

    page.submit("note", text="Rückruf am Montag")
    answer = page.submit("note", text="Rückruf am Montag")

    assert answer.main.count("Rückruf am Montag") == 1
    assert "Clara" in answer.main


def test_empty_note_is_refused(browser):
    item = make_item()
    browser.sign_in(make_clara())

    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}").submit(
        "note", text=" ", status=422
    )

    assert "Bitte schreiben Sie etwas in die Notiz." in page.main


def test_done_item_offers_no_forms(browser):
    item = make_item(closed_at=clock.now(), outcome="Freigegeben")
    browser.sign_in(make_clara())

    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")

    assert "Freigegeben" in page.main
    assert not page.has_form("note")
    assert not page.has_form("hand-over")
    address = f"/arbeitskorb/vorgaenge/{item.id}/notiz"
    assert post(browser, page, address, text="Nachtrag").status_code == 403


def test_list_costs_the_same_for_many_items(browser, count_queries):
    browser.sign_in(make_clara())
    make_item(taken_by_id=make_colleague().id, programme_key="fruehe-hilfen")
    few = count_queries(lambda: browser.open("/arbeitskorb/"))
    for number in range(8):
        taker = make_colleague(name=f"Cora {number}")
        make_item(taken_by_id=taker.id, office_id=make_office("BW").id)
        make_item(programme_key="suchtpraevention")

    many = count_queries(lambda: browser.open("/arbeitskorb/"))

    assert many == few <= 12


def test_item_page_costs_the_same_for_many_notes(browser, count_queries):
    item = make_item()
    browser.sign_in(make_clara())
    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")
    page.submit("note", text="Erste")
    few = count_queries(lambda: browser.open(f"/arbeitskorb/vorgaenge/{item.id}"))
    for number in range(5):
        browser.open(f"/arbeitskorb/vorgaenge/{item.id}").submit("note", text=f"Notiz {number}")

    many = count_queries(lambda: browser.open(f"/arbeitskorb/vorgaenge/{item.id}"))

    assert many == few <= 12


def test_list_has_pages(browser):
    for number in range(23):
        make_item(f"Vorgang {number:02}", opened_at=clock.now() - timedelta(days=50 - number))
    browser.sign_in(make_frieda())

    first = browser.open("/arbeitskorb/")
    second = browser.open("/arbeitskorb/?seite=2")

    assert len(titles(first)) == 20
    assert titles(second) == ["Vorgang 20", "Vorgang 21", "Vorgang 22"]


def test_both_offices_of_a_land_keep_apart(browser):
    make_item("Aus Münster", state="NW")
    browser.sign_in(make_doris())

    assert titles(browser.open("/arbeitskorb/")) == ["Aus Münster"]
