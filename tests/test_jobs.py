"""Jobs are rows: ordered with the transaction, retried, never lost."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import jobs
from inforo.clock import now
from inforo.db import session
from inforo.defaults import Settings
from inforo.operation import processes
from tests import services

done: list[int] = []


@jobs.job
def note(number: int) -> None:
    done.append(number)


@jobs.job
def break_down() -> None:
    raise RuntimeError("kaputt")


def test_ordered_job_runs_once():
    done.clear()
    note.later(number=7)
    session.commit()

    assert jobs.work_all() == 1
    assert jobs.work_all() == 0
    assert done == [7]


def test_a_worker_that_stops_ends_after_the_job_at_hand(app, monkeypatch):
    """Forty pictures in a row must not hold up the end until it is forced."""
    sign = processes.StopSign()
    monkeypatch.setitem(app.extensions, "is_stopping", sign)
    monkeypatch.setattr(note, "function", lambda number: sign.put_up())
    note.later(number=1)
    note.later(number=2)
    session.commit()

    assert jobs.work_all() == 1

    [left] = session.scalars(select(jobs.QueuedJob)).all()
    assert (left.arguments, left.attempts) == ({"number": 2}, 0)


def test_failed_job_is_tried_again_later():
    break_down.later()
    session.commit()

    assert jobs.work_once()

    [queued] = session.scalars(select(jobs.QueuedJob)).all()
    assert queued.attempts == 1
    assert queued.due_at > now()
    assert queued.last_error == "RuntimeError: kaputt"


def test_job_of_a_rolled_back_request_never_happened():
    note.later(number=8)
    session.rollback()

    assert not jobs.work_once()


def test_job_ordered_for_later_waits():
    note.at(now() + timedelta(hours=1), number=9)
    session.commit()

    assert not jobs.work_once()


def test_a_worker_that_died_gives_its_job_back_after_the_lease():
    note.later(number=10)
    session.commit()
    claimed = jobs.claim()
    assert claimed is not None

    assert not jobs.work_once()
    claimed = session.merge(claimed)
    claimed.due_at = now() - timedelta(seconds=1)
    session.commit()

    assert jobs.work_once()


@jobs.leisurely_job
def draw(number: int) -> None:
    """Draw a picture; a second thread that comes along finds only what is quick."""
    done.append(number)
    if number == 0:
        jobs.work_all()


@jobs.awaited_job
def export(number: int) -> None:
    done.append(number)


@pytest.fixture(params=["file", "redis"])
def queue(request, tmp_path):
    """A queue as installations have it, in a file or in Redis."""
    if request.param == "redis" and not services.has_redis() and not services.REQUIRED:
        pytest.skip("Redis is missing")
    redis_url = f"redis://{services.REDIS[0]}:{services.REDIS[1]}/9"
    given = {"redis_url": redis_url} if request.param == "redis" else {}
    queue = jobs.make_queue(Settings(mode="demo", instance_path=str(tmp_path), **given))
    queue.flush()
    yield queue
    queue.flush()


def test_what_is_told_goes_before_what_takes_long(queue):
    done.clear()
    for order in (draw, export, note):
        for number in (1, 2):
            order.later(number=number * 10 + order.pace)
    session.commit()

    queue.task(name="work_all")(jobs.work_all)()
    queue.execute(queue.dequeue())

    assert done == [10, 20, 11, 21, 12, 22]


def test_two_threads_never_do_what_takes_long_at_the_same_time():
    done.clear()
    draw.later(number=0)
    draw.later(number=1)
    session.commit()
    claimed = jobs.claim()
    note.later(number=2)
    session.commit()

    with jobs.long_work:
        jobs.run(claimed)

    assert done == [0, 2]
    assert jobs.work_all() == 1
    assert done == [0, 2, 1]


def test_damaged_queue_makes_room_for_a_new_one(tmp_path):
    queue = tmp_path / "queue.db"
    queue.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)

    jobs.discard_broken(queue)

    assert not queue.exists()


def test_sound_queue_is_kept(tmp_path):
    queue = tmp_path / "queue.db"
    with closing(sqlite3.connect(queue)) as connection:
        connection.execute("CREATE TABLE task (id INTEGER)")

    jobs.discard_broken(queue)

    assert queue.exists()
