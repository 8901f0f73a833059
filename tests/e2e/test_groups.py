"""Homes of groups in a browser: wide, narrow, and without script."""

import pytest
from playwright.sync_api import expect

BOARD = "/gruppen/steuerungsgruppe-partnerprozess"
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


def check(visitor, name):
    assert visitor.axe() == []
    assert visitor.overflow() <= 0
    visitor.screenshot(name)


@WIDTHS
def test_home_shows_rules_people_and_parts(visit, width):
    emil = visit("emil-ebert", width=width)
    page = emil.open(BOARD)
    page.get_by_text("Regeln der Gruppe").click()
    expect(page.locator("main")).to_contain_text("Was hier erzählt wird, bleibt hier")
    expect(page.get_by_role("link", name="Redaktion Jahresbericht")).to_be_visible()
    check(emil, f"group-home-{width}")

    page.get_by_role("link", name="Redaktion Jahresbericht").click()
    expect(page.locator(".breadcrumb")).to_contain_text("Steuerungsgruppe Partnerprozess")
    check(emil, f"group-part-{width}")


@WIDTHS
def test_outsider_is_asked_the_question_of_the_group(visit, width):
    anna = visit("anna-albrecht", width=width)
    page = anna.open(BOARD)
    expect(page.get_by_label("Für welches Land oder welche Kommune")).to_be_visible()
    assert "Redaktion Jahresbericht" not in page.content()
    check(anna, f"group-outside-{width}")


@WIDTHS
def test_manager_makes_links_and_offers_the_lead(visit, width):
    emil = visit("emil-ebert", width=width)
    page = emil.open(f"{BOARD}/einladungslinks")
    check(emil, f"group-doors-{width}")
    page = emil.open(f"{BOARD}/mitglieder")
    check(emil, f"group-members-{width}")
    page.get_by_role("link", name="Leitung anbieten").first.click()
    check(emil, f"group-offer-{width}")
    emil.open(f"{BOARD}/per-mail-einladen")
    check(emil, f"group-mail-{width}")
    emil.open(f"{BOARD}/untergruppe")
    check(emil, f"group-divide-{width}")


def test_link_is_made_and_opened_without_script(visit):
    emil = visit("emil-ebert", script=False)
    page = emil.open(f"{BOARD}/einladungslinks")
    page.get_by_label("Wofür ist der Link?").fill("Ohne Skript")
    page.get_by_role("button", name="Link anlegen").click()
    expect(page.locator("main")).to_contain_text("Ohne Skript")
    link = page.get_by_label("Zum Kopieren").first.input_value()

    anna = visit("anna-albrecht", script=False, width=360)
    page = anna.open("/einladung" + link.split("/einladung", 1)[1])
    page.get_by_label("Für welches Land oder welche Kommune").fill("Für Augsburg.")
    page.get_by_role("button", name="Aufnahme anfragen").click()
    expect(page.locator("main")).to_contain_text("bei der Gruppenleitung")
    assert anna.overflow() <= 0


def test_directory_is_narrowed_to_a_kind(visit):
    anna = visit("anna-albrecht", width=360)
    page = anna.open("/gruppen/?art=network")
    expect(page.locator("#list")).to_contain_text("Austausch Bayern")
    assert "Familienhebammen" not in page.locator("#list").inner_text()
    check(anna, "group-directory-360")
