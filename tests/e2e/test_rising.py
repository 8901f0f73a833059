"""A published example rises to Good Practice: no script, narrow, by the keyboard."""

from playwright.sync_api import expect

from tests.e2e.test_keyboard import tab_to
from tests.e2e.test_review import confirm, look_at, rate, write_agreement

TITLE = "Babybegrüßungsbesuch mit Qualitätszirkel"
AUTHOR = "sanja-markovic"


def look_at_narrow(visitor, name):
    """Check the width; without a script there is no axe."""
    assert visitor.overflow() == 0, name
    visitor.screenshot(f"rising-{name}-360")


def nominate(visitor):
    page = visitor.open("/werkzeugkiste/meine")
    page.get_by_role("link", name=TITLE).click()
    look_at_narrow(visitor, "published")
    page.get_by_role("link", name="Für Good Practice vorschlagen").click()
    look_at_narrow(visitor, "nominate")
    page.get_by_label("Was zeichnet das Beispiel aus?").fill("Der Qualitätszirkel.")
    page.get_by_role("button", name="Vorschlagen").click()
    expect(page.locator("main")).to_contain_text("Als Nächstes: ")
    look_at_narrow(visitor, "nominated")
    return page.url.split("/")[-1]


def propose(visitor, desk):
    page = visitor.open(desk)
    expect(page.locator("main")).to_contain_text("Der Qualitätszirkel.")
    page.locator("#propose").locator("..").locator("summary").click()
    page.locator("#propose #office").select_option(label="Servicestelle")
    look_at(visitor, "rising-desk")
    page.locator("#propose").get_by_role("button", name="Vorschlagen").click()
    expect(page.locator("main")).to_contain_text("Zwei Lesende bewerten")


def read(visitor, desk, seat):
    page = visitor.open(desk)
    page.get_by_role("link", name=seat).click()
    page.get_by_role("button", name="Lesung übernehmen").click()
    rate(page, 3, "Durchgängig beschrieben.")


def press(page, selector):
    tab_to(page, selector)
    page.keyboard.press("Enter")


def release_by_keyboard(visitor, number):
    page = visitor.open(f"/werkzeugkiste/beitragen/{number}")
    look_at(visitor, "rising-status")
    press(page, "main a[href$='freigabe']")
    expect(page.locator("main")).to_contain_text("Darauf haben wir uns geeinigt.")
    look_at(visitor, "rising-release")
    press(page, "#release button")
    expect(page.locator("main")).to_contain_text("Freigegeben")


def test_published_example_rises_and_stays_public_all_the_while(visit):
    number = nominate(visit(AUTHOR, script=False, width=360))
    desk = f"/arbeitskorb/beispiele/{number}"
    vera, emil, ahmet = visit("vera-kaczmarek"), visit("emil-ebert"), visit("ahmet-sahin")

    propose(vera, desk)
    read(ahmet, desk, "Zur ersten Lesung")
    guest = visit().open(f"/werkzeugkiste/beispiele/{number}")
    expect(guest.locator("h1")).to_have_text(TITLE)
    read(emil, desk, "Zur zweiten Lesung")
    write_agreement(ahmet, f"{desk}/gespraech")
    confirm(emil, f"{desk}/gespraech")
    expect(guest.get_by_text("besonders gelungen")).to_have_count(0)
    release_by_keyboard(visit(AUTHOR), number)

    guest.reload()
    expect(guest.get_by_text("besonders gelungen")).to_have_count(3)
