"""Polls in a thread: making, voting, results, and what nobody may find out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.db import Base, session
from inforo.polls import actions
from inforo.polls.models import Ballot, Choice, Poll, PollOption
from inforo.polls.queries import find_state
from tests.factories import (
    actor,
    join,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_group,
    make_thread,
)
from tests.polls.making import make_poll, vote_as, vote_many


def new_poll(thread):
    return f"/diskussionen/{thread.id}/umfrage/neu"


def ballots():
    session.expire_all()
    return list(session.scalars(select(Ballot)))


def first_option(page):
    return page.html.select_one("#vote [name=choice]")["value"]


def test_author_adds_a_poll_to_a_question(browser):
    anna = make_anna()
    thread = make_thread(author=anna)
    page = browser.sign_in(anna).open(thread.path).follow("Umfrage anfügen")

    page = page.submit("poll", question="Welche Uhrzeit?", options="Vormittag\n\n Abend ")

    assert page.url == thread.path
    assert "Welche Uhrzeit?" in page.main
    assert session.scalars(select(PollOption.label).order_by(PollOption.position)).all() == [
        "Vormittag",
        "Abend",
    ]
    assert "Umfrage anfügen" not in page.main


def test_question_is_asked_with_a_poll(browser):
    group = make_group(members=[anna := make_anna()], holds_first_posts=False)
    page = browser.sign_in(anna).open(f"/diskussionen/neu?gruppe={group.slug}")

    page = page.submit("thread", title="Wann denn?", body="Sagen Sie mal.", with_poll="y")

    assert page.has_form("poll")
    assert "Wann denn?" in page.submit("poll", question="Wann?", options="Heute\nMorgen").text


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"options": "Nur eine"}, "es sind 1"),
    ({"options": "\n".join(map(str, range(13)))}, "es sind 13"),
    ({"options": "Ja\nja"}, "zweimal"),
    ({"options": "Ja\n" + "n" * 201}, "200 Zeichen"),
    ({"question": ""}, "schreiben Sie eine Frage"),
    ({"ends_on": "2020-01-01"}, "schon vorbei"),
    ({"ends_on": "2099-01-01"}, "Höchstens ein Jahr"),
])  # fmt: skip
def test_poll_that_makes_no_sense_is_explained_and_stays(browser, typed, sentence):
    anna = make_anna()
    page = browser.sign_in(anna).open(new_poll(make_thread(author=anna)))

    given = {"question": "Bleibt?", "options": "Ja\nNein"} | typed
    page = page.submit("poll", **given, secrecy="named", status=422)

    assert sentence in page.main
    assert page.html.select_one("[value=named]").has_attr("checked")
    assert session.scalars(select(Poll)).all() == []


def test_form_sent_twice_makes_one_poll(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open(new_poll(make_thread(author=anna)))

    for _ in range(2):
        page.submit("poll", question="Wann?", options="Ja\nNein")

    assert len(session.scalars(select(Poll)).all()) == 1


def test_thread_has_one_poll(browser):
    anna = make_anna()
    thread = make_thread(author=anna)
    page = browser.sign_in(anna).open(f"/diskussionen/{thread.id}/umfrage/neu")
    make_poll(thread)

    page = page.submit("poll", question="Noch eine?", options="Ja\nNein", status=409)

    assert "schon eine Umfrage" in page.main


def test_member_votes_changes_and_withdraws(browser):
    thread = make_thread()
    make_poll(thread)
    page = browser.sign_in(make_anna()).open(thread.path)

    page = page.submit("vote", choice=first_option(page))
    assert [page.url, len(ballots())] == [thread.path, 1]
    other = page.html.select("#vote [name=choice]")[1]["value"]
    page = page.submit("vote", choice=other)
    assert session.scalars(select(Choice.option_id)).all() == [int(other)]

    page = page.submit("withdraw")
    assert ballots() == []
    assert session.scalars(select(Choice)).all() == []
    assert "Abstimmen" in page.main


def test_several_answers_where_several_may_be_chosen(browser):
    thread = make_thread()
    poll = make_poll(thread, "Eins", "Zwei", "Drei", is_multiple=True, is_named=True)
    page = browser.sign_in(make_anna()).open(thread.path)
    values = [box["value"] for box in page.html.select("#vote [name=choice]")]

    page = page.submit("vote", choice=values[:2])

    state = find_state(actor(make_bernd()), poll.thread)
    assert [(row.number, state.count) for row in state.options] == [(1, 1), (1, 1), (0, 1)]
    assert len(page.html.select("#vote [checked]")) == 2


def test_empty_ballot_is_explained(browser):
    thread = make_thread()
    make_poll(thread)

    page = browser.sign_in(make_anna()).open(thread.path).submit("vote", status=422)

    assert "Bitte wählen Sie eine Antwort." in page.main
    assert page.has_form("vote")


def test_options_of_other_polls_and_too_many_are_refused():
    other = make_poll(make_thread())
    poll, anna = make_poll(make_thread()), actor(make_anna())
    ids = {p.id: sorted(actions.queries.option_ids(p)) for p in (poll, other)}

    for chosen in (ids[other.id][:1], ids[poll.id], [], [987654]):
        with pytest.raises(actions.BadInput):
            actions.vote(anna, poll.thread, chosen)


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "-1"])
def test_forged_choice_is_refused(browser, value):
    thread = make_thread()
    make_poll(thread)
    page = browser.sign_in(make_anna()).open(thread.path)

    page.submit("vote", choice=value, status=400 if value else 422)

    assert ballots() == []


def test_poll_closes_by_time(browser):
    thread = make_thread()
    poll = make_poll(thread, days=1)
    vote_many(poll, count=5)
    page = browser.sign_in(make_anna()).open(thread.path)
    value = first_option(page)
    assert "Anteil" not in page.main

    clock.offset = timedelta(days=2)

    assert "Ergebnis" in (over := browser.sign_in(make_bernd()).open(thread.path)).main
    assert not over.has_form("vote")
    page.submit("vote", choice=value, status=403)
    assert len(ballots()) == 5


def test_locked_and_hidden_threads_take_no_votes_not_even_of_moderators():
    for state in ("locked_at", "hidden_at"):
        poll = make_poll(make_thread(**{state: clock.now()}))
        for person in (make_account(), make_clara()):
            with pytest.raises(actions.PollClosed):
                vote_as(person, poll, 1)


def test_result_comes_after_ones_own_vote_or_from_the_start(browser):
    late, early = make_thread(), make_thread()
    for thread, shows_early in ((late, False), (early, True)):
        vote_many(make_poll(thread, shows_early=shows_early), count=5)
    browser.sign_in(make_anna())

    page = browser.open(late.path)
    assert "Anteil" not in page.main
    assert "Anteil" in page.submit("vote", choice=first_option(page)).main
    assert "Anteil" in browser.open(early.path).main


def test_few_anonymous_votes_show_no_numbers_not_even_to_the_author(browser):
    anna = make_anna()
    thread = make_thread(author=anna)
    poll = make_poll(thread, shows_early=True)
    vote_many(poll, count=4)

    page = browser.sign_in(anna).open(thread.path)
    assert "Anteil" not in page.main
    assert "ab 5 Stimmen" in page.main

    vote_many(poll, count=1, number=2)
    page = browser.open(thread.path)
    assert [cell.text for cell in page.html.select(".chart td")] == ["4", "80 %", "1", "20 %"]


def test_database_does_not_tell_who_voted_what_in_an_anonymous_poll():
    anna, bernd, poll = make_anna(), make_bernd(), make_poll(make_thread())
    vote_as(anna, poll, 1)
    vote_as(bernd, poll, 2)

    assert {ballot.account_id for ballot in ballots()} == {None}
    told = {"accounts.id", "accounts"}
    for table in ("poll_choices", "poll_options", "polls"):
        keys = Base.metadata.tables[table].foreign_keys
        assert not told & {key.target_fullname for key in keys}
    for table in ("poll_ballots", "poll_choices"):
        columns = set(Base.metadata.tables[table].columns.keys())
        assert columns <= {"key", "poll_id", "account_id", "ballot_key", "option_id"}
    assert session.scalars(select(LogEntry)).all() == []


def test_key_of_a_ballot_needs_the_secret_and_differs_per_thread(app):
    vote_as(make_anna(), make_poll(make_thread()), 1)
    vote_as(make_bernd(), make_poll(make_thread()), 1)

    keys = [ballot.key for ballot in ballots()]

    assert len(set(keys)) == 2
    assert all(len(key) == 64 for key in keys)


def test_names_stand_beside_the_result_of_a_named_poll_for_members_only(browser, new_browser):
    thread = make_thread(group=make_group(audience="public"))
    poll = make_poll(thread, is_named=True, shows_early=True)
    vote_as(make_account("Nora Namentlich"), poll, 1)

    page = browser.sign_in(make_anna()).open(thread.path).follow("Wer hat was gewählt?")
    assert "Nora Namentlich" in page.main
    guest = new_browser().open(thread.path)
    assert "Anteil" in guest.main
    assert "Nora Namentlich" not in guest.text
    assert not guest.has_form("vote")


def test_names_of_an_anonymous_poll_are_nowhere(browser):
    thread = make_thread()
    poll = make_poll(thread, shows_early=True)
    vote_as(make_account("Nora Namenlos"), poll, 1)
    vote_many(poll, count=5)

    browser.sign_in(make_clara())
    for url in (thread.path, f"/diskussionen/{thread.id}/umfrage"):
        assert "Nora" not in browser.open(url).text


def test_erased_account_leaves_its_vote_without_a_name(browser):
    thread, nora = make_thread(), make_account("Nora Namentlich")
    vote_as(nora, make_poll(thread, is_named=True, shows_early=True), 1)

    session.delete(nora)
    session.commit()

    assert [ballot.account_id for ballot in ballots()] == [None]
    page = browser.sign_in(make_anna()).open(f"/diskussionen/{thread.id}/umfrage")
    assert "Ehemaliges Mitglied" in page.main
    assert "Nora" not in page.main


def test_author_removes_a_poll_nobody_answered_moderators_any(browser, new_browser):
    anna = make_anna()
    thread = make_thread(author=anna)
    poll = make_poll(thread)
    page = browser.sign_in(anna).open(thread.path)
    vote_as(make_bernd(), poll, 1)

    page.submit("remove-poll", status=409)
    assert not browser.open(thread.path).has_form("remove-poll")
    new_browser().sign_in(make_clara()).open(thread.path).submit("remove-poll")

    assert (session.scalars(select(Poll)).all(), ballots()) == ([], [])
    assert session.scalars(select(LogEntry.action)).all().count("remove_poll") == 1


@pytest.mark.parametrize("audience", ["closed", "hidden"])
def test_poll_of_a_protected_group_is_nowhere_for_others(browser, audience):
    mia = make_account("Mia Mitglied")
    group = make_group("Schutzraum", audience=audience, admission="invite")
    join(group, mia)
    thread = make_thread(group=group, author=mia)
    poll = make_poll(thread, "KANARIE-1", "KANARIE-2", question="KANARIE", is_named=True)
    vote_as(mia, poll, 1)

    other = browser.sign_in(make_anna())

    for url in (thread.path, f"/diskussionen/{thread.id}/umfrage"):
        assert "KANARIE" not in other.open(url, 404).text
    for url in ("/diskussionen/", "/suche?q=KANARIE", "/konto/benachrichtigungen"):
        assert "KANARIE-1" not in other.open(url).text


def test_thread_with_a_poll_costs_the_same_however_many_vote(browser, count_queries):
    group = make_group(audience="public")
    thread = make_thread(posts=tuple("abcdefghijklmnopqrst"), group=group)
    url = f"/diskussionen/{thread.id}/umfrage"
    poll = make_poll(thread, is_named=True, shows_early=True)
    vote_many(poll, count=1)
    guest = count_queries(lambda: browser.open(thread.path))
    browser.sign_in(make_anna()).open(thread.path)
    one = count_queries(lambda: browser.open(thread.path))
    names = count_queries(lambda: browser.open(url))

    vote_many(session.get(Poll, poll.id), count=6)

    assert count_queries(lambda: browser.open(thread.path)) == one <= 12
    assert count_queries(lambda: browser.open(url)) == names <= 12
    assert guest <= 8
