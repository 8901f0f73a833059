"""Hints about groups: who hears of them, and how often."""

from datetime import timedelta

import pytest

from inforo import clock
from inforo.clock import now
from inforo.tending.jobs import point_at_groups
from tests.factories import (
    make_account,
    make_clara,
    make_doris,
    make_emil,
    make_group,
    make_thread,
)
from tests.memberships.asking import told

SILENT = "In der Gruppe „Runde“ ist es still geworden"
ALONE = "Die Gruppe „Runde“ braucht eine zweite Leitung"


@pytest.fixture
def pair():
    return make_account("Olga"), make_account("Tom")


def old(days=400):
    return now() - timedelta(days=days)


def test_managers_and_their_office_hear_of_a_silent_group(pair):
    clara, doris = make_clara(), make_doris()
    make_group("Runde", audience="hidden", managers=pair, created_at=old())

    point_at_groups()

    assert [told(person) for person in (*pair, clara, doris)] == [[SILENT]] * 3 + [[]]


def test_editors_hear_of_national_groups(pair):
    emil, clara = make_emil(), make_clara()
    make_group("Runde", state=None, managers=pair, created_at=old())

    point_at_groups()

    assert told(emil) == [SILENT]
    assert told(clara) == []


def test_group_in_which_people_write_is_left_alone(pair):
    group = make_group("Runde", managers=pair, created_at=old())
    make_thread(group=group)
    make_group("Runde", slug="neu-da", managers=pair)
    make_group("Runde", slug="zu-ende", managers=pair, created_at=old(), archived_at=now())

    point_at_groups()

    assert told(pair[0]) == []


def test_nobody_hears_the_same_every_day(pair):
    make_group("Runde", managers=pair, created_at=old())

    for days in (0, 1, 60):
        clock.shift(timedelta(days=days))
        point_at_groups()
    assert told(pair[0]) == [SILENT]
    clock.shift(timedelta(days=95))
    point_at_groups()

    assert told(pair[0]) == [SILENT, SILENT]


def test_group_led_by_one_person_needs_a_second(pair):
    clara = make_clara()
    gone = make_account("Gerda", suspended_at=now())
    group = make_group("Runde", managers=(pair[0], gone), created_at=old(40))
    make_thread(group=group)
    make_group("Frisch", managers=pair[:1])

    point_at_groups()

    assert told(pair[0]) == [ALONE]
    assert told(clara) == [ALONE]


def test_many_groups_are_worked_off_in_batches(pair, monkeypatch):
    monkeypatch.setattr("inforo.tending.jobs.BATCH", 2)
    for number in range(5):
        make_group(f"Runde {number}", managers=pair, created_at=old())

    point_at_groups()

    assert len(told(pair[0])) == 5
