"""„Stimmt das noch?“ from the mail to the answer, and data for machines, in a real browser."""

import json
import re

from playwright.sync_api import expect

ASKED = "Stimmt das noch?"


def links_of_the_mail(visitor) -> dict[str, str]:
    """Return the links of the question that lies in the outbox of the demo."""
    page = visitor.open("/betrieb/postausgang")
    page.locator("tr", has_text=ASKED).first.get_by_role("link").click()
    page.wait_for_url("**/postausgang/*")
    links = page.locator("main .prose a[href*='/bestaetigen/']")
    found = [re.sub(r"^https?://[^/]+", "", link) for link in links.evaluate_all(HREFS)]
    return {address.rpartition("/")[2]: address for address in found}


HREFS = "links => links.map(link => link.getAttribute('href'))"


def test_contact_answers_without_script_and_account(visit):
    links = links_of_the_mail(visit("frieda-falk"))
    visitor = visit(script=False, width=360)

    page = visitor.open(links["ja"])
    expect(page.get_by_role("button", name="Ja, stimmt noch")).to_be_focused()
    page = visitor.open(links["aendern"])
    page.get_by_role("button", name="Muss geändert werden").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("was zu ändern ist")
    page = visitor.open(links["ja"])
    expect(page.get_by_role("button", name="Ja, stimmt noch")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Danke für Ihre Antwort")
    visitor.open(links["beendet"], status=404)


def test_data_for_machines_passes_the_content_security_policy(visit):
    visitor = visit()
    page = visitor.open("/werkzeugkiste/")
    page.locator(".card__link").first.click()
    page.wait_for_url("**/beispiele/**")

    data = json.loads(page.locator("script[type='application/ld+json']").text_content())

    expect(page.get_by_role("heading", level=1)).to_have_text(data["name"])
    assert data["@context"] == "https://schema.org"
    assert visitor.problems == []


def test_versions_are_compared_with_more_than_colour(visit):
    visitor = visit(width=360)
    page = visitor.open("/werkzeugkiste/?pruefung=good_practice")
    address = versions_of_some(visitor)

    page = visitor.open(address)
    page.get_by_role("button", name="Vergleichen").click()

    mark = "mark => getComputedStyle(mark, '::before').content"
    assert page.locator(".diff ins").last.evaluate(mark) == '"[+ "'
    assert visitor.axe() == []


def versions_of_some(visitor) -> str:
    """Return the list of versions of the demo's example that has several."""
    page = visitor.page
    for number in range(1, 8):
        visitor.open(f"/werkzeugkiste/?pruefung=good_practice&seite={number}")
        cards = page.locator(".card__link")
        for address in cards.evaluate_all(HREFS):
            visitor.open(address)
            link = page.locator("a[href$='/fassungen/']")
            if link.count():
                return str(link.get_attribute("href"))
    raise AssertionError("no example with several versions")
