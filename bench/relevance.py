"""Measures how well the search finds what people mean: `python -m bench.relevance --help`.

Both sets of judged questions (`tests/search/relevance/`) are asked on SQLite, and on
PostgreSQL where its server answers. `--save` writes the tables to `bench/results/`.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from bench.__main__ import RESULTS
from inforo import db
from inforo.app import create_app
from inforo.db import session
from inforo.search import lexicon
from tests import reference, services
from tests.search.relevance import judged
from tests.search.relevance.judged import Outcome, Score
from tests.search.relevance.library import asking, publish

TABLE_HEAD = (
    "| questions | number | nDCG@10 | MRR | recall@10 |",
    "| --- | ---: | ---: | ---: | ---: |",
)


def database_urls() -> dict[str, str]:
    urls = {"SQLite": "sqlite+pysqlite:///:memory:"}
    if services.has_postgres():
        urls["PostgreSQL"] = services.beside("relevance")
    return urls


@contextmanager
def installation(url: str) -> Iterator[Flask]:
    """Start the application on an empty database, with a lexicon of its own."""
    if url.startswith("postgresql"):
        services.recreate(url)
    with tempfile.TemporaryDirectory() as folder:
        lexicon.build(Path(folder) / "lexicon.json")
        app = create_app(
            {
                "mode": "test",
                "secret_key": "a secret of the measurement, long enough",
                "database_url": url,
                "base_url": "http://localhost",
                "instance_path": folder,
                "argon2_memory_kib": 8,
                "argon2_time_cost": 1,
            }
        )
        with app.app_context(), app.test_request_context(base_url="http://localhost"):
            with app.extensions["engine"].begin() as connection:
                db.Base.metadata.create_all(connection)
                reference.insert_rows(connection)
            yield app
            session.remove()
        app.extensions["engine"].dispose()
    if url.startswith("postgresql"):
        services.drop(url)


def ask_all(url: str) -> tuple[dict[str, list[Outcome]], float]:
    """Return the outcomes of each set, and the milliseconds a question took."""
    with installation(url):
        ask = asking(publish(judged.documents()))
        session.commit()
        started = time.perf_counter()
        asked = {name: judged.outcomes(name, ask) for name in judged.SETS}
        spent = time.perf_counter() - started
    return asked, spent * 1000 / sum(map(len, asked.values()))


def table(asked: list[Outcome]) -> Iterator[str]:
    """Yield the lines of one table: each kind of question, and all of them."""
    yield from TABLE_HEAD
    for kind, outcomes in [*judged.by_kind(asked).items(), ("**all**", asked)]:
        mean = Score.mean([outcome.score for outcome in outcomes])
        measures = f"{mean.ndcg:.3f} | {mean.mrr:.3f} | {mean.recall:.3f}"
        yield f"| {kind} | {len(outcomes)} | {measures} |"


def report(found: list[dict[str, list[str]]]) -> Iterator[str]:
    """Yield the whole report as Markdown; note the orders each database gives in `found`."""
    yield f"# Relevance of the search, {datetime.now(UTC):%Y-%m-%d}"
    yield ""
    yield f"{len(judged.documents())} documents; see `tests/search/relevance/`."
    for database, url in database_urls().items():
        asked, milliseconds = ask_all(url)
        found.append(judged.orders_of(asked))
        for name, outcomes in asked.items():
            yield f"\n## {database}, {name.replace('_', '-')} set\n"
            yield from table(outcomes)
        yield f"\n{milliseconds:.1f} ms per question on {database}, results marked."


def differences(orders: list[dict[str, list[str]]]) -> Iterator[str]:
    """Say for how many questions the databases give another order."""
    first, *others = orders
    for other in others:
        differing = [question for question in first if first[question] != other[question]]
        yield f"\n{len(first)} questions, the order differs in {len(differing)}."
        yield from differing


def misses(name: str) -> Iterator[str]:
    """Yield the questions of a set that could be answered better, on SQLite."""
    asked, _milliseconds = ask_all("sqlite+pysqlite:///:memory:")
    for outcome in asked[name]:
        if outcome.score.ndcg < 1 or outcome.trespassers:
            wanted = " ".join(f"{key}:{grade}" for key, grade in outcome.judged.grades.items())
            strict = len(outcome.strict)
            yield f"{outcome.score.ndcg:.2f} {outcome.judged.kind}: {outcome.judged.typed}"
            yield f"     wanted {wanted}; {strict} strict of {' '.join(outcome.found)}"


def run() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=__doc__)
    parser.add_argument("--save", action="store_true", help="keep the tables in bench/results/")
    parser.add_argument("--misses", choices=judged.SETS, help="show what could be better")
    chosen = parser.parse_args()
    if chosen.misses:
        print("\n".join(misses(chosen.misses)))
        return
    orders: list[dict[str, list[str]]] = []
    written = list(report(orders))
    written += list(differences(orders))
    print("\n".join(written))
    if chosen.save:
        judged.save_orders(orders[0])
        path = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-relevance.md"
        path.write_text("\n".join(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run()
