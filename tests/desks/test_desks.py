"""One table for who looks after several Länder; several items are handed over or none."""

from datetime import timedelta

from inforo import clock
from inforo.db import session
from inforo.offices.models import WorkItem
from tests.factories import make_clara, make_doris, make_frieda, make_office
from tests.moderation.things import make_item


def rows(page) -> dict[str, list[str]]:
    found = {}
    for row in page.html.select("tbody tr"):
        cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
        found[row.th.get_text(strip=True)] = cells
    return found


def test_table_counts_the_own_scope_by_land(browser, new_browser):
    yesterday = clock.today() - timedelta(days=1)
    make_item("Eins", kind="report", due_on=yesterday)
    make_item("Zwei", kind="report", taken_by_id=make_clara().id)
    make_item("Drei", kind="application", state="NW")
    make_item("Vier", kind="report", closed_at=clock.now())

    everything = rows(browser.sign_in(make_frieda()).open("/arbeitskorb/ueberblick"))
    own = rows(new_browser().sign_in(make_doris()).open("/arbeitskorb/ueberblick"))

    assert everything["Baden-Württemberg"][:3] == ["2", "1", "1"]
    assert everything["Baden-Württemberg"][-1] == "Meldung 2"
    assert list(own) == ["Nordrhein-Westfalen"]


def test_several_are_handed_over_together(browser):
    one, two = make_item("Eins"), make_item("Zwei")
    office = make_office("NW")
    page = browser.sign_in(make_clara()).open("/arbeitskorb/")
    items = [str(one.id), str(two.id)]
    token = page.html.select_one("#take [name=csrf_token]")["value"]

    chosen = browser.client.post(
        "/arbeitskorb/abgeben", data={"csrf_token": token, "item": items}
    )
    assert "Eins" in chosen.text
    assert "Zwei" in chosen.text
    data = {"csrf_token": token, "item": items, "confirm": "1", "reason": "Gehört zu euch."}
    unfinished = browser.client.post("/arbeitskorb/abgeben", data=data)
    assert unfinished.status_code == 422
    browser.client.post("/arbeitskorb/abgeben", data=data | {"office": str(office.id)})

    session.expire_all()
    assert {item.office_id for item in session.query(WorkItem)} == {office.id}


def test_one_item_of_another_land_stops_all(browser):
    mine, other = make_item("Eins"), make_item("Zwei", state="NW")
    office = make_office("NW")
    page = browser.sign_in(make_clara()).open("/arbeitskorb/")
    token = page.html.select_one("#take [name=csrf_token]")["value"]
    data = {
        "csrf_token": token,
        "item": [str(mine.id), str(other.id)],
        "confirm": "1",
        "reason": "x",
        "office": str(office.id),
    }

    answer = browser.client.post("/arbeitskorb/abgeben", data=data)

    assert answer.status_code == 404
    session.expire_all()
    assert {item.office_id for item in session.query(WorkItem)} == {None}


def test_table_costs_the_same_however_much_waits(browser, count_queries):
    clara = browser.sign_in(make_clara())
    make_item("Eins")
    clara.open("/arbeitskorb/ueberblick")
    few = count_queries(lambda: clara.open("/arbeitskorb/ueberblick"))
    for number in range(20):
        make_item(f"Vorgang {number}", kind="report")

    assert count_queries(lambda: clara.open("/arbeitskorb/ueberblick")) == few
