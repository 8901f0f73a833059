"""Dates of a group in a browser: wide, narrow, and without script."""

import pytest
from playwright.sync_api import expect

HOME = "/gruppen/praeventionsketten"
NEXT = "Sprechstunde Präventionsketten"


@pytest.mark.parametrize(("who", "width"), [("anna-albrecht", 1280), ("hanna-heller", 360)])
def test_home_leads_to_the_dates_of_the_group(visit, who, width):
    member = visit(who, width=width)
    page = member.open(HOME)
    block = page.get_by_role("region", name="Termine", exact=True)
    expect(block.get_by_role("link", name=NEXT)).to_be_visible()
    assert member.axe() == []
    assert member.overflow() <= 0
    member.screenshot(f"dates-home-{width}")

    block.get_by_role("link", name="Alle Termine der Gruppe").click()
    expect(page.get_by_role("status").filter(has_text="2 Termine")).to_be_visible()
    assert member.axe() == []
    assert member.overflow() <= 0
    member.screenshot(f"dates-list-{width}")

    page.get_by_role("link", name=NEXT).click()
    expect(page.get_by_role("link", name="Termin der Gruppe Präventionsketten")).to_be_visible()
    assert member.axe() == []
    assert member.overflow() <= 0
    member.screenshot(f"dates-show-{width}")


@pytest.mark.parametrize("script", [True, False])
def test_form_begins_with_the_group_one_comes_from(visit, script):
    member = visit("doris-dahl", width=360, script=script)
    page = member.open(HOME)
    page.get_by_role("link", name="Termin melden").click()

    expect(page.get_by_label("Gruppe")).to_have_value(
        page.get_by_role("option", name="Präventionsketten").get_attribute("value")
    )
    expect(page.locator("#group-hint")).to_contain_text("Ist die Gruppe geschützt")
    if script:
        assert member.axe() == []
        assert member.overflow() <= 0
