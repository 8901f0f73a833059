"""Links that share a collection: made, followed, taken back."""

from datetime import timedelta

from sqlalchemy import select

from inforo import clock, jobs
from inforo.accounts.actions import close
from inforo.db import session
from inforo.sharing.models import Export, ShareLink
from inforo.toolbox.states import ExampleState
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


def address_on(page) -> str:
    return (
        page.html.select_one("[data-copy-text]").text.strip().removeprefix("http://localhost")
    )


def test_a_link_is_shown_once_and_only_its_hash_is_kept(browser):
    anna = factories.make_anna()
    collection = make_collection(anna)

    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}/teilen").submit("share")
    secret = address_on(page).rpartition("/")[2]

    assert page.response.headers["Cache-Control"] == "private, no-store"
    assert secret not in browser.open(f"/merkliste/{collection.id}/teilen").text
    link = session.scalars(select(ShareLink)).one()
    assert secret not in map(str, vars(link).values())


def test_a_form_sent_twice_makes_one_link(browser):
    anna = factories.make_anna()
    collection = make_collection(anna)
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}/teilen")

    page.submit("share")
    again = page.submit("share")

    assert len(session.scalars(select(ShareLink)).all()) == 1
    assert not again.html.select("[data-copy-text]")


def test_a_new_link_in_the_place_of_a_lost_one_ends_that_one(browser, new_browser):
    anna = factories.make_anna()
    ends = clock.now() + timedelta(days=30)
    lost = make_link(make_collection(anna), expires_at=ends)
    page = browser.sign_in(anna).open(f"/merkliste/{lost.collection_id}/teilen")

    page = page.submit(f"renew-{lost.id}")

    new_browser().open(address_on(page))
    new_browser().open(f"/merkliste/geteilt/{lost.secret}", 404)
    [new] = session.scalars(select(ShareLink).where(ShareLink.revoked_at.is_(None)))
    assert new.expires_at == ends


def test_links_rest_while_their_owner_is_suspended(browser, new_browser):
    anna = factories.make_anna()
    link = make_link(make_collection(anna, factories.make_example()))
    address = f"/merkliste/geteilt/{link.secret}"
    page = browser.open(address).submit("order-pdf")
    jobs.work_all()

    anna = session.merge(anna)
    anna.suspended_at = clock.now()
    session.commit()
    for path in (address, f"{address}/sammlung.csv", page.url, f"{page.url}/laden"):
        new_browser().open(path, 404)

    anna.suspended_at = None
    session.commit()
    new_browser().open(address)


def test_links_end_with_the_account_of_their_owner(browser):
    anna, admin = factories.make_anna(), factories.make_frieda()
    link = make_link(make_collection(anna, factories.make_example()))
    browser.open(f"/merkliste/geteilt/{link.secret}").submit("order-pdf")

    close(factories.actor(admin), anna)
    session.commit()

    browser.open(f"/merkliste/geteilt/{link.secret}", 404)
    assert link.revoked_at
    assert session.scalars(select(Export)).all() == []


def test_the_key_of_a_guests_file_is_kept_as_its_hash(browser):
    anna = factories.make_anna()
    link = make_link(make_collection(anna, factories.make_example()))

    page = browser.open(f"/merkliste/geteilt/{link.secret}").submit("order-pdf")

    assert session.scalars(select(Export)).one().key not in page.url


def test_a_link_that_was_taken_back_or_is_over_leads_nowhere(browser, new_browser):
    anna = factories.make_anna()
    collection = make_collection(anna, factories.make_example())
    link = make_link(collection)
    old = make_link(collection, expires_at=clock.now() - timedelta(minutes=1))
    page = browser.sign_in(anna).open(f"/merkliste/{collection.id}/teilen")
    guest = new_browser()
    guest.open(f"/merkliste/geteilt/{link.secret}")

    press(page, "Link zurücknehmen")

    for token in (link.secret, old.secret, "erfunden"):
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
        answer = new_browser().client.get(f"/merkliste/geteilt/{link.secret}{suffix}")
        assert "KANARIE" not in answer.text
        assert "Öffentlich" in answer.text
