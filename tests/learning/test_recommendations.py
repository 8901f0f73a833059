"""Editors recommend examples and tools; readers see them where a phase is chosen."""

import pytest

from inforo.authz import Actor
from inforo.db import session
from inforo.learning import recommending
from inforo.toolbox.models import ExampleState
from inforo.vocabularies import merging
from tests import factories

ADDRESS = "/werkzeugkiste/empfehlungen"


def phase(key="kita-alter-3-6"):
    return next(term for term in recommending.terms() if term.key == key)


@pytest.fixture
def editor(browser):
    return browser.sign_in(factories.make_emil())


def recommend(page, thing, part="beispiele", **values):
    address = f"/werkzeugkiste/{part}/{thing.id}"
    defaults = {"term": str(phase().id), "reason": "Gut zum Anfangen."}
    return page.submit("recommend", address=address, **(defaults | values))


def test_recommended_things_show_while_the_phase_is_chosen(editor, new_browser):
    page = recommend(editor.open(ADDRESS), factories.make_example("Kita in Bewegung"))
    recommend(page, factories.make_tool("Elternbrief"), "werkzeuge")

    page = new_browser().open("/werkzeugkiste/?phase=kita-alter-3-6")
    assert "Die Redaktion empfiehlt" in page.main
    assert page.main.index("Kita in Bewegung") < page.main.index("Elternbrief")
    assert "Die Redaktion empfiehlt" not in new_browser().open("/werkzeugkiste/").main


def test_order_changes_and_recommendations_go_away(editor):
    page = recommend(editor.open(ADDRESS), factories.make_example("Erstes"))
    page = recommend(page, factories.make_example("Zweites"))
    second = recommending.recommended()[1]

    page = page.submit(f"up-{second.id}")
    assert [row.title for row in recommending.recommended()] == ["Zweites", "Erstes"]
    page.submit(f"remove-{second.id}")
    assert [row.title for row in recommending.recommended()] == ["Erstes"]


def test_the_same_twice_and_what_is_not_public_are_refused(editor):
    page, example = editor.open(ADDRESS), factories.make_example()
    page = recommend(page, example)
    page.submit(
        "recommend",
        status=409,
        term=str(phase().id),
        address=f"/werkzeugkiste/beispiele/{example.id}",
        reason="Noch einmal.",
    )
    draft = factories.make_example(state=ExampleState.DRAFT)
    page = page.submit(
        "recommend",
        status=422,
        term=str(phase().id),
        address=f"/werkzeugkiste/beispiele/{draft.id}",
        reason="Bald.",
    )
    assert "nichts Öffentliches" in page.main


def test_withdrawn_examples_are_not_recommended_any_more(editor):
    example = factories.make_example()
    recommend(editor.open(ADDRESS), example)
    example = session.merge(example)
    example.withdraw()
    session.commit()

    assert recommending.recommended() == []


def test_merged_steps_hand_their_recommendations_on():
    first, second = phase("bestandsaufnahme"), phase("verstetigung")
    recommending.add(Actor(), first, factories.make_example("Erst fragen"), "Darum.")
    session.commit()

    merging.merge(Actor(), first, second, "Probe")
    session.commit()

    [row] = recommending.recommended()
    assert row.term_id == second.id


def test_page_takes_as_many_queries_for_many(browser, count_queries):
    recommending.add(Actor(), phase(), factories.make_example(), "Darum.")
    session.commit()
    few = count_queries(lambda: browser.open(ADDRESS))
    for number in range(8):
        recommending.add(Actor(), phase(), factories.make_example(f"B {number}"), "Darum.")
    session.commit()

    assert count_queries(lambda: browser.open(ADDRESS)) == few
