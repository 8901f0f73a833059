"""What a closed group opened to others, in a browser: wide, narrow, and without script."""

import pytest
from playwright.sync_api import expect

NAME = "Rückmeldebogen für Länder"
FILES = "/gruppen/steuerungsgruppe-partnerprozess/dateien"


def look_at(visitor, script):
    if script:
        assert visitor.axe() == []
    assert visitor.overflow() <= 0


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 360)])
def test_file_is_found_by_guests_until_it_is_taken_back(visit, script, width):
    guest = visit(width=width, script=script)
    outside = guest.open("/suche?q=Rückmeldebogen")
    outside.get_by_role("link", name=NAME).first.click()
    expect(outside.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(outside.locator("main")).not_to_contain_text("Steuerungsgruppe")
    look_at(guest, script)
    with outside.expect_download() as loading:
        outside.get_by_role("link", name="Herunterladen").click()
    assert loading.value.suggested_filename == f"{NAME}.docx"

    rosa = visit("rosa-winter", width=width, script=script)
    page = rosa.open(FILES)
    page.get_by_role("link", name=NAME, exact=True).click()
    look_at(rosa, script)
    page.get_by_role("link", name="Stand der Veröffentlichung").click()
    page.get_by_role("button", name="Sofort zurücknehmen").click()
    outside.reload()
    expect(outside.get_by_role("heading", level=1)).to_have_text("Anmelden")

    page.get_by_role("link", name=NAME, exact=True).click()
    page.get_by_role("link", name="Veröffentlichung vorschlagen").click()
    page.get_by_label("Alle im Internet").check()
    page.get_by_role("button", name="Zustimmungen einholen").click()
    expect(page.locator("main")).to_contain_text("veröffentlicht")


@pytest.mark.parametrize(("script", "width"), [(True, 360), (False, 1280)])
def test_members_read_copies_of_a_discussion_without_names(visit, script, width):
    anna = visit("anna-albrecht", width=width, script=script)
    page = anna.open("/suche?q=Hinweise+zur+zweiten+Stufe+der+Prüfung")
    page.locator("main a[href^='/veroeffentlicht/diskussionen/']").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("zweiten Stufe der Prüfung")
    expect(page.locator("article")).to_have_count(3)
    expect(page.locator("main")).to_contain_text("Person 2")
    expect(page.locator("main")).not_to_contain_text("Barbara Keil")
    look_at(anna, script)
