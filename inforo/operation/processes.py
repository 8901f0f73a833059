"""Web and worker under one supervisor: started together, watched, stopped in order.

The supervisor is the process the operator sees. It forks its children after everything is
imported (fast, and memory is shared), restarts one that died, and on SIGTERM first says
"not ready", then lets running requests and jobs end. Children die with their supervisor.
"""

import ctypes
import gc
import logging
import mmap
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

import click
from flask import Flask
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer
from huey.consumer import Consumer

from inforo.app import create_app
from inforo.db import session
from inforo.defaults import Settings
from inforo.operation import start

log = logging.getLogger(__name__)
fork = multiprocessing.get_context("fork")

GRACE_SECONDS = 20  # for running requests and jobs
KILL_SECONDS = 26  # everything has ended within 30 seconds
FORGIVEN_AFTER = 60.0
MOST_DEATHS = 5  # one after the other, before the supervisor gives up
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def run_apart(task: Callable[[], None]) -> None:
    """Run a task in a process of its own; its failure ends this one with the same code.

    What it starts in the background (the file store has threads) must not be there when
    web and worker are forked: a copied process has no threads but believes it has.
    """
    process = fork.Process(target=task)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)


class StopSign:
    """True in all processes as soon as one has raised it; made before they are forked."""

    def __init__(self) -> None:
        self.memory = mmap.mmap(-1, 1)

    def __bool__(self) -> bool:
        return self.memory[0] == 1

    def put_up(self) -> None:
        self.memory[0] = 1


class NamedLines(logging.Formatter):
    """Begins each log line with the process it comes from."""

    def __init__(self, name: str, inner: logging.Formatter) -> None:
        super().__init__()
        self.process_name, self.inner = name, inner

    def format(self, record: logging.LogRecord) -> str:
        return f"{self.process_name:6} | {self.inner.format(record)}"


def make_app(name: str) -> Flask:
    """Build the application of a child: its own connections, its name in each log line."""
    app = create_app()
    if app.extensions["settings"].log_format == "text":
        for handler in logging.getLogger().handlers:
            if handler.formatter:
                handler.setFormatter(NamedLines(name, handler.formatter))
    return app


def die_with_parent() -> None:
    """Let the kernel end this process when its parent was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def run_web(config: dict[str, Any], stopping: StopSign) -> None:
    """Serve HTTP until SIGTERM; running requests end first."""

    def load() -> Flask:
        die_with_parent()
        app = make_app("web")
        app.extensions["is_stopping"] = stopping
        return app

    MPServer(
        target="inforo",
        interface=Interfaces.WSGI,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=GRACE_SECONDS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, keep_alive=True),
        **config,
    ).serve(target_loader=load, wrap_loader=False)


class Worker(Consumer):  # type: ignore[misc]
    """Says that it is ready once it would also stop in order; stops after the job at hand."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app.extensions["queue"], **options)
        self.stopping = app.extensions["is_stopping"] = StopSign()

    def start(self) -> None:
        super().start()
        log.info("worker is ready for jobs")

    def stop(self, graceful: bool = False) -> None:
        self.stopping.put_up()
        super().stop(graceful)


def run_worker(with_schedule: bool = True) -> None:
    """Carry out jobs, and what is due by the clock, until SIGTERM."""
    app = make_app("worker")
    Worker(
        app,
        workers=2,
        worker_type="thread",
        periodic=with_schedule,
        max_delay=1.0,
        graceful_signal="TERM",
        shutdown_timeout=GRACE_SECONDS,
    ).run()
    close_database(app)


def close_database(app: Flask) -> None:
    """Let SQLite keep its statistics for the query planner, and close all connections.

    Of all tables, but from some of their rows: without, it reads whole tables for one row.
    """
    engine = app.extensions["engine"]
    session.remove()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA optimize=0x10012")
    engine.dispose()


class Child:
    """One process the supervisor keeps alive."""

    def __init__(self, name: str, target: Callable[[], None]) -> None:
        self.name, self.target = name, target
        self.deaths = 0
        self.due_at = 0.0
        self.started_at = 0.0
        self.process: BaseProcess | None = None

    def start(self) -> None:
        self.process = fork.Process(target=self.run, name=f"inforo-{self.name}")
        self.process.start()
        self.started_at = time.monotonic()

    def run(self) -> None:
        """Leave the terminal's process group: Ctrl+C reaches the supervisor alone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        os.setsid()
        die_with_parent()
        self.target()

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def watch(self) -> None:
        """Start the process if it has not been started or has died; wait longer each time."""
        if self.is_alive or time.monotonic() < self.due_at:
            return
        if self.process is None or self.due_at:
            self.due_at = 0.0
            self.start()
            return
        if time.monotonic() - self.started_at > FORGIVEN_AFTER:
            self.deaths = 0
        self.deaths += 1
        wait = 0.5 * 2 ** (self.deaths - 1)
        log.error("%s ended (%s); again in %.1f s", self.name, self.process.exitcode, wait)
        self.due_at = time.monotonic() + wait

    def stop(self) -> None:
        if self.process is not None and self.process.is_alive():
            self.process.terminate()

    def kill(self) -> None:
        if self.process is not None and self.process.is_alive():
            log.error("%s did not stop in time", self.name)
            os.killpg(self.process.pid or 0, signal.SIGKILL)


def supervise(
    children: list[Child], stopping: StopSign, config: Settings, ready: Callable[[], None]
) -> int:
    """Keep the children running until SIGTERM or SIGINT; return the exit code."""

    def ask_to_stop(_number: int, _frame: Any) -> None:
        stopping.put_up()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    share_memory()
    is_open = False
    while not stopping:
        for child in children:
            child.watch()
        if not is_open and is_listening(config):
            is_open = True
            ready()
        if any(child.deaths >= MOST_DEATHS for child in children):
            break
        time.sleep(0.1)
    gave_up = not stopping
    stopping.put_up()
    time.sleep(0 if gave_up else config.drain_seconds)
    stop_all(children)
    return 1 if gave_up else 0


def share_memory() -> None:
    """Keep the garbage collector from touching, and so copying, what children share."""
    gc.collect()
    gc.freeze()


def is_listening(config: Settings) -> bool:
    host = "127.0.0.1" if config.host in {"0.0.0.0", ""} else config.host  # noqa: S104
    try:
        socket.create_connection((host, config.port), timeout=0.5).close()
    except OSError:
        return False
    return True


def stop_all(children: list[Child]) -> None:
    """End all children: asked first, killed if they do not listen."""
    until = time.monotonic() + KILL_SECONDS
    for child in children:
        child.stop()
    while any(child.is_alive for child in children) and time.monotonic() < until:
        time.sleep(0.05)
    for child in children:
        child.kill()


def serve(with_worker: bool, ready: Callable[[Flask], None]) -> int:
    """Run the platform; call `ready` once it may be opened. Return the exit code."""
    app = create_app()
    config = app.extensions["settings"]
    start.refuse_to_start(app)
    start.refuse_taken_port(config)
    for warning in start.warnings(config):
        click.echo(f"inforo: warning: {warning}", err=True)
    close_database(app)
    stopping = StopSign()
    web_config = {
        "address": config.host,
        "port": config.port,
        "workers": config.workers,
        "blocking_threads": config.threads,
    }
    children = [Child("web", lambda: run_web(web_config, stopping))]
    if with_worker:
        children.append(Child("worker", run_worker))
    code = supervise(children, stopping, config, lambda: ready(app))
    close_database(app)
    return code
