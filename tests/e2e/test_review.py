"""A review with two readers in a real browser: a declined conflict, the talk, the release."""

import re

import pytest
from playwright.sync_api import expect

WAITING = "Gesundheitslotsin in der Notunterkunft"
TALK = "Trinkwasser für alle Grundschulen"


def open_case(visitor, title):
    """Go from the basket to the place where one decides."""
    page = visitor.open("/arbeitskorb/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Ansehen und entscheiden").click()
    return page


def look_at(visitor, name):
    """Check accessibility and width of the page as it is now, narrow and wide."""
    for width in (360, 1280):
        visitor.resize(width)
        assert visitor.overflow() == 0, f"{name} at {width}"
        visitor.screenshot(f"review-{name}-{width}")
    assert visitor.axe() == []


def rate(page, level, sentence):
    for number in range(1, 13):
        page.locator(f"#level_{number}").select_option(str(level))
        page.locator(f"#sentence_{number}").fill(sentence)
    page.get_by_role("button", name="Bewertung abgeben").click()


def declare_conflict(visitor):
    """Doris knows somebody there: the seat goes to somebody else, and she cannot take it."""
    page = open_case(visitor, WAITING)
    reading = page.url
    page.get_by_role("button", name="Lesung übernehmen").click()
    expect(page.locator("#rate")).to_be_visible()
    look_at(visitor, "reading")
    page.get_by_text("Ich bin befangen").click()
    page.get_by_label("Warum sind Sie befangen?").fill("Meine Schwester arbeitet dort.")
    page.locator("#state-conflict").get_by_role("button", name="Abgeben").click()
    expect(page).to_have_url(re.compile("/arbeitskorb/$"))
    page = visitor.open(reading)
    expect(page.locator("main")).to_contain_text("für befangen erklärt")
    expect(page.get_by_role("button", name="Lesung übernehmen")).to_have_count(0)
    look_at(visitor, "conflict")
    return reading


def read_second(visitor, reading):
    page = visitor.open(reading)
    expect(page.locator("main")).not_to_contain_text("Selbsteinschätzung")
    page.get_by_role("button", name="Lesung übernehmen").click()
    rate(page, 3, "Durchgängig beschrieben.")
    expect(page.locator("h1")).to_contain_text("Gespräch")
    look_at(visitor, "talk")
    return page.url


def write_agreement(visitor, talk):
    page = visitor.open(talk)
    for number in range(1, 13):
        page.locator(f"#level_{number}").select_option("2")
        page.locator(f"#sentence_{number}").fill("Darauf haben wir uns geeinigt.")
    boxes = page.locator("#highlighted input")
    for number in range(12):
        boxes.nth(number).set_checked(number < 2)
    page.get_by_role("button", name="Einigung aufschreiben").click()
    expect(page.locator(".error-summary")).to_contain_text("genau drei")
    page.locator("#highlighted input").nth(2).check()
    page.get_by_role("button", name="Einigung aufschreiben").click()
    expect(page.locator("main")).to_contain_text("bestätigt als Nächstes")


def confirm(visitor, talk):
    page = visitor.open(talk)
    page.get_by_role("button", name="Einigung bestätigen").click()
    expect(page).to_have_url(re.compile("/arbeitskorb/$"))


def release(visitor, number):
    page = visitor.open(f"/werkzeugkiste/beitragen/{number}")
    expect(page.locator("main")).to_contain_text("Als Nächstes: Sie")
    look_at(visitor, "status")
    page.get_by_role("link", name="Lesen und freigeben").click()
    expect(page.locator("#einigung")).to_contain_text("Darauf haben wir uns geeinigt.")
    look_at(visitor, "release")
    page.get_by_role("button", name="Freigeben und veröffentlichen").click()
    expect(page.locator("main")).to_contain_text("Ihr Praxisbeispiel ist jetzt öffentlich.")


@pytest.mark.parametrize("author", ["rafael-oliveira"])
def test_two_readers_agree_and_the_author_releases_good_practice(visit, author):
    doris, emil, ahmet = visit("doris-dahl"), visit("emil-ebert"), visit("ahmet-sahin")

    reading = declare_conflict(doris)
    talk = read_second(emil, reading)
    write_agreement(ahmet, talk)
    confirm(emil, talk)
    number = talk.split("/")[-2]
    release(visit(author), number)

    page = visit().open(f"/werkzeugkiste/beispiele/{number}")
    expect(page.locator("h1")).to_have_text(WAITING)
    expect(page.locator("main")).to_contain_text("Good Practice")
    expect(page.get_by_text("besonders gelungen")).to_have_count(3)


def test_basket_and_absence_are_sound(visit):
    clara = visit("clara-conrad")
    page = clara.open("/arbeitskorb/?stand=wartet")
    expect(page.locator("main")).to_contain_text("überfällig")
    look_at(clara, "basket")
    clara.open("/konto/vertretung")
    look_at(clara, "absence")
    emil = visit("emil-ebert")
    page = emil.open("/arbeitskorb/?stand=offen&art=example")
    page.get_by_role("link", name=TALK).first.click()
    page.get_by_role("link", name="Ansehen und entscheiden").click()
    look_at(emil, "desk")
