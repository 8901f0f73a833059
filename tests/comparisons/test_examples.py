"""Examples side by side: the address says which, the table says how they differ."""

import pytest

from inforo import clock
from inforo.db import session
from inforo.toolbox.example_parts import ExampleCriterion
from inforo.toolbox.states import ExampleState, MeasureStatus, ObstacleAudience
from tests import factories
from tests.reference import MUENSTER


def make_pair():
    one = factories.make_example(
        "Erstes",
        costs_once=1500,
        measure_status=MeasureStatus.RUNNING,
        transfer_core="**Kern**",
    )
    other = factories.make_example(
        "Zweites", municipality=MUENSTER, costs_once=1500, measure_status=MeasureStatus.PILOT
    )
    one.criteria = [ExampleCriterion(criterion_key="konzeption", position=1, level=3)]
    session.commit()
    return one, other


def url_of(*examples, more="") -> str:
    pairs = "&".join(f"beispiel={example.id}" for example in examples)
    return f"/werkzeugkiste/vergleich?{pairs}{more}"


def rows(page) -> dict[str, list[str]]:
    return {
        row.th.get_text(" ", strip=True): [
            cell.get_text(" ", strip=True) for cell in row.select("td")
        ]
        for row in page.html.select("tbody tr:has(td)")
    }


def test_two_examples_stand_side_by_side(browser):
    page = browser.open(url_of(*make_pair()))

    found = rows(page)
    assert [head.a.text for head in page.html.select("thead th")] == ["Erstes", "Zweites"]
    assert found["Kommune"] == ["Mannheim", "Münster"]
    assert found["Stand"] == ["laufend", "Pilot"]
    assert found["Kosten einmalig (Euro)"] == ["1.500 €", "1.500 €"]
    assert found["Was gleich bleiben muss"] == ["Kern", "– keine Angabe"]
    assert ["durchgängig umgesetzt", "– keine Angabe"] in found.values()
    assert page.html.select_one("td strong").text == "Kern"


def test_only_differences_are_shown_on_demand(browser):
    page = browser.open(url_of(*make_pair())).follow("Nur Unterschiede zeigen")

    found = rows(page)
    assert "Kosten einmalig (Euro)" not in found
    assert found["Stand"] == ["laufend", "Pilot"]
    assert "Kosten einmalig (Euro)" in rows(page.follow("Alle Zeilen zeigen"))


def test_an_example_comes_and_goes_by_links(browser):
    one, other = make_pair()
    page = browser.open(url_of(one)).submit("add", q="zweites")
    page = page.follow("Hinzufügen: Zweites")
    assert rows(page)["Kommune"] == ["Mannheim", "Münster"]

    page = page.follow("Entfernen: Erstes")

    assert rows(page)["Kommune"] == ["Münster"]


def test_checkboxes_of_the_list_lead_to_the_comparison(browser):
    one, other = make_pair()
    page = browser.open("/werkzeugkiste/")
    boxes = page.html.select("input[form=compare][name=beispiel]")
    assert {box["value"] for box in boxes} == {str(one.id), str(other.id)}
    assert page.html.select_one("form#compare")["action"] == "/werkzeugkiste/vergleich"

    kept = browser.open(f"/werkzeugkiste/?vergleich={one.id}").html
    assert kept.select_one("form#compare input[name=beispiel]")["value"] == str(one.id)
    assert kept.select_one("input[form=filter][name=vergleich]")["value"] == str(one.id)


def test_three_are_compared_and_a_fourth_is_named(browser):
    examples = [factories.make_example(f"Nummer {number}") for number in range(4)]

    page = browser.open(url_of(*examples, examples[0]))

    assert len(page.html.select("thead th")) == 3
    assert "Sie sehen die ersten drei" in page.main
    assert not page.has_form("add")


@pytest.mark.parametrize("query", ["", "?beispiel=x", "?beispiel=-1", f"?beispiel={2**70}"])
def test_nothing_to_compare_is_said_kindly(browser, query):
    assert "Noch nichts zu vergleichen" in browser.open(f"/werkzeugkiste/vergleich{query}").main


def test_hidden_example_is_missing_like_one_that_never_was(browser, new_browser):
    one, _other = make_pair()
    draft = factories.make_example("KANARIE-1", state=ExampleState.DRAFT)

    hidden = browser.open(url_of(one, draft))
    never = browser.open(f"/werkzeugkiste/vergleich?beispiel={one.id}&beispiel=999999")

    assert "KANARIE" not in hidden.response.text
    assert hidden.main == never.main
    author = new_browser().sign_in(draft.author)
    assert "KANARIE-1" in author.open(url_of(one, draft)).main


def test_stumbling_blocks_and_what_readers_must_not_know_stay_hidden(browser, new_browser):
    one, other = make_pair()
    shy = factories.make_example(
        "Drittes",
        obstacles="KANARIE-1",
        lessons="KANARIE-2",
        obstacles_audience=ObstacleAudience.MEMBERS,
        blind_since=clock.now(),
    )
    shy.criteria = [ExampleCriterion(criterion_key="partizipation", position=5, level=4)]
    session.commit()

    page = browser.open(url_of(one, other, shy))

    assert "KANARIE" not in page.response.text
    member = new_browser().sign_in(factories.make_bernd()).open(url_of(one, other, shy))
    assert rows(member)["Stolpersteine"][2] == "KANARIE-1"
    assert "umgesetzt, geprüft und weiterentwickelt" in member.main
    clara = new_browser().sign_in(factories.make_clara()).open(url_of(one, other, shy))
    assert "umgesetzt, geprüft und weiterentwickelt" not in clara.main


def test_comparison_needs_a_constant_number_of_queries(browser, count_queries):
    one, other = make_pair()
    third = factories.make_example("Drittes")
    single, all_three = url_of(one), url_of(one, other, third)
    browser.open(single)
    few = count_queries(lambda: browser.open(single))

    assert count_queries(lambda: browser.open(all_three)) <= few <= 8
