"""A page names the pages of its group that link to it."""

import pytest

from inforo.db import session
from inforo.wiki import actions
from tests.factories import actor, make_anna, make_group
from tests.wiki.making import change, make_page

HEADING = "Was hierher verweist"


@pytest.fixture
def group():
    return make_group(audience="public")


def linking(browser, page) -> list[str]:
    found = browser.open(page.path).html.select("section[aria-labelledby=hierher] a")
    return [link.get_text() for link in found]


def rename(page, title: str) -> None:
    values = {"title": title, "body": page.body, "parent_id": None}
    actions.edit(actor(make_anna()), page, values)
    session.commit()


def test_page_names_those_that_link_to_it(browser, group):
    page = make_page(group, "Satzung")
    make_page(group, "Zweite", "Siehe [[satzung|dort]] und [[Satzung]].")
    make_page(group, "Erste", "Siehe [[Satzung]].")
    make_page(group, "Ohne", "Die Satzung, aber kein Link: `[[Satzung]]`.")

    assert linking(browser, page) == ["Erste", "Zweite"]


def test_page_nobody_links_to_says_nothing(browser, group):
    page = make_page(group, "Satzung", "Von mir selbst: [[Satzung]]")

    assert HEADING not in browser.open(page.path).main


def test_links_to_a_former_title_count_until_another_page_has_it(browser, group):
    page = make_page(group, "Alt")
    make_page(group, "Erste", "Siehe [[Alt]].")
    rename(page, "Neu")
    assert linking(browser, page) == ["Erste"]

    another = make_page(group, "Alt")

    assert linking(browser, page) == []
    assert linking(browser, another) == ["Erste"]


def test_links_go_with_the_words_that_made_them(browser, group):
    page = make_page(group, "Satzung")
    first = make_page(group, "Erste", "Siehe [[Satzung]].")
    second = make_page(group, "Zweite", "Siehe [[Satzung]].")
    change(first, "Nichts mehr.")
    actions.delete_page(actor(make_anna()), second, "Doppelt")
    session.commit()

    assert linking(browser, page) == []


def test_pages_of_other_groups_are_not_named(browser, group):
    page = make_page(group, "Satzung")
    make_page(make_group("Andere", audience="closed"), "KANARIE", "Siehe [[Satzung]].")

    assert "KANARIE" not in browser.open(page.path).response.text
