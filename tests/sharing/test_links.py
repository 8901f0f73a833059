"""Links that share a collection: made, followed, taken back."""

from datetime import timedelta

from inforo import clock
from inforo.toolbox.models import ExampleState
from tests import factories
from tests.collections.making import make_collection, make_link
from tests.collections.test_collections import press, titles


def test_a_link_shows_a_collection_without_sign_in_and_is_not_indexed(browser, new_browser):
    anna = factories.make_anna()
    collection = make_collection(anna, factories.make_example("Besuche"), title="Auswahl")
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}/teilen").submit("share")
    link = page.html.select_one("[data-copy-text]").text.strip()

    page = new_browser().open(link.removeprefix("http://localhost"))

    assert titles(page) == ["Besuche"]
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.response.headers["Cache-Control"] == "private, no-store"
    assert "Anna" not in page.response.text
    assert not page.html.select("main form[action*=eintraege]")


def test_a_link_that_was_taken_back_or_is_over_leads_nowhere(browser, new_browser):
    anna = factories.make_anna()
    collection = make_collection(anna, factories.make_example())
    link = make_link(collection)
    old = make_link(collection, expires_at=clock.now() - timedelta(minutes=1))
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}/teilen")
    guest = new_browser()
    guest.open(f"/merkliste/geteilt/{link.token}")

    press(page, "Link zurücknehmen")

    for token in (link.token, old.token, "erfunden"):
        guest.open(f"/merkliste/geteilt/{token}", 404)
        guest.open(f"/merkliste/geteilt/{token}/sammlung.csv", 404)


def test_a_link_may_end_on_a_day_but_not_in_the_past(browser):
    anna = factories.make_anna()
    collection = make_collection(anna)
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}/teilen")

    for typed in ("übermorgen", "31.02.2030", "2020-01-01"):
        page = page.submit("share", until=typed, status=422)
    assert "noch nicht vorbei" in page.main

    until = clock.today() + timedelta(days=30)
    assert "Gilt bis einschließlich" in page.submit("share", until=until.isoformat()).main


def test_a_link_shows_only_what_the_visitor_may_see(browser, new_browser):
    anna = factories.make_anna()
    draft = factories.make_example("KANARIE-Entwurf", author=anna, state=ExampleState.DRAFT)
    collection = make_collection(anna, draft, factories.make_example("Öffentlich"))
    link = make_link(collection)
    assert "KANARIE" in browser.sign_in(anna).open(f"/merkliste/{collection.id}").text

    for suffix in ("", "/sammlung.csv"):
        answer = new_browser().client.get(f"/merkliste/geteilt/{link.token}{suffix}")
        assert "KANARIE" not in answer.text
        assert "Öffentlich" in answer.text
