"""The steps of the full form with script: live counts, keys alone, accessible at any width."""

import re

import pytest
from playwright.sync_api import expect

DRAFT = "Bewegungspause im Rathausgarten"
FAILED = "Kochbus an drei Schulen"
STEPS = (
    "Grunddaten",
    "Ausgangslage",
    "Umsetzung",
    "Kosten",
    "Wirkung",
    "Kriterien",
    "Übertragung",
    "Zuordnung",
    "Dateien",
)


def open_step(visitor, title, step):
    page = visitor.open("/werkzeugkiste/meine")
    page.get_by_role("link", name=re.compile(title)).first.click()
    page.get_by_role("navigation", name="Schritte").get_by_role(
        "link", name=re.compile(step)
    ).click()
    expect(page.locator("h1")).to_contain_text(step)
    return page


def look(visitor, name):
    visitor.screenshot(name)
    assert visitor.axe() == []
    assert visitor.overflow() <= 0


def test_words_and_characters_are_counted_while_one_writes(visit):
    page = open_step(visit("anna-albrecht"), DRAFT, "Umsetzung")
    count = page.locator("#reach-count")
    field = page.locator("#reach")

    field.fill("Drei kurze Wörter")
    expect(count).to_have_text("Noch 4983 Zeichen · Wörter: 3")
    field.fill("x" * 5_001)
    expect(count).to_have_text("1 Zeichen zu viel · Wörter: 1")


def test_form_is_written_and_saved_by_keyboard(visit):
    page = open_step(visit("anna-albrecht"), DRAFT, "Kosten")

    page.locator("#funding").focus()
    page.keyboard.type("Stadt und Kasse")
    while page.evaluate("document.activeElement.name") != "later":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Gespeichert.").first).to_be_visible()
    row = page.get_by_role("row", name=re.compile("Kosten"))
    expect(row).to_contain_text("Anna Albrecht")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("width", [360, 1280])
def test_each_step_is_accessible_and_fits(visit, step, width):
    visitor = visit("anna-albrecht", width=width)

    open_step(visitor, DRAFT, step)
    look(visitor, f"authoring-{STEPS.index(step) + 1}-{width}")


@pytest.mark.parametrize("width", [360, 1280])
def test_example_stands_beside_the_field_where_there_is_room(visit, width):
    page = open_step(visit("anna-albrecht", width=width), DRAFT, "Ausgangslage")
    sample = page.get_by_text("310 Familien mit Neugeborenen")

    if width == 360:
        expect(page.locator("details.sample").first).to_be_visible()
        expect(sample.locator("visible=true")).to_have_count(0)
        page.get_by_text("Ein gutes Beispiel ansehen").first.click()
    expect(sample.locator("visible=true")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1280])
def test_story_of_what_failed_is_accessible(visit, width):
    visitor = visit("gustav-graf", width=width)

    page = open_step(visitor, FAILED, "Was geschah")
    expect(page.get_by_text("Es geht nicht um Schuld").first).to_be_visible()
    look(visitor, f"authoring-failed-{width}")
