"""The index follows its objects in the same transaction."""

import pytest
from sqlalchemy import delete, func, select, text, update

from inforo import clock
from inforo.authz import GUEST
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.groups.models import GroupAudience
from inforo.municipalities.models import Municipality
from inforo.search import drift, indexing, queries, rebuild
from inforo.search.models import Audience, Kind, SearchDocument, SearchText, SearchWord
from inforo.search.results import Filters
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleKind, ExampleState
from tests import factories

pytestmark = pytest.mark.usefixtures("word_lists")


def found(question, actor=GUEST):
    results = queries.find(actor, question, Filters())
    return [result.url for result in results.results if not result.is_loose]


def documents(kind):
    return session.scalar(select(func.count()).where(SearchDocument.kind == kind))


def test_published_example_is_found_at_once():
    example = factories.make_example("Lesepaten im Wartezimmer")

    assert found("Lesepate") == [
        f"/werkzeugkiste/beispiele/{example.id}-lesepaten-im-wartezimmer"
    ]


def test_example_is_found_once_it_is_published():
    example = factories.make_example("Lesepaten", state=ExampleState.SUBMITTED)
    before = found("Lesepaten")

    example.state = ExampleState.PUBLISHED
    session.commit()

    assert before == []
    assert len(found("Lesepaten")) == 1


def test_withdrawn_example_is_found_no_more():
    example = factories.make_example("Lesepaten")

    example.state = ExampleState.WITHDRAWN
    session.commit()

    assert found("Lesepaten") == []
    assert documents(Kind.EXAMPLE) == 0


def test_change_that_is_rolled_back_leaves_no_trace():
    example = factories.make_example("Lesepaten")

    example.title = "Vorlesestunde"
    session.flush()
    session.rollback()

    assert len(found("Lesepaten")) == 1
    assert found("Vorlesestunde") == []


def test_bulk_update_is_noticed():
    example = factories.make_example("Lesepaten")

    session.execute(update(Example).where(Example.id == example.id).values(title="Hörstunde"))
    session.commit()

    assert len(found("Hörstunde")) == 1


def test_bulk_delete_is_noticed():
    thread = factories.make_thread("Lesepaten gesucht")

    session.execute(delete(Post).where(Post.thread_id == thread.id))
    session.commit()

    assert documents(Kind.THREAD) == 0


def test_counters_of_a_thread_write_no_documents(count_queries):
    thread = factories.make_thread()

    def count_up():
        session.execute(update(Thread).where(Thread.id == thread.id).values(post_count=7))
        session.commit()

    assert count_queries(count_up) == 1


def test_hidden_post_is_found_no_more():
    group = factories.make_group(audience="public")
    thread = factories.make_thread("Lesepaten", group=group, posts=("Frage", "Vorlesestunde"))
    post = session.scalar(select(Post).where(Post.thread_id == thread.id, Post.number == 2))
    before = len(found("Vorlesestunde"))

    post.hidden_at = clock.now()
    session.commit()

    assert (before, found("Vorlesestunde")) == (1, [])


def test_hidden_thread_takes_all_its_posts_along():
    thread = factories.make_thread(posts=("Eins", "Zwei", "Drei"))

    thread.hidden_at = clock.now()
    session.commit()

    assert documents(Kind.THREAD) == 0


def test_deleted_thread_leaves_no_documents():
    thread = factories.make_thread(posts=("Eins", "Zwei"))

    session.delete(thread)
    session.commit()

    assert documents(Kind.THREAD) == 0


def test_moved_thread_is_found_by_the_readers_of_the_new_group():
    public = factories.make_group(audience="public")
    closed = factories.make_group(audience="closed")
    thread = factories.make_thread("Lesepaten", group=public)
    before = len(found("Lesepaten"))

    thread.group = closed
    session.commit()

    assert (before, found("Lesepaten")) == (1, [])


def test_group_that_closes_takes_its_threads_along():
    group = factories.make_group(audience="public")
    factories.make_thread("Lesepaten", group=group)

    group.audience = GroupAudience.CLOSED
    session.commit()

    assert found("Lesepaten") == []
    audience = select(SearchDocument.audience).where(SearchDocument.kind == Kind.THREAD)
    assert session.scalar(audience) is Audience.GROUP


def test_renamed_group_is_shown_by_its_new_name():
    group = factories.make_group("Alt", audience="public")
    factories.make_thread("Lesepaten", group=group)

    group.name = "Neu"
    session.commit()

    contexts = (
        select(SearchText.context)
        .join(SearchDocument)
        .where(SearchDocument.kind == Kind.THREAD)
    )
    assert session.scalar(contexts) == "Neu"


def test_closed_account_is_found_no_more():
    anna, bernd = factories.make_account("Annalena Muster"), factories.make_bernd()
    actor = factories.actor(bernd)
    before = len(found("Annalena", actor))

    anna.closed_at = clock.now()
    session.commit()

    assert (before, found("Annalena", actor)) == (1, [])


def test_words_of_closed_groups_are_never_learnt():
    group = factories.make_group(audience="closed")

    factories.make_thread("KANARIE-1", group=group, posts=("Kanarienwort steht hier",))

    assert session.scalar(select(SearchWord).where(SearchWord.word == "kanarienwort")) is None


def test_rebuild_restores_what_was_lost():
    factories.make_example("Klangwiese")
    factories.make_thread("Vorlesestunde", group=factories.make_group(audience="public"))
    factories.make_thread(group=factories.make_group(audience="closed"))
    session.execute(delete(SearchWord))
    for table in ("search_texts", "search_stems", "search_documents"):
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    session.commit()
    drifted = drift.drift()

    total = rebuild.rebuild()

    assert len(drifted) == 6, "examples, threads, groups, places, persons, pages"
    assert drift.drift() == []
    assert total == session.scalar(select(func.count()).select_from(SearchDocument))
    assert len(found("Klangwiese")) == len(found("Vorlesestunde")) == 1


def test_rebuild_removes_documents_without_object():
    factories.make_example("Lesepaten")
    session.execute(text("DELETE FROM example_municipalities"))
    session.execute(text("DELETE FROM examples"))
    session.commit()
    drifted = drift.drift()

    rebuild.rebuild()

    assert "1 surplus" in drifted[0]
    assert documents(Kind.EXAMPLE) == 0


def test_objects_loaded_while_paused_wait_for_the_rebuild():
    with indexing.paused():
        factories.make_example("Klangwiese")
    before = found("Klangwiese")

    rebuild.rebuild()

    assert (before, len(found("Klangwiese"))) == ([], 1)


def test_rebuild_counts_words():
    for _ in range(3):
        factories.make_example("Lesepaten")

    rebuild.rebuild()

    word = session.get(SearchWord, ("lesepaten", Audience.PUBLIC))
    assert (word.documents, word.shown, word.stem) == (3, "Lesepaten", "lesepat")


def test_recount_forgets_words_nobody_uses_any_more():
    example = factories.make_example("Lesepaten")
    example.title = "Vorlesestunde"
    session.commit()
    session.execute(delete(SearchWord).where(SearchWord.word == "vorlesestunde"))

    rebuild.recount()

    words = set(session.scalars(select(SearchWord.word)))
    assert "vorlesestunde" in words
    assert "lesepaten" not in words


def test_index_that_drifts_is_noticed():
    group = factories.make_group(audience="closed")
    factories.make_thread(group=group)
    session.execute(text("UPDATE search_documents SET audience = 'public'"))
    session.commit()

    assert any("1 documents have another audience" in line for line in drift.drift())


def test_saving_a_draft_asks_the_index_little(count_queries):
    draft = factories.make_example(state=ExampleState.DRAFT)

    def save() -> None:
        draft.title += "!"
        session.flush()

    assert count_queries(save) <= 4  # the row itself, its files, is it public, was it found


def test_place_is_found_by_its_name_not_by_words_in_it():
    session.get(Municipality, factories.MANNHEIM).display_name = "Kümmersbruck"
    factories.make_example("Lesepaten")

    assert len(found("Lesepaten Kümmersbruck")) == 1
    assert found("Lesepaten Kummer") == []


def test_failed_example_is_found_by_what_people_ask():
    factories.make_example("Mitfahrbank", kind=ExampleKind.FAILED)
    factories.make_example("Lesepaten")

    assert len(found("Was hat nicht funktioniert?")) == 1


def test_named_kind_comes_first():
    factories.make_tool("Lesepaten für Kinder")
    factories.make_example("Lesepaten")

    kinds = [
        result.kind for result in queries.find(GUEST, "Muster Lesepaten", Filters()).results
    ]

    assert kinds == [Kind.TOOL, Kind.EXAMPLE]


def test_named_kind_of_a_land_comes_before_what_names_the_land_better():
    long = "Fachkräfte besuchen Familien. " * 300
    example = factories.make_example("Lesepaten", approach=long)
    for number in range(9):
        factories.make_tool(f"Baden-Württemberg {number}", summary="")

    assert example.title in first_title("Beispiele aus Baden-Württemberg")


def first_title(question):
    return queries.find(GUEST, question, Filters()).results[0].title
