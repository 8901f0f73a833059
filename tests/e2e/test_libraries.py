"""Files of a group in a browser: wide, narrow, by keyboard, and without script."""

import pytest
from playwright.sync_api import expect

PLACE = "/gruppen/praeventionsketten/dateien"
GIVEN = {"name": "Einladung.txt", "mimeType": "text/plain", "buffer": b"Wir laden ein."}


@pytest.mark.parametrize("width", [1280, 360])
def test_list_and_one_file_are_sound(visit, width):
    hanna = visit("hanna-heller", width=width)
    page = hanna.open(PLACE)
    expect(page.locator(".library__row").first).to_be_visible()
    assert hanna.axe() == []
    assert hanna.overflow() <= 0
    hanna.screenshot(f"library-{width}")

    page.get_by_role("link", name="Protokoll des Netzwerktreffens", exact=True).click()

    expect(page.get_by_role("heading", name="2 Fassungen")).to_be_visible()
    assert hanna.axe() == []
    assert hanna.overflow() <= 0
    hanna.screenshot(f"library-file-{width}")


@pytest.mark.parametrize("script", [True, False])
def test_file_is_uploaded_renewed_and_deleted(visit, script):
    anna = visit("anna-albrecht", width=360, script=script)
    page = anna.open(PLACE)
    page.get_by_role("link", name="Datei hochladen").first.click()
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte wählen Sie eine Datei aus.")
    if script:
        assert anna.axe() == []
    assert anna.overflow() <= 0
    page.get_by_label("Dateien", exact=True).set_input_files(GIVEN)
    page.get_by_label("Name").fill(f"Einladung {script}")
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Einladung {script}")

    page.get_by_role("link", name="Neue Fassung").click()
    page.get_by_label("Datei", exact=True).set_input_files(GIVEN)
    page.get_by_label("Was ist neu?").fill("Datum ergänzt")
    page.get_by_role("button", name="Hochladen").click()
    expect(page.locator("main")).to_contain_text("Datum ergänzt")
    page.get_by_role("button", name="Wieder nach vorn Fassung 1").click()
    expect(page.locator("main")).to_contain_text("wie Fassung 1")

    page.get_by_role("link", name="Löschen").click()
    page.get_by_role("button", name="Löschen").click()
    expect(page.locator("main")).not_to_contain_text(f"Einladung {script}")
