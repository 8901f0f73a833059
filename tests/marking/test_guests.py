"""The Merkliste of guests: in their browser only, taken over when they sign in."""

from sqlalchemy import func, select

from inforo.collections.models import Collection, Entry
from inforo.db import session
from inforo.marking.actions import MOST_AS_GUEST
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.collections.making import make_collection
from tests.collections.test_collections import address, titles


def mark(browser, example):
    """Mark an example as a guest does it."""
    return browser.open(address(example)).follow("Merken").submit("mark-content")


def test_a_guest_marks_and_finds_it_on_the_merkliste(browser):
    one, two = factories.make_example("Eins"), factories.make_example("Zwei")

    page = browser.open(address(one)).follow("Merken")
    assert "nur in diesem Browser" in page.main
    page = page.submit("mark-content")
    assert page.html.h1.get_text(strip=True) == "Eins"
    assert "Von der Merkliste nehmen" in page.main
    page = browser.open(address(two))
    assert "Merken" in page.html.select_one("form.action[action*=merken]").text
    press_mark(page)

    page = browser.open("/merkliste/")
    assert titles(page) == ["Eins", "Zwei"]
    assert session.scalar(select(func.count(Entry.id))) == 0
    remove = page.html.select_one("form.action[action*=merken]")
    data = {field["name"]: field["value"] for field in remove.select("input")}
    browser.client.post(remove["action"], data=data)
    assert titles(browser.open("/merkliste/")) == ["Zwei"]


def press_mark(page) -> None:
    [form] = page.html.select("form.action[action^='/merkliste/merken?beispiel=']")
    data = {field["name"]: field["value"] for field in form.select("input")}
    page.browser.client.post(form["action"], data=data)


def test_pages_for_everybody_stay_without_cookie_and_may_be_kept(new_browser):
    example = factories.make_example()

    for where in (address(example), "/werkzeugkiste/", "/merkliste/"):
        answer = new_browser().client.get(where, follow_redirects=True)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, max-age=60"

    answer = new_browser().client.get(f"/merkliste/merken?beispiel={example.id}")
    assert answer.headers["Cache-Control"] == "no-store"


def test_pages_of_a_guest_with_marks_are_never_kept(browser):
    example = factories.make_example()
    mark(browser, example)

    for where in (address(example), "/merkliste/", "/werkzeugkiste/"):
        answer = browser.client.get(where, follow_redirects=True)
        assert answer.headers["Cache-Control"] == "no-store"


def test_signing_in_takes_the_marks_along_and_leaves_none(browser):
    anna = factories.make_anna()
    one, two = factories.make_example("Eins"), factories.make_example("Zwei")
    make_collection(anna, one, title="", default_of_id=anna.id)
    mark(browser, two)
    press_mark(browser.open(address(one)))

    browser.sign_in(anna)

    assert titles(browser.open("/merkliste/")) == ["Eins", "Zwei"]
    browser.open("/merkliste/").submit("sign-out")
    assert "Noch nichts gemerkt" in browser.open("/merkliste/").main


def test_what_is_gone_does_not_keep_anybody_from_signing_in(browser):
    example, other = factories.make_example("KANARIE"), factories.make_example("Bleibt")
    mark(browser, example)
    press_mark(browser.open(address(other)))
    session.delete(session.merge(example))
    session.commit()

    browser.sign_in(factories.make_anna())

    assert titles(browser.open("/merkliste/")) == ["Bleibt"]


def test_a_full_merkliste_keeps_nobody_from_signing_in(browser, monkeypatch):
    anna = factories.make_anna()
    make_collection(anna, factories.make_example(), title="", default_of_id=anna.id)
    mark(browser, factories.make_example("Zu viel"))
    monkeypatch.setattr("inforo.collections.queries.MOST_ENTRIES", 1)

    browser.sign_in(anna)

    assert len(titles(browser.open("/merkliste/"))) == 1


def test_who_waits_for_admission_keeps_the_marks(browser):
    applicant, example = factories.make_applicant(), factories.make_example("Eins")
    mark(browser, example)

    browser.sign_in(applicant)

    assert titles(browser.open("/merkliste/")) == ["Eins"]
    assert session.scalar(select(func.count(Collection.id))) == 0


def test_the_merkliste_of_a_guest_has_an_end(browser):
    first, *others = [factories.make_example(f"B{i}") for i in range(MOST_AS_GUEST + 1)]
    page = mark(browser, first)
    form = page.html.select_one("form.action[action*=merken]")
    token = form.select_one("[name=csrf_token]")["value"]
    for example in others:
        where = f"/merkliste/merken?beispiel={example.id}"
        answer = browser.client.post(where, data={"csrf_token": token})

    assert answer.status_code == 409
    assert f"fasst die Merkliste {MOST_AS_GUEST} Einträge" in answer.text
    assert len(titles(browser.open("/merkliste/"))) == MOST_AS_GUEST


def test_a_guest_sees_no_more_on_the_list_than_elsewhere(browser):
    example = factories.make_example("KANARIE-Beispiel")
    closed = factories.make_thread(
        "KANARIE-Frage", group=factories.make_group(audience="closed")
    )
    mark(browser, example)
    browser.open(f"/merkliste/merken?diskussion={closed.id}", 404)
    session.merge(example).state = ExampleState.DRAFT
    session.commit()

    assert "KANARIE" not in browser.open("/merkliste/").text


def test_the_list_of_a_guest_needs_a_constant_number_of_queries(browser, count_queries):
    examples = [factories.make_example(f"B{i}") for i in range(6)]
    addresses = [address(example) for example in examples]
    mark(browser, examples[0])
    few = count_queries(lambda: browser.open("/merkliste/"))
    for url in addresses[1:]:
        press_mark(browser.open(url))

    assert few == count_queries(lambda: browser.open("/merkliste/")) <= 8
