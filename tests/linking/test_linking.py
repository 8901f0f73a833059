"""Examples and tools are linked from either side, with a search that needs no script."""

import io

from sqlalchemy import select

from inforo.db import session
from inforo.toolbox.states import ExampleState
from inforo.toolbox.tool_models import Tool
from tests import factories
from tests.reference import BRUCHSAL


def linked(tool):
    session.expire_all()
    return [example.title for example in session.get_one(Tool, tool.id).examples]


def of_tool(tool):
    return f"/werkzeugkiste/werkzeuge/{tool.id}/beispiele"


def of_example(example):
    return f"/werkzeugkiste/beitragen/{example.id}/werkzeuge"


def test_author_searches_chooses_and_links_a_tool_with_a_draft(browser):
    anna = factories.make_anna()
    draft = factories.make_example("Mein Entwurf", author=anna, state=ExampleState.DRAFT)
    tool = factories.make_tool("Vorlage Elternbrief")
    factories.make_tool("Vorlage Protokoll")
    page = browser.sign_in(anna).open(of_example(draft))

    page = page.submit("link", tool_query="vorlage", button="tool_search")
    assert [radio["value"] for radio in page.html.select("#link [type=radio]")]
    page = page.submit("link", tool=str(tool.id))

    assert "Vorlage Elternbrief" in page.main
    assert linked(tool) == ["Mein Entwurf"]


def test_link_shows_on_both_pages_and_is_taken_away(browser):
    emil, tool, example = (
        factories.make_emil(),
        factories.make_tool("Elternbrief"),
        factories.make_example("Babybegrüßung", municipality=BRUCHSAL),
    )
    page = browser.sign_in(emil).open(of_tool(tool))

    page = page.submit("link", example_query="babybegr")
    assert linked(tool) == ["Babybegrüßung"]
    assert "Elternbrief" in browser.open(f"/werkzeugkiste/beispiele/{example.id}").main
    assert "Babybegrüßung" in browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}").main
    browser.open(of_tool(tool)).submit(f"unlink-{example.id}")

    assert linked(tool) == []


def test_several_hits_ask_to_choose(browser):
    tool = factories.make_tool("Elternbrief")
    for title in ("Babybegrüßung Nord", "Babybegrüßung Süd"):
        factories.make_example(title)
    page = browser.sign_in(factories.make_emil()).open(of_tool(tool))

    page = page.submit("link", example_query="babybegrüßung", status=422)

    assert "Bitte wählen Sie aus der Liste." in page.main
    assert len(page.html.select("#link [type=radio]")) == 2
    assert linked(tool) == []


def test_author_of_a_public_tool_links_it_with_own_examples_only(browser):
    anna = factories.make_anna()
    tool = factories.make_tool("Elternbrief", author_id=anna.id)
    factories.make_example("Fremdes Beispiel")
    factories.make_example("Eigenes Beispiel", author=anna)
    page = browser.sign_in(anna).open(of_tool(tool))

    refused = page.submit("link", example_query="Fremdes", status=422)
    assert "nur mit eigenen Beispielen" in refused.main
    page.submit("link", example_query="Eigenes")

    assert linked(tool) == ["Eigenes Beispiel"]


def test_drafts_of_others_are_not_found(browser):
    tool = factories.make_tool("Elternbrief")
    hidden = factories.make_example("Seerosenteich", state=ExampleState.DRAFT)
    page = browser.sign_in(factories.make_clara()).open(of_tool(tool))

    found = page.submit("link", example_query="Seerosen", button="example_search")
    assert "Seerosenteich" not in found.main
    browser.open(of_example(hidden), status=404)


def test_new_tool_names_the_example_it_comes_from(browser):
    factories.make_example("Babybegrüßung")
    page = browser.sign_in(factories.make_anna()).open("/werkzeugkiste/werkzeuge/beitragen")
    filled = {
        "title": "Elternbrief",
        "category_key": "checkliste",
        "summary": "Ein Brief.",
        "upload": (io.BytesIO(b"Liebe Eltern"), "brief.txt"),
        "example_query": "babybegr",
    }

    page = page.submit("new-tool", button="example_search", **filled)
    assert page.html.select("#new-tool [name=example][type=radio]")
    page = page.submit("new-tool")

    tool = session.scalar(select(Tool).where(Tool.title == "Elternbrief"))
    assert linked(tool) == ["Babybegrüßung"]
    assert "Babybegrüßung" in page.main


def test_number_of_queries_does_not_grow_with_the_links(browser, count_queries):
    emil, tool = factories.make_emil(), factories.make_tool()
    browser.sign_in(emil).open(of_tool(tool))
    tool.examples = [factories.make_example("Eins")]
    session.commit()
    few = count_queries(lambda: browser.open(of_tool(tool)))
    tool.examples = [factories.make_example(f"Beispiel {number}") for number in range(6)]
    session.commit()

    assert few == count_queries(lambda: browser.open(of_tool(tool))) <= 12


def test_what_has_the_words_in_its_title_comes_first(browser):
    tool = factories.make_tool("Elternbrief")
    factories.make_example("Elterncafé")
    factories.make_example("Anderes", summary="Ein Elterncafé gehört dazu.")
    page = browser.sign_in(factories.make_emil()).open(of_tool(tool))

    page = page.submit("link", example_query="elterncafé", button="example_search")

    boxes = page.html.select("#link .kern-form-check")
    assert [box.get_text(" ", strip=True).split()[0] for box in boxes] == [
        "Elterncafé",
        "Anderes",
    ]
