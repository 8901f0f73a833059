"""What holds for every opening, be it of a page, a file or a thread."""

import pytest

from inforo.libraries import models as libraries
from inforo.openings.models import Opening
from inforo.wiki import models as wiki
from tests.factories import make_bernd, make_clara
from tests.openings.making import make_open, outside


@pytest.fixture(params=["page", "file", "thread"])
def thing(request):
    return request.getfixturevalue(request.param)


def open_to_all(thing, manager) -> tuple[Opening, str]:
    """Open it, and return where people outside read it."""
    opening = make_open(thing, manager, "public")
    if isinstance(thing, wiki.WikiPage):
        return opening, wiki.opened_path(thing.id, thing.title)
    if isinstance(thing, libraries.GroupFile):
        return opening, libraries.opened_path(thing.id, thing.title)
    return opening, opening.outside_path


@pytest.mark.parametrize("who", ["author", "manager", "office"])
def test_closed_again_it_is_gone_with_the_next_request(
    browser, new_browser, olga, anna, thing, who
):
    opening, address = open_to_all(thing, olga)
    assert outside(new_browser, address) == [200, 200, 200]

    if who == "author":
        browser.sign_in(anna).open(f"/veroeffentlichungen/{opening.id}").submit("refuse")
    elif who == "manager":
        browser.sign_in(olga).open(f"/veroeffentlichungen/{opening.id}").submit("close")
    else:
        browser.sign_in(make_clara()).open(address).submit("close", status=200)

    assert outside(new_browser, address) == [404, 302, 404]


def test_members_of_the_group_are_led_to_the_thing_itself(browser, olga, anna, thing):
    _, address = open_to_all(thing, olga)

    assert browser.sign_in(anna).open(address).url == thing.path


def test_pages_cost_few_statements(browser, new_browser, count_queries, olga, thing):
    _, address = open_to_all(thing, olga)

    assert count_queries(lambda: new_browser().client.get(address)) <= 8
    browser.sign_in(make_bernd())
    assert count_queries(lambda: browser.client.get(address)) <= 12
