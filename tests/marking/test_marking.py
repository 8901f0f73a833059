"""Merken: buttons on pages and in lists, the choice of a collection."""

import pytest
from sqlalchemy import select

from inforo.collections.models import Entry
from inforo.db import session
from tests import factories
from tests.collections.making import make_collection
from tests.collections.test_collections import address, titles


def test_marks_come_and_go(browser):
    example = factories.make_example()
    browser.sign_in(factories.make_anna())
    assert "Noch nichts gemerkt" in browser.open("/merkliste/").main

    page = browser.open(address(example))
    button = page.html.select_one(f"form[action='/merkliste/merken?beispiel={example.id}']")
    assert "Merken" in button.text
    token = button.select_one("[name=csrf_token]")["value"]
    for _twice in range(2):
        browser.client.post(button["action"], data={"csrf_token": token})
    assert titles(browser.open("/merkliste/")) == [example.title]
    assert "Von der Merkliste nehmen" in browser.open(address(example)).main

    browser.client.post(button["action"], data={"csrf_token": token, "remove": "1"})

    assert session.scalars(select(Entry)).all() == []


def test_mark_leads_back_to_the_list_but_nowhere_else(browser):
    example = factories.make_example()
    browser.sign_in(factories.make_anna())
    page = browser.open("/werkzeugkiste/?land=BW")
    button = page.html.select_one(f"[formaction='/merkliste/merken?beispiel={example.id}']")
    form = page.html.select_one("form#mark")
    data = {field["name"]: field["value"] for field in form.select("input")}

    answer = browser.client.post(button["formaction"], data=data)
    evil = browser.client.post(button["formaction"], data=data | {"next": "//evil.example"})

    assert answer.location == "/werkzeugkiste/?land=BW"
    assert evil.location == address(example)


def things() -> dict:
    """Return one of each kind: the word in the address, the page, the title."""
    example, tool, thread = (
        factories.make_example(),
        factories.make_tool(),
        factories.make_thread("Wer hat Erfahrung?"),
    )
    return {
        f"beispiel={example.id}": (address(example), example.title),
        f"werkzeug={tool.id}": (f"/werkzeugkiste/werkzeuge/{tool.id}", tool.title),
        f"diskussion={thread.id}": (f"/diskussionen/{thread.id}", thread.title),
        f"kommune={factories.MANNHEIM}": (f"/kommunen/{factories.MANNHEIM}", "Mannheim"),
    }


def test_each_kind_of_thing_goes_into_a_collection_from_its_page(browser):
    anna = factories.make_anna()
    collection = make_collection(anna)
    browser.sign_in(anna)

    for page, title in things().values():
        page = browser.open(page).follow("In eine Sammlung legen")
        page = page.submit("put", collection=str(collection.id), note=f"zu {title}")
        assert f"„{title}“ liegt jetzt in der Sammlung." in page.text

    found = titles(browser.open(f"/merkliste/{collection.id}"))
    assert found == [title for _page, title in things_in(found)]


def things_in(found: list[str]) -> list[tuple[str, str]]:
    return [("", title) for title in found if title]


def test_entries_lead_to_what_they_are_about(browser):
    anna, given = factories.make_anna(), things()
    collection = make_collection(anna)
    browser.sign_in(anna)
    for query in given:
        page = browser.open(f"/merkliste/ablegen?{query}")
        page.submit("put", collection=str(collection.id))

    page = browser.open(f"/merkliste/{collection.id}")

    for where, title in given.values():
        assert page.follow(title).html.h1.get_text(strip=True) == title
        assert browser.open(where).html.h1.get_text(strip=True) == title


@pytest.mark.parametrize("query", ["", "beispiel=999", "kommune=00000000", "diskussion=x"])
def test_what_is_not_there_cannot_be_collected(browser, query):
    browser.sign_in(factories.make_anna())

    browser.open(f"/merkliste/ablegen?{query}", 404)
    browser.open(f"/merkliste/merken?{query}", 404)
