"""Searching in a real browser: suggestions, filters, saved searches, without script too."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_pages import look_at

GUEST, ANNA = "", "anna-albrecht"
PAGES = [
    ("search-empty", GUEST, "/suche"),
    ("search-results", GUEST, "/suche?q=Bewegung"),
    ("search-filtered", ANNA, "/suche?q=Bewegung&land=BW&art=example"),
    ("search-nothing", GUEST, "/suche?q=xqzvbn"),
    ("search-misspelt", GUEST, "/suche?q=Pr%C3%A4vnetionskette"),
    ("search-odd", GUEST, "/suche?q=%22%20-%20%28%29%20%2A%20NEAR&land=XX&seite=-3&jahr=abc"),
    ("search-long", GUEST, "/suche?q=" + "Donaudampfschifffahrt" * 20),
    ("searches-saved", ANNA, "/konto/suchen"),
    ("search-help", GUEST, "/hilfe/suche"),
]


@pytest.mark.parametrize(("name", "who", "address"), PAGES, ids=[row[0] for row in PAGES])
def test_page_is_accessible_and_whole(visit, name, who, address):
    visitor = visit(who)
    visitor.open(address)

    assert look_at(visitor, name) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_suggestions_are_reached_by_keyboard(visit, width):
    visitor = visit(GUEST, width=width)
    page = visitor.open("/suche")
    field = page.locator("main form[data-suggest] [name=q]")
    field.click()
    field.press_sequentially("Heid", delay=60)

    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert visitor.axe() == []
    visitor.screenshot(f"search-suggestions-{width}")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("Heid")

    field.press_sequentially("e", delay=60)
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/suche" not in url)


def test_filters_narrow_the_results_and_keep_the_keyboard(visit):
    visitor = visit(GUEST)
    page = visitor.open("/suche?q=Bewegung")
    link = page.locator("main a[href*='art=']").first
    link.focus()
    link.press("Enter")

    page.wait_for_url("**art=**")
    assert page.evaluate("document.activeElement !== document.body")
    assert visitor.axe() == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "without-script"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_search_is_saved_and_let_go(visit, script, width):
    visitor = visit(ANNA, script=script, width=width)
    words = f"Trinkbrunnen {width} {script}"
    page = visitor.open("/suche")
    page.fill("main [name=q]", words)
    page.press("main [name=q]", "Enter")
    page.wait_for_url("**q=Trinkbrunnen**")
    page.locator("summary", has_text="Suche merken").click()
    assert visitor.overflow() <= 0
    page.get_by_role("button", name="Suche merken").click()

    page.wait_for_url("**/konto/suchen")
    expect(page.get_by_role("link", name=words)).to_be_visible()
    card = page.locator("li.card", has_text=words)
    card.get_by_role("button", name="Löschen").click()
    expect(page.get_by_role("link", name=words)).to_have_count(0)
    assert visitor.overflow() <= 0
