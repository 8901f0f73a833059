"""Measures the platform in production mode with the large set: `python -m bench --help`.

The set is loaded once into `instance/bench/`; the tables are written to `bench/results/`.
"""

import argparse
import os
import platform
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import event

from bench import pages
from bench.measure import Result, Visitor, computing_time, fields, measure, percentiles
from inforo.app import create_app
from inforo.demo.people import PASSWORD
from tests import services
from tests.installation import ROOT, Installation, Server

RESULTS = ROOT / "bench" / "results"
PEOPLE = {
    "guest": "",
    "member": "anna.albrecht@mannheim.example",
    "coordinator": "clara.conrad@gesund-suedwest.example",
}
PRODUCTION = {
    "mode": "production",
    "secret_key": secrets.token_urlsafe(48),
    "limits_enabled": "false",
    "staff_needs_second_factor": "false",
    "log_level": "WARNING",
}

TABLE_HEAD = (
    "| page | who | status | queries | p50 | p95 | CPU | × R2 | budget | rate | bytes |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)


def installation(database: str, scale: float) -> Installation:
    """Return an installation with the large set; loading it is done once."""
    folder = ROOT / "instance" / "bench" / f"{database}-{scale:g}"
    loaded = folder / "loaded"
    extra = {}
    if database == "postgresql":
        extra["database_url"] = services.beside(f"bench_{scale:g}".replace(".", "_"))
    if not loaded.exists():
        shutil.rmtree(folder, ignore_errors=True)
        if extra:
            services.recreate(extra["database_url"])
        print(f"Loading the large set ({scale:g}) into {database} …", flush=True)
        started = time.monotonic()
        arguments = ("demo", "--size", "large", "--scale", f"{scale:g}")
        Installation(folder, mode="demo", **extra).run(*arguments, seconds=7200)
        loaded.touch()
        print(f"Loaded in {time.monotonic() - started:.0f} s.", flush=True)
    return Installation(folder, **PRODUCTION, **extra)


@contextmanager
def environment(given: Installation) -> Iterator[None]:
    """Let code of this process see the same settings as the server."""
    before = dict(os.environ)
    os.environ.update(given.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def measure_references(
    given: Installation, thread_id: int, seconds: float
) -> dict[str, Result]:
    """Serve the bare pages and measure them the same way."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.reference"], cwd=ROOT, env=given.environ
    )
    try:
        visitor = wait_for(given.port)
        return {
            "R1": measure(visitor, "/r1", process.pid, seconds),
            "R2": measure(visitor, f"/r2/{thread_id}", process.pid, seconds),
        }
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> Visitor:
    for _attempt in range(100):
        try:
            visitor = Visitor(port)
            visitor.get("/r1")
        except OSError:
            time.sleep(0.1)
        else:
            return visitor
    raise SystemExit("the reference pages did not start")


class Counter:
    """Counts the statements of a request, asked in this process with the same cookies."""

    def __init__(self, given: Installation) -> None:
        with environment(given):
            self.app = create_app()
            with self.app.app_context():
                self.pages = pages.addresses(self.app)
                self.typical = pages.typical_thread().id
        self.statements = 0
        event.listen(self.app.extensions["engine"], "before_cursor_execute", self.note)

    def note(self, _connection, _cursor, statement, *_rest) -> None:
        self.statements += not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA"))

    def count(self, visitor: Visitor, path: str) -> int:
        client = self.app.test_client()
        for name, value in visitor.cookies.items():
            client.set_cookie(name, value, domain="127.0.0.1")
        for _warm in range(2):
            self.statements = 0
            client.get(path, base_url=f"http://127.0.0.1:{visitor.port}")
        return self.statements


def measure_pages(server: Server, counter: Counter, seconds: float):
    """Yield page, person and result."""
    web = server.children()[0]
    for person, email in PEOPLE.items():
        visitor = Visitor(server.installation.port)
        if email:
            visitor.sign_in(email, PASSWORD)
        for name, path in counter.pages.items():
            address = visitor.canonical(path)
            result = measure(visitor, address, web, seconds)
            result.queries = counter.count(visitor, address)
            yield name, person, result
        if email:
            yield "posting a reply", person, post_replies(visitor, counter, web)


def post_replies(visitor: Visitor, counter: Counter, web: int, count: int = 40) -> Result:
    """Answer a thread again and again; the answer is durable when it comes."""
    path = visitor.canonical(counter.pages["thread of 20 posts"])
    _status, page = visitor.get(path)
    form = fields(page, "reply")
    action = f"/diskussionen/{counter.typical}/antworten"
    times, status, before = [], 0, computing_time(web)
    for number in range(count):
        form |= {
            "idempotency_key": secrets.token_hex(16),
            "body": f"Antwort {number} zur Messung.",
        }
        started = time.perf_counter()
        status, body, _location = visitor.ask("POST", action, form)
        times.append((time.perf_counter() - started) * 1000)
    cpu = (computing_time(web) - before) / count * 1000
    p50, p95 = percentiles(times)
    return Result(status, len(body), p50, p95, cpu, 1000 * count / sum(times))


def machine() -> str:
    """Say on what this was measured."""
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1_000_000
    return (
        f"{os.cpu_count()} × {model}, {memory} GB, Python {platform.python_version()}, "
        f"SQLite {sqlite.sqlite_version}, load before {os.getloadavg()[0]:.1f}"
    )


def report(database: str, scale: float, references: dict[str, Result], rows) -> str:
    """Return the table of one run."""
    r2 = references["R2"].cpu
    lines = [
        f"# {database}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        f"{machine()}. Set: {scale:g} × (20,000 accounts, 200,000 posts, 50,000 examples).",
        "CPU is the computing time of the web process for one request; R2 is its multiple of",
        "the reference page R2, beside the budget. Times are milliseconds, the rate is answers",
        "per second to four visitors at once.",
        "",
        *TABLE_HEAD,
    ]
    for name, result in references.items():
        lines.append(row(name, "–", result, r2, ""))
    for name, person, result in rows:
        budget = pages.BUDGETS.get(name)
        limit = f"{budget[person != 'guest']:g}" if budget else ""
        lines.append(row(name, person, result, r2, limit))
    return "\n".join(lines) + "\n"


def row(name: str, person: str, result: Result, r2: float, budget: str) -> str:
    queries = "" if result.queries is None else str(result.queries)
    return (
        f"| {name} | {person} | {result.status} | {queries} | {result.p50:.1f} | "
        f"{result.p95:.1f} | {result.cpu:.2f} | {result.cpu / r2:.2f} | {budget} | "
        f"{result.per_second:.0f} | {result.size} |"
    )


def run(database: str, scale: float, seconds: float) -> None:
    given = installation(database, scale)
    counter = Counter(given)
    references = measure_references(given, counter.typical, seconds)
    with given.start() as server:
        rows = list(measure_pages(server, counter, seconds))
    counter.app.extensions["engine"].dispose()
    text = report(database, scale, references, rows)
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-{database}.md"
    target.write_text(text, encoding="utf-8")
    print(f"{text}\nWritten to {target.relative_to(ROOT)}.")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the large set")
    parser.add_argument("--seconds", type=float, default=3.0, help="time for each page")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    chosen = parser.parse_args()
    for database in chosen.database or ["sqlite", "postgresql"]:
        run(database, chosen.scale, chosen.seconds)


if __name__ == "__main__":
    main()
