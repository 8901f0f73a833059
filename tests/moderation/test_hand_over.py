import pytest
from sqlalchemy import select

from inforo import jobs
from inforo.audit import LogEntry
from inforo.authz import Role
from inforo.db import session
from inforo.moderation.actions import hand_over as hand_over_example
from inforo.notifications.models import Notification
from inforo.offices.actions import open_item
from inforo.offices.models import WorkItem, WorkKind
from inforo.toolbox.models import Example
from inforo.toolbox.policy import visible_to
from inforo.toolbox.states import ExampleState
from tests.factories import (
    actor,
    grant,
    make_account,
    make_clara,
    make_doris,
    make_example,
    make_office,
)
from tests.moderation.test_basket import item_now, post, titles
from tests.moderation.things import make_item, make_lks
from tests.reference import BRUCHSAL


def hand_over(browser, item, office, status=200):
    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")
    return page.submit(
        "hand-over", office=str(office.id), reason="Die Person zieht um", status=status
    )


def work():
    while jobs.work_once():
        pass


def told():
    """Return who was told what."""
    rows = session.execute(select(Notification.account_id, Notification.title))
    return [tuple(row) for row in rows]


def test_item_moves_to_an_office_of_another_land(browser, new_browser):
    clara, doris = make_clara(), make_doris()
    item = make_item("Herr Neu", kind="application", state="BW")
    browser.sign_in(clara)

    page = hand_over(browser, item, make_office("NW"))

    assert "Abgegeben an Koordinierungsstelle KGC NW." in page.text
    assert titles(page) == []
    browser.open(f"/arbeitskorb/vorgaenge/{item.id}", status=404)
    other = new_browser().sign_in(doris)
    page = other.open("/arbeitskorb/").follow("Herr Neu")
    assert "Die Person zieht um" in page.main
    assert "Vorgang abgegeben" in page.main


def test_receiving_office_is_told_once(browser):
    clara, doris = make_clara(), make_doris()
    former = make_account("Dora")
    grant(former, Role.COORDINATOR, office=make_office("NW"))
    former.suspended_at = former.created_at
    item = make_item("Herr Neu", kind="application", state="BW")
    browser.sign_in(clara)
    expected = [(doris.id, "Ihnen wurde ein Vorgang übergeben: Herr Neu")]

    hand_over(browser, item, make_office("NW"))
    work()

    assert told() == expected


def test_hand_over_frees_the_item_and_is_logged(browser):
    clara = make_clara()
    make_doris()
    item = make_item(taken_by_id=clara.id)
    browser.sign_in(clara)

    hand_over(browser, item, make_office("NW"))

    assert item_now(item).taken_by_id is None
    entry = session.scalar(select(LogEntry))
    assert (entry.action, entry.actor_id) == ("hand_over", clara.id)
    assert "Die Person zieht um" in entry.reason


def test_office_of_the_same_land_comes_first(browser):
    item = make_item()
    browser.sign_in(make_clara())
    make_office("BE")
    lks = make_lks("BW")

    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")

    options = [option["value"] for option in page.html.select("#office option")]
    assert options == ["", str(lks.id), str(make_office("BE").id)]


def test_reason_and_office_are_needed(browser):
    item = make_item()
    make_office("NW")
    browser.sign_in(make_clara())

    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}").submit("hand-over", status=422)

    assert "Bitte wählen Sie eine Stelle." in page.main
    assert item_now(item).office_id is None


def test_unknown_office_is_refused(browser):
    item = make_item()
    browser.sign_in(make_clara())
    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")
    address = f"/arbeitskorb/vorgaenge/{item.id}/abgeben"

    assert post(browser, page, address, office="99999", reason="Weg").status_code == 422
    assert item_now(item).office_id is None


@pytest.mark.parametrize("verb", ["uebernehmen", "zuruecklegen", "notiz", "abgeben"])
def test_item_that_moved_while_the_page_was_open_stays_unchanged(browser, verb):
    item = make_item(state="BW")
    target = make_office("HE")
    browser.sign_in(make_clara())
    page = browser.open(f"/arbeitskorb/vorgaenge/{item.id}")
    item.state_code = "NW"
    session.commit()

    answer = post(
        browser,
        page,
        f"/arbeitskorb/vorgaenge/{item.id}/{verb}",
        text="Notiz",
        office=target.id,
        reason="Weg",
    )

    assert answer.status_code == 404
    unchanged = item_now(item)
    assert (unchanged.taken_by_id, unchanged.office_id) == (None, None)
    assert session.scalars(select(LogEntry)).all() == []


def test_handed_item_stays_with_its_office_when_it_comes_again(browser):
    make_doris()
    office = make_office("NW")
    item = make_item(state="BW", office_id=office.id)
    browser.sign_in(make_clara())

    assert titles(browser.open("/arbeitskorb/")) == []
    assert session.get(WorkItem, item.id).office_id == office.id


def test_office_that_got_an_example_may_decide_about_it(browser):
    make_clara()
    doris = make_doris()
    example = make_example(municipality=BRUCHSAL, state=ExampleState.SUBMITTED)
    address = f"/arbeitskorb/beispiele/{example.id}"
    item = open_item(WorkKind.EXAMPLE, example, title=example.title, url=address)
    session.commit()
    browser.sign_in(doris)
    browser.open(address, status=404)

    hand_over_example(actor(make_account("Cora")), item, make_office("NW"), "Bitte übernehmen")
    session.commit()

    page = browser.open("/arbeitskorb/").follow(example.title).follow("Ansehen und entscheiden")
    assert page.url == address
    assert example.title in page.main
    found = select(Example.id).where(visible_to(actor(doris)))
    assert list(session.scalars(found)) == [example.id]
