"""Polls are corrected until somebody votes; with a merged thread they come along."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.polls import actions, queries
from inforo.polls.models import Ballot, Choice, Poll
from inforo.rearranging import actions as rearranging
from inforo.rearranging.models import Rearrangement
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_group,
    make_thread,
)
from tests.polls.making import make_poll, vote_as, vote_many


def edit_url(thread):
    return f"/diskussionen/{thread.id}/umfrage/bearbeiten"


def asked(*, days=7):
    anna = make_anna()
    thread = make_thread("Wann treffen wir uns?", author=anna)
    return anna, thread, make_poll(thread, days=days)


def in_days(days):
    return (clock.today() + timedelta(days=days)).isoformat()


def labels_of(poll_id):
    session.expire_all()
    return queries.labels(session.get(Poll, poll_id))


def test_asker_corrects_question_answers_and_last_day(browser):
    anna, thread, poll = asked()
    page = browser.sign_in(anna).open(thread.path).follow("Umfrage bearbeiten")

    page = page.submit(
        "poll", question="Welcher Tag?", options="Mo\nDi\nMi", ends_on=in_days(3)
    )

    assert page.url == thread.path
    assert "Welcher Tag?" in page.main
    assert labels_of(poll.id) == ["Mo", "Di", "Mi"]
    assert session.get(Poll, poll.id).ends_on.isoformat() == in_days(3)
    assert session.scalars(select(LogEntry)).all() == []


def test_corrections_of_moderators_are_logged(browser):
    _anna, thread, _poll = asked()
    page = browser.sign_in(make_clara()).open(thread.path).follow("Umfrage bearbeiten")

    page.submit("poll", question="Welcher Tag?")

    assert "edit_poll" in session.scalars(select(LogEntry.action)).all()


def test_answered_poll_is_only_prolonged(browser):
    anna, thread, poll = asked()
    vote_as(make_bernd(), poll, 1)
    page = browser.sign_in(anna).open(thread.path).follow("Umfrage verlängern")
    assert "nur noch der letzte Tag" in page.main
    assert page.html.select_one("[name=question]") is None

    shorter = page.submit("poll", ends_on=in_days(3), status=422)
    assert "nur noch nach hinten" in shorter.main
    shorter.submit("poll", ends_on=in_days(20))

    session.expire_all()
    assert session.get(Poll, poll.id).ends_on.isoformat() == in_days(20)
    assert session.scalars(select(Ballot)).all() != []


def test_vote_that_came_in_between_keeps_the_words_and_the_typed_text(browser):
    anna, thread, poll = asked()
    page = browser.sign_in(anna).open(edit_url(thread))
    vote_as(make_bernd(), poll, 1)

    page = page.submit(
        "poll", question="Ganz anders?", options="Ja\nNein", ends_on=in_days(9), status=409
    )

    assert "Inzwischen hat jemand abgestimmt" in page.main
    assert "Ganz anders?" in page.main
    assert labels_of(poll.id) == ["Vormittag", "Abend"]
    page.submit("poll", ends_on=in_days(9))
    assert session.get(Poll, poll.id).ends_on.isoformat() == in_days(9)


def test_second_saver_sees_both_texts(browser, new_browser):
    anna, thread, poll = asked()
    late = browser.sign_in(anna).open(edit_url(thread))
    new_browser().sign_in(make_clara()).open(edit_url(thread)).submit("poll", question="Ihre?")

    late = late.submit("poll", question="Meine?", status=409)

    assert "Ihre?" in late.main
    assert "Meine?" in late.main
    late.submit("poll")
    session.expire_all()
    assert session.get(Poll, poll.id).question == "Meine?"


def test_ballot_opened_before_a_correction_chooses_nothing(browser, new_browser):
    anna, thread, _poll = asked()
    old = browser.sign_in(make_bernd()).open(thread.path)
    value = old.html.select_one("#vote [name=choice]")["value"]
    new_browser().sign_in(anna).open(edit_url(thread)).submit("poll", options="Nie\nImmer")

    old.submit("vote", choice=value, status=400)

    assert session.scalars(select(Ballot)).all() == []


def test_nonsense_is_explained_and_stays(browser):
    anna, thread, _poll = asked()
    page = browser.sign_in(anna).open(edit_url(thread))

    page = page.submit("poll", question="Bleibt?", options="Nur eine", status=422)

    assert "es sind 1" in page.main
    assert page.html.select_one("[name=question]")["value"] == "Bleibt?"


def test_ended_poll_is_not_reopened(browser):
    anna, thread, _poll = asked(days=1)
    clock.offset = timedelta(days=3)

    browser.sign_in(anna).open(edit_url(thread), 403)

    assert "Umfrage bearbeiten" not in browser.open(thread.path).main


# Merged threads -----------------------------------------------------------------------------


def merged(**values):
    """Merge a thread with a poll by Anna into one with a poll of its own."""
    group = make_group(audience="public")
    anna, clara = make_anna(), make_clara()
    source = make_thread("Wann treffen wir uns?", author=anna, group=group)
    poll = make_poll(source, question="Passt Montag?", **values)
    target = make_thread("Nächstes Treffen", group=group)
    vote_as(make_account("Früh"), poll, 1)
    rearranging.merge(actor(clara), source, target, "Dasselbe Thema.")
    session.commit()
    return anna, clara, source, target, poll


def test_poll_of_a_merged_thread_is_read_in_the_other_and_takes_votes(browser):
    _anna, _clara, source, target, poll = merged()
    make_poll(target, question="Eigene Umfrage?")
    page = browser.sign_in(make_bernd()).open(target.path)
    assert "Umfrage aus der Diskussion „Wann treffen wir uns?“" in page.main
    assert "Eigene Umfrage?" in page.main
    assert "1 Person hat abgestimmt" in page.main

    page = page.follow("Zur Umfrage: Passt Montag?")
    value = page.html.select_one("#vote [name=choice]")["value"]
    page = page.submit("vote", choice=value)

    assert page.url == target.path
    assert "2 Personen haben abgestimmt" in page.main
    page = browser.open(f"/diskussionen/{source.id}/umfrage")
    assert page.html.select_one("#vote [checked]")["value"] == value
    page.submit("withdraw")
    assert len(session.scalars(select(Choice)).all()) == 1
    assert poll.thread_id == source.id


def test_reader_who_voted_before_the_merge_sees_the_result_after_it(browser, new_browser):
    _anna, _clara, _source, target, poll = merged()
    vote_as(bernd := make_bernd(), poll, 2)
    vote_many(poll, count=3)

    assert "Anteil" in browser.sign_in(bernd).open(target.path).main
    other = new_browser().sign_in(make_account("Neu"))
    assert "Anteil" not in other.open(target.path).main


def test_undone_merge_brings_the_poll_back_with_its_votes(browser):
    anna, clara, source, target, _poll = merged()

    rearranging.undo(actor(clara), session.scalars(select(Rearrangement)).one())
    session.commit()

    page = browser.sign_in(anna).open(source.path)
    assert "Passt Montag?" in page.main
    assert "1 Person hat abgestimmt" in page.main
    assert "Passt Montag?" not in browser.open(target.path).main


def test_threads_merged_one_after_the_other_keep_their_poll(browser):
    _anna, clara, _source, target, poll = merged()
    last = make_thread("Alles", group=target.group)
    rearranging.merge(actor(clara), target, last, "Auch das.")
    session.commit()

    assert "Passt Montag?" in browser.sign_in(make_bernd()).open(last.path).main
    assert poll.place.id == last.id


def test_asker_and_moderators_look_after_a_merged_poll_in_the_new_place(browser, new_browser):
    anna, clara, source, target, poll = merged()
    page = browser.sign_in(anna).open(edit_url(source)).submit("poll", ends_on=in_days(30))
    assert page.url == target.path

    page = new_browser().sign_in(clara).open(f"/diskussionen/{source.id}/umfrage")
    assert page.submit("remove-poll").url == target.path
    assert session.get(Poll, poll.id) is None


def test_merged_poll_obeys_its_new_place():
    _anna, _clara, source, target, poll = merged()
    target.locked_at = clock.now()
    session.commit()

    with pytest.raises(actions.PollClosed):
        vote_as(make_bernd(), poll, 1)
    assert source.merged_into_id == target.id


def test_split_leaves_the_poll_with_the_first_post(browser):
    anna = make_anna()
    thread = make_thread("Alt", posts=("Frage", "Zwei"), author=anna)
    make_poll(thread, question="Bleibt hier?")
    answer = rearranging.queries.posts_of(thread)[1]

    other = rearranging.split(actor(make_clara()), thread, [answer.id], "Neu", "Anderes.")
    session.commit()

    browser.sign_in(anna)
    assert "Bleibt hier?" in browser.open(thread.path).main
    assert "Bleibt hier?" not in browser.open(other.path).main


def test_merged_polls_cost_the_same_however_many_they_are(browser, count_queries):
    _anna, clara, _source, target, _poll = merged()
    moderator, target_id = actor(clara), target.id
    browser.sign_in(make_bernd()).open(path := target.path)

    def bring(name):
        target = session.get(Thread, target_id)
        more = make_thread(name, group=target.group)
        make_poll(more, question=name)
        rearranging.merge(moderator, more, target, "Auch.")
        session.commit()

    def costs():
        browser.open(path)
        return count_queries(lambda: browser.open(path))

    bring("Zwei")
    two = costs()
    bring("Drei")
    bring("Vier")

    assert costs() == two <= 12
