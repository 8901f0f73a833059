"""Moderation in a real browser: pages hold at any width, and the keyboard is enough."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_pages import look_at

ANNA, CLARA, GUEST = "anna-albrecht", "clara-conrad", ""
PAGES = [
    ("reasons-new", CLARA, "/arbeitskorb/textbausteine/neu"),
    ("reasons", CLARA, "/arbeitskorb/textbausteine/"),
    ("basket-overview", CLARA, "/arbeitskorb/ueberblick"),
    ("log-filtered", CLARA, "/arbeitskorb/protokoll?wer=clara&von=2026-01-01"),
    ("public-protocol", GUEST, "/moderationsprotokoll"),
    ("held-none", ANNA, "/freigaben/"),
    ("own-notes", ANNA, "/konto/vermerke"),
]


@pytest.mark.parametrize(("name", "who", "address"), PAGES)
def test_page_is_accessible_and_whole_at_any_width(visit, name, who, address):
    visitor = visit(who)
    visitor.open(address)

    assert look_at(visitor, name) == []


def own_thread(visitor) -> str:
    """Return the address of an answered thread of her Land, without the title in it."""
    page = visitor.open("/diskussionen/?land=BW")
    row = page.locator(".results li", has_text=re.compile("[1-9] Antwort")).first
    link = row.locator("a").first.get_attribute("href")
    return re.match(r"/diskussionen/\d+", link)[0]


@pytest.mark.parametrize("page", ["ordnen", "verschieben", "schliessen"])
def test_forms_of_moderators_are_accessible(visit, page):
    clara = visit(CLARA)
    clara.open(f"{own_thread(clara)}/{page}")

    assert look_at(clara, f"moderating-{page}") == []


def test_person_is_restricted_from_an_accessible_page(visit):
    visitor = visit(CLARA)
    page = visitor.open("/personen/")
    page.locator("main a", has_text="Anna Albrecht").first.click()
    page.get_by_role("link", name="Maßnahmen und Vermerke").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maßnahmen und Vermerke")

    assert look_at(visitor, "sanctions") == []


@pytest.mark.parametrize("script", [True, False])
def test_answer_is_split_off_and_put_back_with_the_keyboard(visit, script):
    clara = visit(CLARA, script=script)
    thread = own_thread(clara)
    page = clara.open(f"{thread}/ordnen")
    box = page.locator("input[name=posts]").last
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.locator("#title").fill("Eine andere Frage?")
    page.locator("#reason").fill("Das ist eine eigene Frage.")
    page.get_by_role("button", name="Vorschau der neuen Ordnung").press("Enter")

    expect(page.locator("main")).to_contain_text("neu hier:")
    if script:
        assert look_at(clara, "rearrange-preview") == []
    page.get_by_role("button", name="So ordnen").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Eine andere Frage?")

    page = clara.open(f"{thread}/ordnen")
    page.locator("form[id^=undo-] button").first.press("Enter")
    expect(page.locator("body")).to_contain_text("wieder, wo es war")
    page = clara.open(thread)
    expect(page.locator("main")).not_to_contain_text(re.compile("wurde .* verschoben"))
