"""Unanswered questions, outcomes and harvested examples: wide, narrow, and without script."""

import pytest
from playwright.sync_api import expect

RISEN = "Auswertung der Einschulungsdaten im Kreis"
SETTLED = "Männer über 70 erreichen"


def open_thread(visitor, view, title):
    page = visitor.open(f"/diskussionen/?ansicht={view}")
    page.get_by_role("link", name=title).first.click()
    return page


@pytest.mark.parametrize("width", [1280, 360])
def test_who_was_asked_sees_it_and_what_happens_next(visit, width):
    anna = visit("anna-albrecht", width=width)
    page = open_thread(anna, "unbeantwortet", RISEN)

    expect(page.locator("#weiter")).to_contain_text("Können Sie hier helfen?")
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"answers-asked-{width}")


@pytest.mark.parametrize("width", [1280, 360])
def test_office_asks_somebody_by_name(visit, width):
    clara = visit("clara-conrad", width=width)
    page = open_thread(clara, "unbeantwortet", RISEN)
    page.get_by_role("link", name="Jemanden fragen, der helfen kann").click()

    expect(page.locator("main")).to_contain_text("kann gerade nicht")
    assert clara.axe() == []
    assert clara.overflow() <= 0
    clara.screenshot(f"answers-ask-{width}")


@pytest.mark.parametrize("width", [1280, 360])
def test_outcome_and_answer_stand_at_the_top(visit, width):
    anna = visit("anna-albrecht", width=width)
    page = open_thread(anna, "mit-ergebnis", SETTLED)

    expect(page.locator("#ergebnis")).to_contain_text("Werkstatt im Bauhof")
    expect(page.locator("#die-antwort")).to_be_visible()
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"answers-outcome-{width}")


def test_asker_makes_an_example_and_tells_what_came_of_it_without_script(visit):
    dmitri = visit("dmitri-weber", width=360, script=False)
    page = open_thread(dmitri, "mit-ergebnis", SETTLED)
    path = page.url
    page.get_by_role("link", name="Als Praxisbeispiel aufbereiten").click()
    dmitri.screenshot("answers-harvest-360")
    assert dmitri.overflow() <= 0

    page.get_by_role("button", name="Entwurf anlegen und fragen").click()
    expect(page.locator("main")).to_contain_text("fehlt noch die Zustimmung")
    page.get_by_role("link", name="Zustimmungen ansehen").click()
    expect(page.locator("main")).to_contain_text("wartet auf Zustimmung")
    dmitri.screenshot("answers-quotes-360")
    assert dmitri.overflow() <= 0

    page.goto(path)
    page.get_by_role("link", name="Was wurde daraus?").click()
    dmitri.screenshot("answers-tell-360")
    assert dmitri.overflow() <= 0


def test_forms_of_the_asker_are_sound(visit):
    dmitri = visit("dmitri-weber")
    page = open_thread(dmitri, "mit-ergebnis", SETTLED)
    for name in ("Als Praxisbeispiel aufbereiten", "Was wurde daraus?"):
        page.get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_have_text(name)
        assert dmitri.axe() == []
        page.go_back()
