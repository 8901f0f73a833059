"""Enquiries in a real browser: answering, reading a result, writing one."""

import pytest
from playwright.sync_api import expect

RUNNING = "Lotsendienste an Geburtskliniken: So organisieren Sie es"
ENDED = "Hitzeaktionspläne: Wer kümmert sich bei Ihnen?"


@pytest.mark.parametrize(("who", "width"), [("anna-albrecht", 1280), ("bernd-brandt", 360)])
def test_member_answers_and_goes_on_later(visit, who, width):
    member = visit(who, width=width)
    page = member.open("/kommunalabfragen/")
    assert member.axe() == []
    page.get_by_role("link", name=RUNNING, exact=True).click()
    assert member.axe() == []
    page.get_by_role("link", name="Jetzt antworten").or_(
        page.get_by_role("link", name="Weiter antworten")
    ).click()
    assert member.axe() == []
    assert member.overflow() <= 0

    page.get_by_role("button", name="Antwort absenden").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte beantworten Sie diese Frage.")
    assert member.axe() == []
    page.get_by_label("nein").check()
    page.get_by_role("button", name="Später weitermachen").click()

    expect(page.locator("main")).to_contain_text("zählt erst, wenn Sie sie absenden")
    expect(page.get_by_label("nein")).to_be_checked()
    assert member.overflow() <= 0
    member.screenshot(f"enquiry-answer-{width}")


@pytest.mark.parametrize("width", [1280, 360])
def test_result_is_sound(visit, width):
    hanna = visit("hanna-heller", width=width)
    page = hanna.open("/kommunalabfragen/?ansicht=beendete")
    page.get_by_role("link", name=ENDED, exact=True).click()
    page.get_by_role("link", name="Ergebnis ansehen").click()
    expect(
        page.get_by_role("table", name="Gibt es bei Ihnen einen Hitze").first
    ).to_be_visible()
    for summary in page.locator("main summary").all():
        summary.click()

    assert hanna.axe() == []
    assert hanna.overflow() <= 0
    hanna.screenshot(f"enquiry-result-{width}")


@pytest.mark.parametrize("width", [1280, 360])
def test_steps_of_writing_are_sound(visit, width):
    anna = visit("anna-albrecht", width=width)
    page = anna.open("/kommunalabfragen/?ansicht=meine")
    page.get_by_role("link", name="Gesundheitskonferenz").click()
    here = page.url
    for part in ("", "/bearbeiten", "/fragen", "/fragen/neu", "/empfang"):
        anna.open(f"{here}{part}".removeprefix(anna.site))
        assert anna.axe() == [], part
        assert anna.overflow() <= 0, part
    anna.screenshot(f"enquiry-target-{width}")


def test_enquiry_is_written_without_script(visit):
    bernd = visit("bernd-brandt", script=False)
    page = bernd.open("/kommunalabfragen/neu")
    page.get_by_label("Titel").fill("Ohne Skript gefragt")
    page.get_by_label("Warum fragen Sie").fill("Weil es geht.")
    page.get_by_role("button", name="Weiter zu den Fragen").click()
    page.get_by_role("link", name="Frage hinzufügen").click()
    page.get_by_label("Frage", exact=True).fill("Klappt das?")
    page.get_by_label("Ja oder nein").check()
    page.get_by_role("button", name="Frage speichern").click()

    expect(page.locator("main")).to_contain_text("1. Klappt das?")
    page.get_by_role("button", name="Entfernen: Klappt das?").or_(
        page.get_by_role("button", name="Entfernen Klappt das?")
    ).click()
    expect(page.locator("main")).to_contain_text("Noch keine Frage")
