"""Editors recommend examples and tools; readers see them where a phase is chosen."""

import pytest

from inforo.authz import Actor
from inforo.db import session
from inforo.learning import recommending
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
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


def three(*reasons):
    """Recommend three examples for one phase, each with a sentence."""
    rows = [
        recommending.add(Actor(), phase(), factories.make_example(reason), reason)
        for reason in reasons
    ]
    session.commit()
    return [f"/redaktion/empfehlungen/{row.id}" for row in rows]


def test_sentence_and_place_are_edited(editor):
    _first, _second, third = three("Eins", "Zwei", "Drei")

    editor.open(third).submit("recommendation", reason="Zuerst lesen.", place="1")

    found = [row.reason for row in recommending.recommended()]
    assert found == ["Zuerst lesen.", "Eins", "Zwei"]
    page = editor.open(third)
    assert page.html.select_one("#place")["value"] == "1"
    page = page.submit("recommendation", status=422, reason="", place="0")
    assert "kurzen Satz" in page.main
    assert "zwischen 1 und 1000" in page.main


def test_second_of_two_editors_sees_both_sentences(editor, new_browser):
    first, _second, _third = three("Eins", "Zwei", "Drei")
    frieda = new_browser().sign_in(factories.make_frieda()).open(first)
    editor.open(first).submit("recommendation", reason="Zuerst gespeichert.", place="2")

    page = frieda.submit("recommendation", status=409, reason="Zu spät.", place="3")

    assert "Zuerst gespeichert." in page.main
    assert "Zu spät." in page.main
    assert "Gespeicherte Stelle: 2. Ihre Stelle: 3." in page.main
    page.submit("recommendation")
    assert [row.reason for row in recommending.recommended()] == ["Zwei", "Drei", "Zu spät."]


def test_recommendation_of_a_withdrawn_example_is_not_edited(editor):
    row = recommending.add(Actor(), phase(), factories.make_example(), "Darum.")
    session.get(Example, row.example_id).withdraw()
    session.commit()

    editor.open(f"/redaktion/empfehlungen/{row.id}", status=404)


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
