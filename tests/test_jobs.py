"""Jobs are rows: ordered with the transaction, retried, never lost."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from sqlalchemy import select

from inforo import jobs
from inforo.clock import now
from inforo.db import session

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
