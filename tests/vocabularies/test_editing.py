"""Keeping terms and synonyms: names, places, what is offered, and what history remembers."""

import pytest
from sqlalchemy import select

from inforo.db import session
from inforo.toolbox.example_parts import ExampleTerm
from inforo.versions import Version
from inforo.vocabularies import queries
from inforo.vocabularies.models import SynonymRing, Term
from tests import factories

LIST = "/redaktion/schlagwoerter/field_of_action/"


def term(key: str, vocabulary: str = "field_of_action") -> Term:
    return session.scalar(select(Term).where(Term.vocabulary == vocabulary, Term.key == key))


@pytest.fixture
def editor(browser):
    return browser.sign_in(factories.make_emil())


def test_new_term_is_offered_at_the_end_of_its_list(editor):
    page = editor.open(LIST).follow("Schlagwort anlegen")

    page = page.submit(
        "add", label_de="Schlaf", label_en="Sleep", aliases="Nachtruhe\nSchlafen"
    )

    assert "Schlaf" in page.main
    assert queries.terms("field_of_action")[-1].label_de == "Schlaf"
    assert term("schlaf").aliases == ["Nachtruhe", "Schlafen"]


def test_same_name_is_refused_with_the_typed_text_kept(editor):
    page = editor.open(LIST + "neu").submit("add", status=422, label_de="bewegung", aliases="X")

    assert "gehört schon zu „Bewegung“" in page.main
    assert page.html.select_one("#aliases").text.strip() == "X"


def test_old_label_becomes_an_alias_and_history_shows_both(editor):
    movement = term("bewegung")

    editor.open(f"/redaktion/schlagwoerter/begriffe/{movement.id}").submit(
        "edit", label_de="Bewegung und Sport"
    )

    session.refresh(movement)
    assert movement.label_de == "Bewegung und Sport"
    assert "Bewegung" in movement.aliases
    page = editor.open(f"/redaktion/schlagwoerter/begriffe/{movement.id}/verlauf")
    assert "Fassung 2" in page.main
    assert "Emil" in page.main


def test_second_of_two_editors_sees_both_texts(editor, new_browser):
    movement = term("bewegung")
    address = f"/redaktion/schlagwoerter/begriffe/{movement.id}"
    first = editor.open(address)
    second = new_browser().sign_in(factories.make_frieda()).open(address)

    first.submit("edit", aliases="Turnen")
    page = second.submit("edit", status=409, aliases="Tanzen")

    assert "Turnen" in page.main
    assert "Tanzen" in page.main


def test_fixed_term_keeps_its_label_and_place(editor):
    criterion = term("partizipation", "criterion")
    page = editor.open(f"/redaktion/schlagwoerter/begriffe/{criterion.id}")

    assert not page.html.select("[name=label_de], [name=position]")
    page.submit("edit", aliases="Mitwirkung", label_en="Taking part")

    session.refresh(criterion)
    assert (criterion.label_de, criterion.aliases) == ("Partizipation", ["Mitwirkung"])


def test_fixed_vocabulary_takes_no_new_terms(editor):
    editor.open("/redaktion/schlagwoerter/criterion/neu", status=403)


def test_unknown_vocabulary_is_not_there(editor):
    editor.open("/redaktion/schlagwoerter/gibt-es-nicht/", status=404)


def test_archived_term_is_not_offered_but_its_uses_stay(editor, new_browser):
    anna = factories.make_anna()
    movement = term("bewegung")
    example = factories.make_example(author=anna, terms=[movement], state="draft")

    editor.open(f"/redaktion/schlagwoerter/begriffe/{movement.id}").submit("archive")

    assert movement.key not in dict(queries.choices("field_of_action"))
    address = f"/werkzeugkiste/beitragen/{example.id}/zuordnung"
    new_browser().sign_in(anna).open(address).submit("edit")
    session.expire_all()
    assert [kept.key for kept in example.terms] == ["bewegung"]
    editor.open(f"/redaktion/schlagwoerter/begriffe/{movement.id}").submit("offer")
    assert movement.key in dict(queries.choices("field_of_action"))


def test_used_term_cannot_be_deleted(editor):
    movement = term("bewegung")
    page = editor.open(f"/redaktion/schlagwoerter/begriffe/{movement.id}")
    factories.make_example(terms=[movement])

    page = page.submit("delete", status=409)

    assert "wird benutzt" in page.main
    assert session.scalar(select(ExampleTerm.term_id)) == movement.id


def test_unused_term_is_deleted_with_its_history(editor):
    editor.open(LIST + "neu").submit("add", label_de="Schlaf")
    made = term("schlaf")

    editor.open(f"/redaktion/schlagwoerter/begriffe/{made.id}").submit("delete")

    assert term("schlaf") is None
    assert not session.scalars(select(Version).where(Version.subject.like("terms:%"))).all()


def test_list_counts_uses_and_finds_terms_by_alias(editor):
    movement = term("bewegung")
    movement.aliases = ["Turnen"]
    factories.make_example(terms=[movement])
    factories.make_example(terms=[movement])

    page = editor.open(LIST).submit("find", q="turne")

    [row] = page.html.select("tbody tr")
    assert [cell.text for cell in row.select("td")] == ["Turnen", "2", "wird angeboten"]


def test_list_takes_as_many_queries_for_many_terms(editor, count_queries):
    few = count_queries(lambda: editor.open(LIST))
    for number in range(20):
        name = f"Thema {number}"
        session.add(Term(vocabulary="field_of_action", key=f"thema-{number}", label_de=name))
    session.commit()

    many = count_queries(lambda: editor.open(LIST))

    assert few == many


def test_ring_of_synonyms_is_added_changed_and_retired(editor):
    stamp = queries.synonym_stamp()
    page = editor.open("/redaktion/synonyme/").follow("Ring anlegen")

    page.submit("ring", words="Schlaf\nNachtruhe")
    ring = session.scalar(select(SynonymRing).order_by(SynonymRing.id.desc()))

    assert ("Schlaf", "Nachtruhe") in queries.synonym_rings()
    assert queries.synonym_stamp() != stamp
    editor.open(f"/redaktion/synonyme/{ring.id}").submit("ring", words="Schlaf\nSchlummer")
    assert ("Schlaf", "Schlummer") in queries.synonym_rings()
    editor.open("/redaktion/synonyme/").submit(f"retire-{ring.id}")
    assert not any("Schlaf" in words for words in queries.synonym_rings())
    assert "Nachtruhe" in editor.open(f"/redaktion/synonyme/{ring.id}/verlauf").main


def test_ring_needs_two_words(editor):
    page = editor.open("/redaktion/synonyme/neu").submit("ring", status=422, words="Schlaf")

    assert "mindestens zwei Wörter" in page.main


def test_coordinators_do_not_keep_vocabularies(browser):
    browser.sign_in(factories.make_clara()).open(LIST, status=403)
