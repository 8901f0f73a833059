"""Collections and papers in a real browser: looked at by axe, at both widths."""

import re

import pytest
from playwright.sync_api import expect

ANNA = "anna-albrecht"
PAGES = {
    "merkliste": "/merkliste/",
    "group-collection": "/merkliste/3",
    "collection-new": "/merkliste/neu",
    "collection-put": "/merkliste/ablegen?diskussion=1",
    "collection-mark": "/merkliste/merken?beispiel=4",
    "group": "/gruppen/praeventionsketten",
    "council-paper": "/werkzeugkiste/ratsvorlage?beispiel=4&beispiel=2",
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible(visit, name, width):
    visitor = visit(ANNA, width=width)
    page = visitor.open(PAGES[name])

    assert visitor.axe() == []
    assert visitor.problems == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_shared_collection_is_accessible_to_guests(visit):
    visitor = visit()
    page = visitor.open("/merkliste/geteilt/demo-bewegung-fuer-den-ausschuss")

    expect(page.get_by_role("heading", level=1)).to_have_text("Bewegung für den Ausschuss")
    assert visitor.axe() == []
    assert visitor.problems == []


def test_a_file_becomes_ready_while_one_waits(visit):
    visitor = visit(ANNA)
    page = visitor.open("/merkliste/")
    page.get_by_role("button", name="PDF").click()

    ready = page.get_by_role("link", name="PDF herunterladen")
    expect(ready).to_be_visible(timeout=40_000)
    assert visitor.axe() == []
    with page.expect_download() as download:
        ready.click()
    assert re.fullmatch(r"Merkliste\.pdf", download.value.suggested_filename)


def test_entries_change_places_by_keyboard(visit):
    visitor = visit(ANNA)
    page = visitor.open("/merkliste/")
    titles = page.locator("main li.panel h2")
    first, second = titles.nth(0).inner_text(), titles.nth(1).inner_text()

    page.get_by_role("button", name=f"Nach unten {first}").press("Enter")

    expect(titles.nth(0)).to_have_text(second)
    expect(titles.nth(1)).to_have_text(first)


def test_entries_are_pulled_to_another_place(visit):
    visitor = visit(ANNA)
    page = visitor.open("/merkliste/")
    entries, titles = page.locator("main li.panel"), page.locator("main li.panel h2")
    first, second = titles.nth(0).inner_text(), titles.nth(1).inner_text()
    handle, below = (
        entries.first.locator(".handle").bounding_box(),
        entries.nth(1).bounding_box(),
    )

    page.mouse.move(handle["x"] + 20, handle["y"] + 20)
    page.mouse.down()
    page.mouse.move(handle["x"] + 20, below["y"] + below["height"] * 0.6, steps=10)
    expect(titles.first).to_have_text(second)
    with page.expect_response(lambda answer: "verschieben" in answer.url):
        page.mouse.up()

    expect(titles.nth(1)).to_have_text(first)
    assert visitor.axe() == []
    page.reload()
    expect(titles.nth(0)).to_have_text(second)
    expect(titles.nth(1)).to_have_text(first)
    assert visitor.problems == []


@pytest.mark.parametrize("width", [360, 1280])
def test_guests_mark_and_take_it_along(visit, width):
    visitor = visit(width=width)
    page = visitor.open("/werkzeugkiste/beispiele/2")
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="Merken").click()
    assert visitor.axe() == []
    page.get_by_role("button", name="Merken").click()
    page.get_by_role("link", name="Zur Merkliste").click()

    expect(page.locator("main li.panel h2")).to_have_text([title])
    assert visitor.axe() == []
    assert visitor.problems == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
