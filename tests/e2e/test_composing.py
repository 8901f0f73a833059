"""Writing in a real browser: drafts that are kept while one types."""

import re

import pytest
from playwright.sync_api import expect

from inforo.demo import people
from tests.e2e.visitor import EMAILS

ANNA = "anna-albrecht"
SAVED = re.compile(r"Entwurf gespeichert \d\d:\d\d")


@pytest.fixture
def asking(visit):
    """Open the form of a question, without the draft a test before may have left."""
    visitor = visit(ANNA)
    visitor.open("/diskussionen/neu?entwurf=0")
    return visitor


def test_text_is_kept_after_a_pause_and_offered_in_another_window(visit, asking):
    page = asking.page
    page.fill("#title", "Wer hat ein Familienbüro?")
    expect(page.locator("[data-draft-status]")).to_have_text(SAVED)

    other = visit(ANNA).open("/diskussionen/neu")

    expect(other.locator("#title")).to_have_value("Wer hat ein Familienbüro?")
    expect(other.locator(".draft__note").first).to_contain_text("Ihr Entwurf")
    assert asking.axe() == []


def test_leaving_at_once_keeps_what_was_typed(asking):
    page = asking.page
    page.fill("#title", "Schnell weggegangen")

    page.goto("/diskussionen/")
    page.wait_for_timeout(300)
    page.goto("/konto/entwuerfe")

    expect(page.get_by_text("Schnell weggegangen").first).to_be_visible()


def test_form_that_came_back_is_kept_without_another_key(asking):
    page = asking.page
    page.fill("#title", "Zu schnell abgeschickt")
    page.get_by_role("button", name="Frage senden").click()

    expect(page.locator(".error-summary")).to_be_visible()

    expect(page.locator("[data-draft-status]")).to_have_text(SAVED)


def test_nothing_is_said_to_be_kept_while_the_server_does_not_answer(asking):
    page = asking.page
    page.route("**/konto/entwuerfe/speichern", lambda route: route.fulfill(status=503))

    page.fill("#title", "Ohne Netz")

    expect(page.locator("[data-draft-status]")).to_contain_text("noch nicht gespeichert")
    page.unroute("**/konto/entwuerfe/speichern")


def test_form_that_was_sent_leaves_no_draft(asking):
    page = asking.page
    page.fill("#title", "Diese Frage wird gesendet")
    page.locator("[contenteditable=true]").fill("Und zwar sofort.")
    expect(page.locator("[data-draft-status]")).to_have_text(SAVED)

    page.get_by_role("button", name="Frage senden").click()
    page.wait_for_url("**/diskussionen/*-*")
    page.goto("/konto/entwuerfe")

    expect(page.get_by_text("Diese Frage wird gesendet")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_list_of_drafts_fits_and_is_accessible(visit, width):
    visitor = visit(ANNA, width=width)
    visitor.open("/diskussionen/neu?entwurf=0")
    visitor.page.fill("#title", "Ein langer Titel, der in der Liste der Entwürfe steht")
    expect(visitor.page.locator("[data-draft-status]")).to_have_text(SAVED)
    visitor.open("/konto/entwuerfe")

    assert visitor.axe() == []
    assert visitor.overflow() <= 0
    visitor.screenshot(f"drafts-{width}")


def test_form_that_outlived_its_session_is_sent_after_signing_in_there(visit):
    visitor = visit()
    visitor.sign_in(EMAILS["bernd-brandt"])
    visitor.open("/diskussionen/neu?entwurf=0")
    page = visitor.page
    page.fill("#title", "Nach der Pause gesendet")
    page.locator("[contenteditable=true]").fill("Die Sitzung war zu Ende.")
    visitor.context.clear_cookies(name="sid")

    page.get_by_role("button", name="Frage senden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte melden Sie sich an")
    assert visitor.axe() == []
    visitor.resize(360)
    assert visitor.overflow() <= 0
    visitor.screenshot("sign-in-in-place-360")
    page.fill("#sign-in [name=email]", EMAILS["bernd-brandt"])
    page.fill("#sign-in [name=password]", people.PASSWORD)
    page.press("#sign-in [name=password]", "Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Nach der Pause gesendet")


def test_quote_stands_in_the_form_to_answer(visit):
    visitor = visit(ANNA)
    page = visitor.open("/diskussionen/")
    page.locator("main h2 a, main h3 a").first.click()
    page.get_by_role("link", name="Zitieren").first.click()

    expect(page.locator("#antworten [contenteditable=true] blockquote")).to_contain_text(
        "schrieb"
    )
    assert visitor.axe() == []
