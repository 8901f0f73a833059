"""Importing vocabularies: complete, again, and beside what editors changed."""

import json

from sqlalchemy import delete, select

from inforo.db import session
from inforo.vocabularies import actions, queries
from inforo.vocabularies.cli import cli
from inforo.vocabularies.models import Programme, SynonymRing, Term
from tests import factories
from tests.reference import DATA


def term(vocabulary, key):
    return session.scalar(select(Term).where(Term.vocabulary == vocabulary, Term.key == key))


def test_terms_and_programmes_are_added_to_an_empty_database():
    session.execute(delete(Term))
    session.execute(delete(Programme))
    session.execute(delete(SynonymRing))

    report = actions.import_vocabularies()

    assert report.programmes == len(queries.programmes()) == 4
    assert len(report.added) == report.terms + report.programmes + report.rings
    assert term("criterion", "partizipation").is_fixed
    assert not term("field_of_action", "bewegung").is_fixed
    assert [t.label_de for t in queries.terms("building_block")][0] == "Bedarfsanalyse"


def test_a_second_import_changes_nothing():
    actions.import_vocabularies()

    report = actions.import_vocabularies()

    assert not report.added
    assert not report.changed


def test_labels_of_editors_stay_and_gain_aliases():
    movement = term("field_of_action", "bewegung")
    movement.label_de, movement.aliases = "Bewegung und Sport", ["Turnen"]

    actions.import_vocabularies()

    assert movement.label_de == "Bewegung und Sport"
    assert "Turnen" in movement.aliases
    assert len(movement.aliases) > 1


def test_fixed_terms_follow_the_file():
    criterion = term("criterion", "partizipation")
    criterion.label_de = "Mitmachen"

    report = actions.import_vocabularies()

    assert criterion.label_de == "Partizipation"
    assert "criterion/partizipation" in report.changed


def test_terms_of_editors_are_not_removed():
    session.add(Term(vocabulary="field_of_action", key="tanzen", label_de="Tanzen"))

    actions.import_vocabularies()

    assert term("field_of_action", "tanzen") is not None


def ring_of(word: str) -> SynonymRing:
    session.expire_all()
    return session.scalars(select(SynonymRing).where(SynonymRing.seed == word)).one()


def test_new_words_of_a_ring_come_in_unless_editors_have_touched_it(browser):
    import_vocabularies_anew()
    browser.sign_in(factories.make_emil())
    for seed, words in (("Kita", ["Kita", "Krippe"]), ("Quartier", ["Quartier", "Kiez"])):
        ring_of(seed).words = words
        session.commit()
    edited, retired = ring_of("Quartier").id, ring_of("Landkreis").id
    browser.open(f"/redaktion/synonyme/{edited}").submit("ring", words="Quartier\nGegend")
    browser.open("/redaktion/synonyme/").submit(f"retire-{retired}")
    ring_of("Landkreis").words = ["Landkreis", "Nur hier"]
    session.commit()

    report = import_vocabularies_anew()

    assert [name for name in report.changed if "synonyms" in name] == ["synonyms/Kita"]
    assert ring_of("Kita").words[:2] == ["Kita", "Krippe"]
    assert "Kindergarten" in ring_of("Kita").words
    assert ring_of("Quartier").words == ["Quartier", "Gegend"]
    assert ring_of("Landkreis").words == ["Landkreis", "Nur hier"]


def import_vocabularies_anew():
    report = actions.import_vocabularies()
    session.commit()
    return report


def test_the_command_line_says_what_was_done(app):
    result = app.test_cli_runner().invoke(cli, ["import"])

    assert result.exit_code == 0, result.output
    rings = json.loads((DATA / "synonyms.json").read_text(encoding="utf-8"))
    assert f"terms and 4 programmes, {len(rings)} rings" in result.output
