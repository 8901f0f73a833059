"""Files of a group in a browser: wide, narrow, by keyboard, and without script."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_attachments import plan

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


def look(visitor, name, *, script):
    """Check a page by machine, and keep a picture of it for people."""
    if script:
        assert visitor.axe() == []
    assert visitor.overflow() <= 0
    visitor.screenshot(name)


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (True, 360), (False, 360)])
def test_each_picture_is_described_after_sending(visit, script, width):
    anna = visit("anna-albrecht", width=width, script=script)
    page = anna.open(f"{PLACE}/neu")
    sent = [plan("Aula.png"), plan("Hof.png")]
    page.get_by_label("Dateien", exact=True).set_input_files(sent)
    page.get_by_role("button", name="Hochladen").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Bitte beschreiben Sie, was „Hof.png“ zeigt.")
    expect(page.locator(".upload img")).to_have_count(2)
    look(anna, f"library-pictures-{width}", script=script)

    page.get_by_label("Was ist auf dem Bild zu sehen? Aula.png").fill("Eine leere Aula")
    page.get_by_label("Was ist auf dem Bild zu sehen? Hof.png").fill("Ein Hof mit Bäumen")
    page.get_by_role("button", name="Hochladen").click()

    page.get_by_role("link", name="Hof", exact=True).first.click()
    page.get_by_role("link", name="Umbenennen und beschreiben").click()
    words = page.get_by_label("Was ist auf dem Bild zu sehen?")
    expect(words).to_have_value("Ein Hof mit Bäumen")


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 360)])
def test_renamed_file_gets_its_title_back(visit, script, width):
    anna = visit("anna-albrecht", width=width, script=script)
    page = anna.open(f"{PLACE}/neu")
    page.get_by_label("Dateien", exact=True).set_input_files(GIVEN)
    page.get_by_role("button", name="Hochladen").click()
    page.get_by_role("link", name="Umbenennen und beschreiben").click()
    page.get_by_label("Name", exact=True).fill("Aufruf")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aufruf")
    expect(page.locator("main")).to_contain_text("umbenannt")
    look(anna, f"library-renamed-{width}", script=script)

    page.get_by_role("button", name="Wieder nach vorn Fassung 1").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Einladung")
    expect(page.locator("main")).to_contain_text("wie Fassung 1")
