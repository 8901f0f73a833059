"""Merging terms and going back: whatever links there were, they are there again."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from inforo.accounts.models import AccountTerm
from inforo.authz import Actor
from inforo.db import session
from inforo.toolbox.example_parts import ExampleTerm
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool
from inforo.vocabularies import merging, queries, unmerging
from inforo.vocabularies.models import Term, TermMerge
from inforo.vocabularies.references import references
from tests import factories

NOBODY = Actor()


def term(key: str, vocabulary: str = "field_of_action") -> Term:
    return session.scalar(select(Term).where(Term.vocabulary == vocabulary, Term.key == key))


def links() -> dict[str, set[tuple]]:
    """Return every row that names a term, by table."""
    tables = {reference.table for name in VOCABULARIES for reference in references(name)}
    return {
        table.name: {tuple(map(str, row)) for row in session.execute(select(table))}
        for table in tables
    }


VOCABULARIES = ("field_of_action", "tool_category")


def names() -> dict[int, tuple]:
    return {
        found.id: (found.label_de, tuple(found.aliases), found.merged_at)
        for found in session.scalars(select(Term))
    }


def merged(source: Term, target: Term) -> TermMerge:
    made = merging.merge(NOBODY, source, target, "doppelt")
    session.commit()
    return made


def test_links_move_and_doubles_collapse():
    sport, food = term("bewegung"), term("ernaehrung")
    one = factories.make_example(terms=[sport])
    both = factories.make_example(terms=[sport, food])

    merged(sport, food)

    rows = session.execute(select(ExampleTerm.example_id, ExampleTerm.term_id))
    assert {tuple(row) for row in rows} == {(one.id, food.id), (both.id, food.id)}
    assert "Bewegung" in food.aliases


def test_key_columns_move_too():
    source, target = (
        term("checkliste", "tool_category"),
        term("fragebogen-bestandsaufnahme", "tool_category"),
    )
    tool = factories.make_tool(category_key=source.key)

    made = merged(source, target)
    session.refresh(tool)
    assert tool.category_key == target.key
    unmerging.undo(NOBODY, made, "doch nicht")

    session.refresh(tool)
    assert tool.category_key == source.key


LINK = st.tuples(
    st.integers(0, 3),
    st.sets(st.sampled_from(["bewegung", "ernaehrung", "wohnen"])),
    st.sets(st.sampled_from(["bewegung", "ernaehrung", "wohnen"])),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(LINK, max_size=5),
    order=st.permutations(["bewegung", "ernaehrung", "wohnen"]),
)
def test_undoing_merges_in_reverse_restores_every_link_and_name(rows, order):
    for model in (ExampleTerm, AccountTerm):
        session.execute(delete(model))
    for _number, topics, interests in rows:
        example = factories.make_example()
        example.terms = [term(key) for key in sorted(topics)]
        for key in sorted(interests):
            session.add(AccountTerm(account_id=example.author_id, term_id=term(key).id))
    session.commit()
    before = links(), names()
    first, second, third = (term(key) for key in order)

    one = merged(first, second)
    two = merged(second, third)
    for made in (two, one):
        assert unmerging.undo(NOBODY, made, "zurück").lost.total() == 0
    session.commit()

    assert (links(), names()) == before


def test_later_merge_has_to_be_undone_first(browser):
    one = merged(term("bewegung"), term("ernaehrung"))
    merged(term("ernaehrung"), term("wohnen"))
    editor = browser.sign_in(factories.make_emil())

    page = editor.open(f"/redaktion/schlagwoerter/zusammenfuehrungen/{one.id}")
    page = page.submit("undo", status=409, reason="zurück")

    assert "ist inzwischen in „Wohnen“ aufgegangen" in page.main


def test_undo_says_what_later_changes_made_impossible(browser):
    sport, food = term("bewegung"), term("ernaehrung")
    kept = factories.make_example(terms=[sport])
    gone = factories.make_example(terms=[sport])
    both = factories.make_example(terms=[sport, food])
    made = merged(sport, food)
    for example in (gone, both):
        session.execute(delete(ExampleTerm).where(ExampleTerm.example_id == example.id))
    gone.terms = []
    session.delete(session.get(Example, both.id))
    session.commit()

    page = browser.sign_in(factories.make_emil()).open(
        f"/redaktion/schlagwoerter/zusammenfuehrungen/{made.id}"
    )
    assert "Nicht alles lässt sich zurückholen" in page.main
    assert "Praxisbeispiele: 2" in page.main
    page = page.submit("undo", reason="zurück")

    assert "2 Verknüpfungen gab es nicht mehr" in page.text
    session.expire_all()
    assert [found.key for found in kept.terms] == ["bewegung"]


def test_merge_shows_a_preview_and_names_what_it_moved(browser):
    sport, food = term("bewegung"), term("ernaehrung")
    one = factories.make_example(terms=[sport])
    factories.make_example(terms=[sport, food])
    editor = browser.sign_in(factories.make_emil())
    page = editor.open(f"/redaktion/schlagwoerter/begriffe/{sport.id}").follow("zusammenführen")

    page = page.submit("choose", ziel=str(food.id))
    cells = [cell.text for cell in page.html.select("tbody td")]
    assert cells == ["1", "1"]
    page.submit("merge", status=422)
    page = page.submit("merge", reason="meint dasselbe")

    assert "meint dasselbe" in page.main
    assert "1 bekamen das Ziel, 1 hatten es schon" in page.main
    assert page.html.select(f'a[href="/werkzeugkiste/beispiele/{one.id}"]')


def test_terms_of_two_vocabularies_do_not_merge(browser):
    sport, kita = term("bewegung"), term("kita", "setting")
    editor = browser.sign_in(factories.make_emil())

    address = f"/redaktion/schlagwoerter/begriffe/{sport.id}/zusammenfuehren"
    page = editor.open(f"{address}?ziel={kita.id}", status=409)

    assert "zum selben Vokabular" in page.main


def test_old_addresses_and_forms_lead_to_the_target(browser):
    sport, food, home = term("bewegung"), term("ernaehrung"), term("wohnen")
    factories.make_example("Gemeinsam kochen", terms=[home])
    factories.make_example("Etwas anderes")
    merged(sport, food)
    merged(food, home)

    page = browser.open("/werkzeugkiste/?feld=bewegung")

    assert "Gemeinsam kochen" in page.main
    assert "Etwas anderes" not in page.main
    assert queries.terms_by_key("field_of_action", ["bewegung"]) == [home]
    assert queries.current_key("field_of_action", "bewegung") == "wohnen"
    assert "bewegung" not in dict(queries.choices("field_of_action"))


def test_tool_pages_follow_a_merged_category(browser):
    source, target = (
        term("checkliste", "tool_category"),
        term("methode-moderation", "tool_category"),
    )
    factories.make_tool("Ampel für Sitzungen", category_key=source.key)
    merged(source, target)

    page = browser.open("/werkzeugkiste/werkzeuge/?werkzeugart=checkliste")

    assert "Ampel für Sitzungen" in page.main
    assert session.scalar(select(Tool.category_key)) == target.key
