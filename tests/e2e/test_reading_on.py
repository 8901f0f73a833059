"""Reading on: what was seen is noted, and what comes meanwhile is offered without moving."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_keyboard import tab_to

NOTED = "**/gelesen"


def write(page: Page, words: str) -> None:
    """Type into the plain field, whether or not the editor covers it."""
    page.get_by_role("button", name="Als Markdown schreiben").click()
    page.locator("#body").fill(words)


def ask(visitor, title: str) -> str:
    """Ask a question; return the address of its thread."""
    page = visitor.open("/diskussionen/neu")
    page.locator("#title").fill(title)
    write(page, "\n\n".join(f"Absatz {n} der Frage." for n in range(30)))
    page.locator("#group_id").select_option(index=1)
    page.locator("#thread").get_by_role("button", name="Frage senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url.partition("#")[0]


def answer(visitor, address: str, words: str) -> None:
    page = visitor.open(address)
    write(page, words)
    page.locator("#reply").get_by_role("button", name="Antwort senden").click()
    expect(page.locator(".post").last).to_contain_text(words)


def look_again(page: Page) -> None:
    """Come back to the window: then it asks at once what is new."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def wait_until_nothing_is_new(page: Page, title: str) -> None:
    """Look at the list again and again: what the page noted may still be on its way."""
    for _attempt in range(20):
        page.goto("/diskussionen/?ansicht=neues")
        if title not in page.locator("main").inner_text():
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{title} is still new")


@pytest.mark.parametrize("width", [1280, 360])
def test_new_answer_is_offered_and_moves_nothing(visit, width):
    anna, bernd = visit("anna-albrecht", width=width), visit("bernd-brandt")
    address = ask(anna, f"Wer liest weiter bei {width} Pixeln?")
    page = anna.page
    write(page, "Was ich gerade schreibe")
    page.evaluate("scrollBy({ top: -200, behavior: 'instant' })")
    where = page.evaluate("scrollY")

    answer(bernd, address, "Die erste Antwort.")
    look_again(page)

    offer = page.get_by_role("status").get_by_role("link", name="1 neue Antwort anzeigen")
    expect(offer).to_be_visible()
    assert page.title().startswith("(")
    assert page.evaluate("scrollY") == where
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"reading-offer-{width}")

    offer.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#beitrag-2")).to_be_focused()
    expect(page.locator("#beitrag-2")).to_contain_text("Die erste Antwort.")
    expect(page.locator("#body")).to_have_value("Was ich gerade schreibe")
    expect(offer).to_have_count(0)


def test_what_was_seen_counts_as_read(visit):
    anna, bernd = visit("anna-albrecht"), visit("bernd-brandt")
    address = ask(anna, "Was habe ich gelesen?")
    answer(bernd, address, "Eine Antwort.")
    answer(bernd, address, "Noch eine.")
    page = anna.open("/diskussionen/?ansicht=neues")
    row = page.locator(".results li", has_text="Was habe ich gelesen?")
    expect(row).to_contain_text("2 neue")
    anna.screenshot("reading-list")

    row.get_by_role("link").first.click()
    expect(page.locator(".unread-line")).to_be_visible()
    expect(page.locator("#beitrag-2")).to_be_in_viewport()
    anna.screenshot("reading-line")
    with page.expect_request(NOTED) as noted:
        page.locator("#beitrag-3").scroll_into_view_if_needed()
    assert "bis=" in noted.value.post_data

    wait_until_nothing_is_new(page, "Was habe ich gelesen?")


def test_from_here_unread_is_not_read_again_on_leaving(visit):
    anna, bernd = visit("anna-albrecht"), visit("bernd-brandt")
    address = ask(anna, "Was lese ich später?")
    answer(bernd, address, "Eine Antwort.")
    anna.open("/diskussionen/")
    with anna.page.expect_request(NOTED):
        page = anna.open(address + "#beitrag-2")

    page.locator("#beitrag-2").get_by_role("button", name="Ab hier ungelesen").click()

    row = page.locator(".results li", has_text="Was lese ich später?")
    expect(row).to_contain_text("1 neue")


def test_signed_out_window_stops_asking(visit):
    anna = visit("anna-albrecht")
    page = anna.open("/diskussionen/")
    anna.context.clear_cookies()
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    for _time in range(2):
        look_again(page)
        page.wait_for_timeout(1800)

    assert asked.count(f"{anna.site}/neues") == 1


def test_level_is_chosen_by_keyboard(visit):
    anna = visit("anna-albrecht", width=360)
    page = anna.open(ask(anna, "Wie laut soll es sein?"))
    tab_to(page, ".levels__fold summary")
    page.keyboard.press("Enter")
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot("reading-levels-360")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".levels__fold summary")).to_contain_text("Beobachten")


@pytest.mark.parametrize("width", [1280, 360])
def test_page_of_wishes_is_sound(visit, width):
    anna = visit("anna-albrecht", width=width)
    anna.open("/konto/folgen")

    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"wishes-{width}")
