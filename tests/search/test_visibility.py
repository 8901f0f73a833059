"""Nobody finds, counts or is offered what is not there for them."""

import pytest
from sqlalchemy import select

from inforo.authz import GUEST, Actor
from inforo.db import session
from inforo.groups.models import Group, GroupAudience
from inforo.search import queries, suggest, vocabulary
from inforo.search.analysis import Analyzer
from inforo.search.models import Audience, Kind, SearchDocument
from inforo.search.policy import may_find, visible_to
from inforo.search.results import Filters
from tests import factories

pytestmark = pytest.mark.usefixtures("word_lists")
CANARY = "Kanarienvogelkäfig"


@pytest.fixture
def people():
    """One group of each audience with the same words; Anna is in the closed ones."""
    anna, bernd, clara = factories.make_anna(), factories.make_bernd(), factories.make_clara()
    groups = {
        audience: factories.make_group(f"Gruppe {audience}", audience=audience, members=(anna,))
        for audience in ("public", "members", "closed", "hidden")
    }
    for group in groups.values():
        factories.make_thread(f"{CANARY} {group.name}", group=group, posts=(CANARY, CANARY))
    return {
        "guest": GUEST,
        "applicant": factories.actor(factories.make_applicant()),
        "anna": factories.actor(anna),
        "bernd": factories.actor(bernd),
        "clara": factories.actor(clara),
        "frieda": factories.actor(factories.make_frieda()),
    }


EXPECTED = {"guest": 1, "applicant": 1, "anna": 4, "bernd": 2, "clara": 2, "frieda": 2}


@pytest.mark.parametrize("who", EXPECTED)
def test_results_and_counts_hold_only_what_is_there_for_the_asker(people, who):
    results = queries.find(people[who], CANARY, Filters())

    assert results.total == results.kinds.total() == len(results.results) == EXPECTED[who]
    assert results.states.total() == EXPECTED[who]


@pytest.mark.parametrize("who", EXPECTED)
def test_filters_count_only_what_is_there_for_the_asker(people, who):
    results = queries.find(people[who], CANARY, Filters({"art": ("thread",), "land": ("BW",)}))

    assert results.total == EXPECTED[who]
    assert results.kinds == {Kind.THREAD: EXPECTED[who]}


@pytest.mark.parametrize("who", EXPECTED)
def test_groups_are_counted_in_memory_for_those_who_may_know_of_them(people, who):
    results = queries.find(people[who], "Gruppe", Filters({"art": ("group",)}))

    known = {"guest": 1, "applicant": 1, "anna": 4}.get(who, 3)  # a hidden one only by Anna
    assert results.total == results.kinds[Kind.GROUP] == len(results.results) == known


def test_what_is_hidden_is_not_counted_from_that_moment_on(people):
    group = session.scalars(select(Group).where(Group.audience == GroupAudience.PUBLIC)).one()

    def count():
        results = queries.find(GUEST, "Gruppe", Filters({"art": ("group",)}))
        return results.total, len(results.results)

    counted = [count()]
    for audience in (GroupAudience.HIDDEN, GroupAudience.PUBLIC, GroupAudience.MEMBERS):
        group.audience = audience
        session.commit()
        counted.append(count())

    assert counted == [(1, 1), (0, 0), (1, 1), (0, 0)]


@pytest.mark.parametrize("who", EXPECTED)
def test_suggestions_offer_only_what_is_there_for_the_asker(people, who):
    assert len(suggest.suggestions(people[who], "kanarienv")) == EXPECTED[who]


@pytest.mark.parametrize("who", EXPECTED)
def test_rule_and_condition_agree(people, who):
    actor = people[who]
    everything = set(session.scalars(select(SearchDocument)))

    by_sql = set(session.scalars(select(SearchDocument).where(visible_to(actor))))

    assert by_sql == {document for document in everything if may_find(actor, document)}
    assert {document.audience for document in everything} == set(Audience)


def test_typing_error_does_not_lead_into_a_closed_group(analyzer):
    bernd = factories.actor(factories.make_bernd())
    anna = factories.make_anna()
    group = factories.make_group(audience="closed", members=(anna,))
    factories.make_thread("Intern", group=group, posts=("Wir planen die Fusionskonferenz.",))

    for actor in (GUEST, bernd):
        results = queries.find(actor, "Fusionskonferens", Filters())
        assert (results.corrections, results.total) == ([], 0)
    assert len(queries.find(factories.actor(anna), "Fusionskonferenz", Filters()).results) == 1


def test_guest_is_not_offered_the_words_of_members():
    factories.make_thread("Runde", group=factories.make_group(), posts=("Sommerfestplanung",))

    member = Actor(account_id=1, is_approved=True)
    typed = "sommerfestplannung"
    assert vocabulary.nearest_words(GUEST, Analyzer(), [typed]) == {typed: []}
    assert vocabulary.nearest_words(member, Analyzer(), [typed]) == {
        typed: ["Sommerfestplanung"]
    }


def test_guest_finds_no_person():
    factories.make_account("Annalena Musterfrau")

    assert queries.find(GUEST, "Musterfrau", Filters()).total == 0


def test_person_is_found_by_members_through_shown_fields_only():
    factories.make_account(
        "Karla",
        helps_with="Sturzprophylaxe",
        looks_for="Lastenrad",
        phone="0621 4711",
        visibility={"looks_for": "nobody"},
    )
    bernd = factories.actor(factories.make_bernd())

    def count(question):
        return queries.find(bernd, question, Filters()).strict_total

    assert [count(word) for word in ("Sturzprophylaxe", "Lastenrad", "4711")] == [1, 0, 0]
