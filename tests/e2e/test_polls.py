"""Polls in a browser: wide, narrow, by keyboard, and without script."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

TITLE = "Digitale Elternabende: Welche Uhrzeit?"


def open_thread(visitor, title=TITLE):
    page = visitor.open(f"/suche?{urlencode({'q': title})}")
    page.locator("main").get_by_role("link", name=title, exact=True).first.click()
    return page


@pytest.mark.parametrize(("who", "width"), [("anna-albrecht", 1280), ("bernd-brandt", 360)])
def test_member_votes_by_keyboard_and_sees_the_result(visit, who, width):
    member = visit(who, width=width)
    page = open_thread(member)
    poll = page.locator("#umfrage")
    expect(poll).to_contain_text("sobald Sie abgestimmt haben")
    assert member.axe() == []
    assert member.overflow() <= 0

    poll.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(poll.get_by_role("table", name="Ergebnis")).to_be_visible()
    expect(poll.get_by_role("radio").nth(1)).to_be_checked()
    assert member.axe() == []
    assert member.overflow() <= 0
    member.screenshot(f"poll-{width}")
    poll.get_by_role("button", name="Stimme zurückziehen").click()
    expect(poll).to_contain_text("sobald Sie abgestimmt haben")


def test_vote_without_script(visit):
    hanna = visit("hanna-heller", script=False)
    page = open_thread(hanna)
    page.get_by_label("Am Samstag").check()
    page.get_by_role("button", name="Abstimmen").click()

    expect(page.locator("#umfrage .chart")).to_be_visible()
    page.get_by_role("button", name="Stimme zurückziehen").click()


@pytest.mark.parametrize("width", [1280, 360])
def test_named_result_is_sound(visit, width):
    anna = visit("anna-albrecht", width=width)
    page = open_thread(anna, "Strategiebausteine: Wann ist etwas „verstetigt“?")
    page.get_by_role("link", name="Wer hat was gewählt?").click()
    expect(page.locator("main")).to_contain_text("Cem Yıldırım")
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"poll-named-{width}")


@pytest.mark.parametrize("width", [1280, 360])
def test_form_for_a_poll_is_sound(visit, width):
    author = visit("friederike-lange", width=width)
    page = open_thread(author, "Fahrdienste zu Vorsorgeuntersuchungen")
    page.get_by_role("link", name="Umfrage anfügen").click()
    page.get_by_role("button", name="Umfrage anlegen").click()

    expect(page.get_by_role("alert")).to_contain_text("Bitte schreiben Sie eine Frage.")
    assert author.axe() == []
    assert author.overflow() <= 0
    author.screenshot(f"poll-form-{width}")
