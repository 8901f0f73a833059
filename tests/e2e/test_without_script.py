"""With script switched off everything still works: the server answers with whole pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import EMAILS


@pytest.fixture
def anna(visit):
    visitor = visit(script=False)
    visitor.sign_in(EMAILS["anna-albrecht"])
    return visitor


def test_guest_searches_and_filters(visit):
    page = visit(script=False).open("/")

    page.locator("#header-q").fill("praeventionskete")
    page.locator("#header-q").press("Enter")
    expect(page.locator(".results li").first).to_contain_text("räventionskette")
    page.goto("/werkzeugkiste/")
    before = page.locator("#region h2 [role=status]").inner_text()
    page.locator("input[name=phase][value=kita-alter-3-6]").check()
    page.get_by_role("button", name="Filter anwenden").click()

    expect(page).to_have_url(re.compile("phase=kita-alter-3-6"))
    expect(page.locator("#region h2 [role=status]")).not_to_have_text(before)
    page.get_by_role("link", name=re.compile("Kita-Alter")).first.click()
    expect(page.locator("#region h2 [role=status]")).to_have_text(before)


def test_enter_in_the_word_field_filters_and_searches_no_municipality(visit):
    page = visit(script=False).open("/werkzeugkiste/")

    page.locator("#filter-q").fill("kita")
    page.locator("#filter-q").press("Enter")

    expect(page).to_have_url(re.compile("q=kita"))
    assert "wie_search" not in page.url
    expect(page.locator(".picker__results, .picker__chosen")).to_have_count(0)


def test_member_asks_after_a_preview_and_replies(anna):
    page = anna.open("/diskussionen/neu")
    page.locator("#title").fill("Wer hat eine Vorlage für Elternbriefe?")
    page.locator("#body").fill("Am liebsten in **einfacher Sprache**.")
    page.get_by_role("button", name="Vorschau").click()

    expect(page.locator(".preview strong")).to_have_text("einfacher Sprache")
    expect(page.locator("#audience")).to_have_text(re.compile("sichtbar für|öffentlich"))
    page.get_by_role("button", name="Frage senden").click()
    expect(page.locator(".post strong").first).to_have_text("einfacher Sprache")
    page.locator("#reply #body").fill("Ich habe selbst eine gefunden.")
    page.get_by_role("button", name="Antwort senden").click()

    expect(page.locator(".post").last).to_contain_text("selbst eine gefunden")


def test_municipality_is_chosen_in_a_step_of_its_own(visit):
    page = visit(script=False).open("/konto/registrieren")
    page.locator("#municipality").fill("manheim")
    page.locator("button[name=municipality_search]").click()

    expect(page.locator("input[name=municipality][value='08222000']")).to_have_count(1)


def test_menu_opens_on_a_narrow_screen(visit):
    page = visit(script=False, width=360).open("/")
    page.locator(".nav--small summary").click()
    page.locator(".nav--small").get_by_role("link", name="Gruppen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Gruppen")


def test_member_chooses_channels_and_the_day_of_the_digest(anna):
    page = anna.open("/konto/benachrichtigungen/einstellungen")
    anna.resize(360)

    page.get_by_label("E-Mail sofort: Jemand erwähnt mich").uncheck()
    page.get_by_label("Zusammenfassung: Jemand erwähnt mich").check()
    page.get_by_label("Wochentag").select_option("Donnerstag")
    page.get_by_role("button", name="Speichern").click()

    expect(page.get_by_text("Ihre Wahl ist gespeichert.")).to_be_visible()
    expect(page.get_by_label("E-Mail sofort: Jemand erwähnt mich")).not_to_be_checked()
    expect(page.get_by_label("Wochentag")).to_have_value("3")
