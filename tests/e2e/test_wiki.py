"""Pages of groups in a browser: read, written, compared; wide, narrow, and without script."""

import pytest
from playwright.sync_api import expect

HOME = "/gruppen/praeventionsketten/seiten/"
LONG = "Wie wir zusammenarbeiten"


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_of_a_group_are_sound(visit, width):
    anna = visit("anna-albrecht", width=width)
    page = anna.open(HOME)
    expect(page.get_by_role("heading", name="Alle Seiten")).to_be_visible()
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"wiki-list-{width}")

    page.get_by_role("link", name=LONG).first.click()
    expect(page.get_by_role("link", name="Treffen", exact=True)).to_be_visible()
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"wiki-page-{width}")

    page.get_by_role("link", name="Verlauf").click()
    page.get_by_role("button", name="Fassungen vergleichen").click()
    expect(page.locator(".diff ins").nth(1)).to_be_visible()
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"wiki-compare-{width}")


def test_page_is_written_without_script(visit):
    hanna = visit("hanna-heller", script=False, width=360)
    page = hanna.open(f"{HOME}neu")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("einen Titel")
    page.get_by_label("Titel").fill("Ohne Skript geschrieben")
    page.get_by_label("Text", exact=False).first.fill("Das geht auch so.")
    page.get_by_role("button", name="Speichern", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ohne Skript geschrieben")


@pytest.mark.parametrize("width", [1280, 360])
def test_form_of_a_page_and_proposal_are_sound(visit, width):
    rosa = visit("rosa-winter", width=width)
    page = rosa.open("/gruppen/steuerungsgruppe-partnerprozess/seiten/neu")
    page.get_by_label("Titel").fill(f"Aufgaben bei {width} Pixeln")
    page.get_by_role("textbox", name="Text").fill("Wer was bis wann beiträgt.")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_role("link", name="Veröffentlichung vorschlagen").click()
    expect(page.get_by_text("Wer zustimmen muss")).to_be_visible()
    assert rosa.axe() == []
    assert rosa.overflow() <= 0
    rosa.screenshot(f"opening-propose-{width}")
    page.go_back()
    page.get_by_role("link", name="Bearbeiten").click()
    expect(page.get_by_label("Titel")).to_be_visible()
    assert rosa.axe() == []
    assert rosa.overflow() <= 0
    rosa.screenshot(f"wiki-form-{width}")
