"""Stumbling blocks may be for members only: no page, search or mail tells them to others."""

import pytest
from sqlalchemy import select

from inforo.db import session
from inforo.search.models import SearchText, SearchWord
from inforo.toolbox.states import ExampleKind, ObstacleAudience
from tests import factories

SECRET = "Zwergpinscherparagraf"


@pytest.fixture(params=list(ExampleKind), ids=str)
def example(request):
    return factories.make_example(
        kind=request.param,
        obstacles=f"Der {SECRET} hat alles aufgehalten.",
        lessons=f"Ohne {SECRET} wäre es gegangen.",
        obstacles_audience=ObstacleAudience.MEMBERS,
    )


def address(example):
    return f"/werkzeugkiste/beispiele/{example.id}"


def test_guest_reads_that_there_is_something_for_members(browser, example):
    page = browser.open(address(example))

    assert "Die Stolpersteine sehen angemeldete Mitglieder." in page.main
    assert SECRET not in page.response.text


def test_applicant_is_no_member_yet(browser, example):
    browser.sign_in(factories.make_applicant())

    assert SECRET not in browser.open(address(example)).response.text


def test_member_reads_them_before_and_after_a_guest(browser, new_browser, example):
    member = browser.sign_in(factories.make_anna())

    assert SECRET in member.open(address(example)).main
    assert SECRET not in new_browser().open(address(example)).response.text
    assert SECRET in member.open(address(example)).main


def test_public_stumbling_blocks_are_for_everybody(browser):
    example = factories.make_example(obstacles=f"Der {SECRET}")

    page = browser.open(address(example))

    assert SECRET in page.main
    assert "angemeldete Mitglieder." not in page.main


def indexed():
    bodies = session.scalars(select(SearchText.body)).all()
    words = session.scalars(select(SearchWord.shown)).all()
    return " ".join((*bodies, *words))


def test_index_that_everybody_searches_does_not_know_them(example):
    assert "Fachkräfte besuchen" in indexed()
    assert SECRET not in indexed()


def test_index_follows_a_change_of_the_audience():
    example = factories.make_example(obstacles=f"Der {SECRET}")
    assert SECRET in indexed()

    example.obstacles_audience = ObstacleAudience.MEMBERS
    session.commit()

    assert SECRET not in " ".join(session.scalars(select(SearchText.body)))


def test_comparison_tells_them_to_members_only(browser, new_browser, example):
    other = factories.make_example("Etwas anderes")
    address = f"/werkzeugkiste/vergleich?beispiel={example.id}&beispiel={other.id}"

    assert SECRET not in browser.open(address).response.text
    assert SECRET in new_browser().sign_in(factories.make_anna()).open(address).main
