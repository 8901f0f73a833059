"""A changed name is found in everything that mentions it, as soon as the job has run."""

from datetime import timedelta

from sqlalchemy import select

from inforo import clock, jobs
from inforo.authz import Actor
from inforo.db import session
from inforo.search import writing
from inforo.search.models import SearchStems
from inforo.search.synonyms import phrase
from inforo.vocabularies import merging, queries, unmerging
from inforo.vocabularies.models import SynonymRing, Term
from tests import factories


def term(key: str, vocabulary: str = "field_of_action") -> Term:
    return session.scalar(select(Term).where(Term.vocabulary == vocabulary, Term.key == key))


def found(browser, words: str) -> str:
    return browser.open(f"/suche?q={words}").main


def is_indexed(word: str) -> bool:
    statement = select(SearchStems.document_id).where(SearchStems.body_stems.contains(word))
    return session.scalar(statement) is not None


def test_new_alias_finds_examples_tools_threads_and_profiles_that_have_the_term(browser):
    factories.make_example("Runde im Park", terms=[term("mobilitaet")])
    factories.make_tool("Wegeplan", category_key="checkliste")
    group = factories.make_group(audience="public")
    factories.make_thread("Wer kennt das?", group=group, terms=[term("mobilitaet")])

    term("mobilitaet").aliases = ["Zweiradkultur"]
    term("checkliste", "tool_category").label_de = "Abhakbogen"
    session.commit()
    jobs.work_all()

    page = found(browser, "Zweiradkultur")
    assert "Runde im Park" in page
    assert "Wer kennt das?" in page
    assert "Wegeplan" in found(browser, "Abhakbogen")


def test_new_name_of_an_organisation_finds_its_examples(browser):
    carrier = factories.make_organisation("Altername e.V.")
    factories.make_example("Runde im Park", organisation_id=carrier.id)

    carrier.name = "Quittenverein"
    session.commit()
    jobs.work_all()

    assert "Runde im Park" in found(browser, "Quittenverein")


def test_work_is_done_in_batches(browser, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 2)
    for number in range(5):
        factories.make_example(f"Runde {number}", terms=[term("mobilitaet")])

    term("mobilitaet").aliases = ["Zweiradkultur"]
    session.commit()
    jobs.work_all()

    assert "5" in found(browser, "Zweiradkultur")


def test_merged_term_is_found_by_the_names_of_its_target():
    factories.make_example("Runde im Park", terms=[term("mobilitaet")])
    term("wohnen").aliases = ["Mobilität", "Zweiradkultur"]
    session.commit()
    jobs.work_all()
    assert not is_indexed("zweiradkultur")

    merge_id = merging.merge(Actor(), term("mobilitaet"), term("wohnen"), "Probe").id
    session.commit()
    jobs.work_all()

    assert is_indexed("zweiradkultur")
    unmerging.undo(Actor(), queries.get_merge(merge_id), "zurück")
    session.commit()
    jobs.work_all()
    assert not is_indexed("zweiradkultur")


def test_search_uses_the_rings_that_editors_keep():
    assert writing.analyzer().synonyms.of(phrase("Quittenzweig")) == ()

    session.add(SynonymRing(words=["Fahrrad", "Quittenzweig"]))
    session.commit()
    clock.offset += timedelta(minutes=1)

    assert writing.analyzer().synonyms.of(phrase("Quittenzweig")) == (phrase("Fahrrad"),)
