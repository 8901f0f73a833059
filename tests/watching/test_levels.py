"""How much people hear, by what they chose for threads, groups and topics."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.discussions.hearing import listeners
from inforo.discussions.models import Post, ThreadTerm
from inforo.vocabularies.merging import merge
from inforo.vocabularies.models import Term
from tests.factories import actor, make_account, make_emil, make_group, make_thread, watch
from tests.memberships.asking import press

# thread, group, topic → hears of a question, hears of an answer
RULES = {
    ("", "", ""): (False, False),
    ("watch", "", ""): (True, True),
    ("follow", "", ""): (True, True),
    ("normal", "watch", "watch"): (False, False),
    ("mute", "watch", ""): (False, False),
    ("", "watch", ""): (True, True),
    ("", "follow", ""): (True, False),
    ("", "normal", ""): (False, False),
    ("", "", "watch"): (True, True),
    ("", "", "follow"): (True, False),
    ("", "normal", "follow"): (True, False),
    ("", "mute", "watch"): (False, False),
    ("", "watch", "mute"): (False, False),
    ("follow", "mute", "mute"): (True, True),
}


def topic():
    return session.scalar(select(Term).where(Term.key == "bewegung"))


def make_talk(*members):
    group = make_group(members=members)
    thread = make_thread(group=group, posts=("Frage", "Antwort"))
    session.add(ThreadTerm(thread_id=thread.id, term_id=topic().id))
    session.commit()
    return thread


def hear(thread, number):
    statement = select(Post).where(Post.thread_id == thread.id, Post.number == number)
    return {account.id for account in listeners(session.scalar(statement), 0, 100)}


@pytest.mark.parametrize("levels", RULES, ids="-".join)
def test_nearer_wishes_decide_and_silence_wins(levels):
    anna = make_account("Anna")
    thread = make_talk(anna)
    for level, target in zip(levels, (thread, thread.group, topic()), strict=True):
        if level:
            watch(anna, target, level)

    heard = tuple(anna.id in hear(thread, number) for number in (1, 2))

    assert heard == RULES[levels]


def test_one_followed_topic_of_two_is_enough_and_one_muted_silences():
    anna, bernd = make_account("Anna"), make_account("Bernd")
    thread = make_talk(anna, bernd)
    other = session.scalar(select(Term).where(Term.key == "ernaehrung"))
    session.add(ThreadTerm(thread_id=thread.id, term_id=other.id))
    watch(anna, other, "follow")
    watch(bernd, other, "mute")
    watch(bernd, topic(), "watch")

    assert hear(thread, 1) == {anna.id}


def test_wish_about_a_group_rests_while_one_does_not_belong_to_it(browser):
    anna = make_account("Anna")
    thread = make_talk(anna)
    watch(anna, thread.group, "watch")
    browser.sign_in(anna)
    home = f"/gruppen/{thread.group.slug}"

    press(browser.open(home), f"{home}/austreten")
    assert hear(thread, 2) == set()

    browser.open(home).submit("join")
    assert hear(thread, 2) == {anna.id}


def test_nobody_hears_of_what_they_may_not_read():
    anna, karl = make_account("Anna"), make_account("Karl")
    group = make_group(audience="closed", members=(anna,))
    thread = make_thread(group=group)
    for person in (anna, karl):
        watch(person, thread)
        watch(person, group, "watch")

    assert hear(thread, 1) == {anna.id}


def test_nobody_hears_of_what_was_written_before_they_wished():
    anna = make_account("Anna")
    thread = make_thread()
    watch(anna, thread).created_at = clock.now() + timedelta(hours=1)
    session.commit()

    assert hear(thread, 1) == set()


def test_wishes_move_with_a_merged_topic():
    anna, emil = make_account("Anna"), make_emil()
    source, target = topic(), session.scalar(select(Term).where(Term.key == "ernaehrung"))
    wish = watch(anna, source)

    merge(actor(emil), source, target, "doppelt")
    session.refresh(wish)

    assert wish.term_id == target.id
