"""Private messages in a browser: wide, narrow, by keyboard, and without script."""

import pytest
from playwright.sync_api import expect

SUBJECT = "Elternlotsen in Mannheim"


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_of_messages_are_sound(visit, width):
    anna = visit("anna-albrecht", width=width)
    for path in ("/nachrichten/", "/nachrichten/?ansicht=archiv", "/konto/nachrichten"):
        anna.open(path)
        assert anna.axe() == []
        assert anna.overflow() <= 0

    page = anna.open("/nachrichten/")
    anna.screenshot(f"messages-{width}")
    page.get_by_role("link", name=SUBJECT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"conversation-{width}")


def test_two_people_write_to_each_other(visit):
    anna, bernd = visit("anna-albrecht"), visit("bernd-brandt", width=360)
    page = bernd.open("/nachrichten/")
    page.get_by_role("link", name=SUBJECT).click()
    reader = anna.open("/nachrichten/")
    reader.get_by_role("link", name=SUBJECT).click()

    page.locator("#reply .ProseMirror, #reply textarea:visible").first.click()
    page.keyboard.type("Das schicke ich Ihnen morgen.")
    page.get_by_role("button", name="Nachricht senden").click()
    expect(page.locator("#beitraege")).to_contain_text("Das schicke ich Ihnen morgen.")

    reader.wait_for_timeout(1_000)
    reader.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(reader.locator(".live-bar a")).to_be_visible(timeout=30_000)
    reader.locator(".live-bar a").click()
    expect(reader.locator("#beitraege")).to_contain_text("Das schicke ich Ihnen morgen.")
    expect(reader.locator(".live-bar a")).to_have_count(0)


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, False)])
def test_recipients_are_searched_and_chosen(visit, width, script):
    hanna = visit("hanna-heller", width=width, script=script)
    page = hanna.open("/nachrichten/neu")
    page.get_by_label("Person suchen").fill("Brandt")
    page.get_by_role("button", name="Suchen").last.click()
    page.get_by_role("checkbox", name="Bernd Brandt").check()
    if script:
        assert hanna.axe() == []
    assert hanna.overflow() <= 0
    hanna.screenshot(f"new-message-{width}")
    page.get_by_role("button", name="Nachricht senden").click()

    expect(page.get_by_role("alert")).to_contain_text("worum es geht")
    expect(page.get_by_role("checkbox", name="Bernd Brandt")).to_be_checked()
