"""Wiedervorlage and open points in a browser, wide, narrow and without script."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("width", [1280, 360])
def test_reminder_is_set_shown_as_open_point_and_done(visit, width):
    anna = visit("anna-albrecht", width=width)
    page = anna.open("/diskussionen/")
    page.locator(".result__title a").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Auf Wiedervorlage legen").click()
    assert anna.axe() == []
    assert anna.overflow() <= 0
    page.locator("#due_on").fill(page.evaluate("new Date().toLocaleDateString('sv')"))
    page.locator("#note").fill(f"Bei {width} Pixeln noch einmal lesen")
    page.get_by_role("button", name="Erinnern").click()

    page = anna.open("/konto/offene-punkte")
    point = page.locator(".results li", has_text=f"Bei {width} Pixeln")
    expect(point).to_contain_text(title)
    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot(f"open-points-{width}")
    point.get_by_role("button", name=re.compile("^Erledigt")).press("Enter")

    expect(page.locator("main")).not_to_contain_text(f"Bei {width} Pixeln")
    page.goto("/konto/wiedervorlage?erledigt=1")
    expect(page.locator("main")).to_contain_text(f"Bei {width} Pixeln")
    assert anna.axe() == []
    anna.screenshot(f"reminders-{width}")


def test_reminder_of_an_example_works_without_script(visit):
    hanna = visit("hanna-heller", script=False)
    page = hanna.open("/werkzeugkiste/")
    page.locator("main a[href*='/werkzeugkiste/beispiele/']").first.click()
    page.get_by_role("link", name="Auf Wiedervorlage legen").click()
    page.get_by_role("button", name="Erinnern").click()

    page.goto("/konto/wiedervorlage")
    expect(page.locator(".results li")).to_have_count(1)
    page.get_by_role("link", name="Verschieben").click()
    page.locator("#note").fill("Im Amt zeigen")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".results li")).to_contain_text("Im Amt zeigen")


def test_overview_with_open_points_is_sound(visit):
    anna = visit("anna-albrecht", width=360)
    anna.open("/")

    assert anna.axe() == []
    assert anna.overflow() <= 0
    anna.screenshot("overview-points-360")


def test_page_is_noted_as_read_without_script(visit):
    hanna = visit("hanna-heller", script=False)
    page = hanna.open("/diskussionen/")
    link = page.locator(".results li:has(.unread-dot) .result__title a").first
    title = link.inner_text()

    with page.expect_response(re.compile(r"/gelesen\.gif\?bis=\d+$")):
        link.click()

    page.goto("/diskussionen/")
    row = page.locator(".results li", has_text=title).first
    expect(row.locator(".unread-dot")).to_have_count(0)
