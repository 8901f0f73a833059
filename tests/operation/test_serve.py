"""One command runs web and worker, restarts what dies, and stops in order."""

import os
import signal
import time

import pytest

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc"), reason="looks at Linux processes")


def wait_until(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.1)
    return condition()


def test_serve_says_where_it_runs_and_stops_in_order(demo):
    with demo.start() as server:
        status, page = server.get("/readyz")
        assert (status, '"ok"' in page) == (200, True), page
        assert wait_until(lambda: "frieda.falk@" in server.output)

        assert server.stop(signal.SIGTERM) == 0

    assert "Shutdown timeout" not in server.output
    assert f"inforo runs at {demo.url}" in server.output
    assert "web    | " in server.output
    assert "worker | " in server.output
    assert "frieda.falk@" in server.output
    assert "Traceback" not in server.output


def test_interrupt_stops_it_as_well(demo):
    with demo.start() as server:
        assert server.stop(signal.SIGINT) == 0


def test_killed_children_come_back(demo):
    with demo.start() as server:
        wait_until(lambda: len(server.children()) == 2)
        before = server.children()

        for child in before:
            os.kill(child, signal.SIGKILL)

        assert wait_until(lambda: len(set(server.children()) - set(before)) == 2)
        server.wait_for("/healthz")


def test_nothing_survives_a_killed_supervisor(demo):
    with demo.start() as server:
        wait_until(lambda: len(server.children()) == 2)
        children = server.children()

        server.process.kill()
        server.process.wait()

        assert wait_until(lambda: not any(os.path.isdir(f"/proc/{c}/fd") for c in children))


def test_taken_port_is_one_clear_line(demo):
    with demo.start():
        error = demo.run("serve", code=1)

    assert error.count("\n") == 1
    assert "INFORO_PORT" in error


def test_pending_migration_stops_the_start(empty):
    error = empty.run("serve", code=1)

    assert error.startswith("inforo: Not started: ")
    assert "inforo db upgrade" in error
    assert error.count("\n") == 1


def test_later_starts_of_the_demo_are_quick(demo):
    started = time.monotonic()
    with demo.start("serve", "--demo") as server:
        seconds = time.monotonic() - started

    assert "Loading" not in server.output
    assert seconds < 10, "on an idle machine two"
