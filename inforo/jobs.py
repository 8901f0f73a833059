"""Work for later. The truth is a row written in the caller's transaction.

`some_job.later(...)` adds the row: if the request rolls back, the job was never asked for.
After the commit a huey queue wakes a worker; should the message get lost, the sweep each
minute finds the row. A worker that dies holds its row only as long as the lease. So a job
may run twice: it must find out itself what is left to do.

The rows say what is next, whatever queue carries the message: mails and notifications first,
then files somebody waits for, then what has time. One thread of a worker at most does what
takes long, so that another is free for what is told meanwhile.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from enum import IntEnum
from functools import partial, update_wrapper
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey, crontab
from sqlalchemy import JSON, ColumnElement, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from inforo import clock
from inforo.config import settings
from inforo.db import Base, created_now, intpk, session
from inforo.defaults import Settings

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 8
PAUSE = 0.1
LEASE = timedelta(minutes=10)
long_work = threading.Lock()
known_jobs: dict[str, "Job"] = {}
known_sweeps: list[tuple[Any, Callable[[], None]]] = []


class Pace(IntEnum):
    """What is done first. All but the quick ones may take many seconds each."""

    QUICK = 0
    AWAITED = 1
    LEISURELY = 2


class QueuedJob(Base):
    """A call that is due at a time. `attempts` counts its starts, not its failures."""

    __tablename__ = "jobs"

    id: Mapped[intpk]
    name: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]


class Job:
    """A function that can be called now, or `later`. Arguments must be JSON."""

    def __init__(self, function: Callable[..., None], pace: Pace = Pace.QUICK) -> None:
        self.name = f"{function.__module__}.{function.__name__}"
        self.function, self.pace = function, pace
        known_jobs[self.name] = self
        update_wrapper(self, function)

    def __call__(self, **arguments: Any) -> None:
        self.function(**arguments)

    def later(self, **arguments: Any) -> None:
        """Order the job in the current transaction."""
        self.at(clock.now(), **arguments)

    def at(self, due_at: datetime, **arguments: Any) -> None:
        """Order the job for a time, in the current transaction."""
        session.add(QueuedJob(name=self.name, arguments=arguments, due_at=due_at))
        session.info["has_jobs"] = True


def job(function: Callable[..., None]) -> Job:
    """Make a function orderable. It may commit; it runs in its own session."""
    return Job(function)


awaited_job = partial(Job, pace=Pace.AWAITED)  # makes a file somebody waits for
leisurely_job = partial(Job, pace=Pace.LEISURELY)  # pictures, archives, sheets: it has time


def sweep(schedule: Any) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Let a function without arguments run by the clock: `@sweep(crontab(hour="3"))`, UTC."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        known_sweeps.append((schedule, function))
        return function

    return register


def claim(*paces: Pace) -> QueuedJob | None:
    """Take the next due job and push it into the future: both its lease and its retry."""
    queued = next(filter(None, map(next_of, paces or Pace)), None)
    if queued:
        queued.attempts += 1
        queued.due_at = clock.now() + max(LEASE, timedelta(minutes=2**queued.attempts))
    session.commit()
    return queued


def next_of(pace: Pace) -> QueuedJob | None:
    """Find the job of a pace that is due longest; an unknown one is quick to fail."""
    others = [name for name, known in known_jobs.items() if known.pace is not pace]
    return session.scalar(
        select(QueuedJob)
        .where(QueuedJob.due_at <= clock.now(), QueuedJob.attempts < MAX_ATTEMPTS)
        .where(QueuedJob.name.not_in(others) if pace is Pace.QUICK else is_of(pace))
        .order_by(QueuedJob.due_at, QueuedJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def is_of(pace: Pace) -> ColumnElement[bool]:
    return QueuedJob.name.in_(name for name, known in known_jobs.items() if known.pace is pace)


def work_once() -> bool:
    """Run one due job; a long one only while no other thread has one. Return whether it did."""
    if not long_work.acquire(blocking=False):
        return run(claim(Pace.QUICK))
    try:
        queued = claim()
        if queued is not None and pace_of(queued) is not Pace.QUICK:
            return run(queued)
    finally:
        long_work.release()
    return run(queued)


def pace_of(queued: QueuedJob) -> Pace:
    known = known_jobs.get(queued.name)
    return known.pace if known else Pace.QUICK


def run(queued: QueuedJob | None) -> bool:
    """Run a claimed job. Return whether there was one."""
    if queued is None:
        return False
    job_id, name, arguments = queued.id, queued.name, queued.arguments
    attempts = queued.attempts
    try:
        known_jobs[name](**arguments)
        session.delete(session.merge(queued))
        session.commit()
    except Exception as error:
        log.exception("job %s failed, attempt %s", name, attempts)
        keep_for_retry(job_id, error)
    finally:
        session.remove()
    return True


def keep_for_retry(job_id: int, error: Exception) -> None:
    """Give a failed job back, due again after 2, 4, 8 … minutes."""
    session.rollback()
    queued = session.get(QueuedJob, job_id)
    if queued is not None:
        queued.last_error = f"{type(error).__name__}: {error}"[:500]
        queued.due_at = clock.now() + timedelta(minutes=2**queued.attempts)
    session.commit()


def work_all(limit: int = 10_000) -> int:
    """Run all jobs that are due, or until the worker stops; return how many there were."""
    done, began = 0, time.monotonic()
    while done < limit and not current_app.extensions.get("is_stopping") and work_once():
        done += 1
        began = give_way(began)
    return done


def give_way(began: float) -> float:
    """Pause as long as the work since `began` took, at most 0.1 s; return when it ended.

    SQLite hands its lock to whoever asks at the right moment, and who waits asks every 0.1 s:
    a worker that writes batch after batch would hold up people for seconds.
    """
    if settings.mode != "test":
        time.sleep(min(PAUSE, time.monotonic() - began))
    return time.monotonic()


def make_queue(config: Settings) -> Huey:
    """Build the queue that wakes workers: in memory (tests), in a file, or in Redis."""
    if config.mode == "test":
        return MemoryHuey("inforo", immediate=False)
    if config.redis_url:
        return RedisHuey("inforo", url=config.redis_url, utc=True)
    config.instance.mkdir(parents=True, exist_ok=True)
    path = config.instance / "queue.db"
    discard_broken(path)
    return SqliteHuey(
        "inforo", filename=str(path), journal_mode="delete", fsync=False, utc=True
    )


def discard_broken(queue: Path) -> None:
    """Remove a queue that a power cut has damaged; it only wakes workers, the rows remain.

    That is why nobody waits for the disk when a job is ordered.
    """
    try:
        with closing(sqlite3.connect(queue)) as connection:
            broken = connection.execute("PRAGMA quick_check").fetchone() != ("ok",)
    except sqlite3.DatabaseError as error:
        broken = not isinstance(error, sqlite3.OperationalError)  # that is: in use
    if broken:
        queue.unlink(missing_ok=True)


def in_application(app: Flask, function: Callable[[], Any]) -> Callable[[], None]:
    """Wrap a function for the worker: links in mails begin with the configured address."""

    def run() -> None:
        base_url = app.extensions["settings"].base_url
        with app.app_context(), app.test_request_context(base_url=base_url):
            function()

    run.__name__ = function.__name__
    run.__module__ = function.__module__
    return run


def init_app(app: Flask, config: Settings) -> None:
    """Register the jobs at the queue, and wake it after each commit that ordered one."""
    queue = make_queue(config)
    wake = queue.task(name="work_all")(in_application(app, work_all))
    queue.periodic_task(crontab(), name="sweep_jobs")(in_application(app, work_all))
    for schedule, function in known_sweeps:
        queue.periodic_task(schedule, name=function.__name__)(in_application(app, function))
    app.extensions["queue"], app.extensions["wake"] = queue, wake


@event.listens_for(Session, "after_commit")
def wake_worker(committed: Session) -> None:
    """Tell the queue that there is work; a lost message is found by the sweep."""
    if not committed.info.pop("has_jobs", False) or settings.mode == "test":
        return
    try:
        current_app.extensions["wake"]()
    except Exception:  # the row is the truth: the request must not fail for the messenger
        log.warning("the queue did not answer; the sweep will find the job", exc_info=True)


@event.listens_for(Session, "after_rollback")
def forget_wish(rolled_back: Session) -> None:
    rolled_back.info.pop("has_jobs", None)
