"""An archived group is read as before, and takes nothing new from anywhere."""

import pytest

from inforo.clock import now
from inforo.collections import policy as collections
from inforo.db import session
from inforo.discussions import policy as discussions
from inforo.doors import policy as doors
from inforo.groups import policy as groups
from inforo.handovers import policy as handovers
from inforo.libraries import policy as libraries
from inforo.polls import policy as polls
from inforo.wiki import policy as wiki
from inforo.wiki.models import WikiRules
from tests.approvals.making import make_held_answer
from tests.factories import actor, make_account, make_frieda, make_group, make_thread
from tests.polls.making import make_poll

RULES = {
    "ask": lambda who, group, _thread, _poll: discussions.may_ask_in(who, group),
    "answer": lambda who, _group, thread, _poll: discussions.may_reply(who, thread),
    "vote": lambda who, _group, _thread, poll: polls.may_vote(who, poll),
    "upload": lambda who, group, _thread, _poll: libraries.may_upload(who, group),
    "page": lambda who, group, *_: wiki.may_add(
        who, WikiRules(group=group, only_managers=False)
    ),
    "collect": lambda who, group, *_: collections.may_begin_in(who, group),
    "link": lambda who, group, *_: doors.may_open(who, group),
    "hand over": lambda who, group, *_: handovers.may_offer(who, group),
    "divide": lambda who, group, *_: groups.may_divide(who, group),
}


@pytest.mark.parametrize("name", RULES)
def test_archived_group_takes_nothing_new(name):
    olga = make_account("Olga")
    group = make_group(audience="closed", managers=(olga,))
    thread = make_thread(group=group, author=olga)
    poll, who = make_poll(thread), actor(olga)
    assert RULES[name](who, group, thread, poll)

    group.archived_at = now()

    assert not RULES[name](who, group, thread, poll)
    assert groups.may_read(who, group)


def test_post_that_waited_is_not_published_into_an_archived_group(browser):
    held = make_held_answer(make_thread())
    held.group.archived_at = now()
    session.commit()
    page = browser.sign_in(make_frieda()).open(f"/freigaben/{held.id}")

    page = page.submit("approve", status=409)

    assert "archiviert" in page.main
