"""Measures the whole search page on the large set: `python -m bench.searching`.

Asks in this process, so that what others do on the machine can be told apart: beside the time
that passed stands the time this process computed. Settings come from the environment, as for
the platform (INFORO_INSTANCE_PATH, INFORO_DATABASE_URL).
"""

import statistics
import time

from sqlalchemy import func, select

from inforo.app import create_app
from inforo.db import session
from inforo.demo.people import PASSWORD
from inforo.search.models import SearchDocument

MEMBER = "anna.albrecht@mannheim.example"
ROUNDS = 12
PAGES = (
    "/suche?q=fruehe+hilfen",
    "/suche?q=Bewegungsf%C3%B6rderung+Kita",
    "/suche?q=Wie+erreichen+wir+%C3%A4ltere+Menschen%3F",
    "/suche?q=Kita",
    "/suche?q=Gesundheit",
    "/suche?q=Kommune+Netzwerk",
    "/suche?q=Bewegungsprojekt",
    "/suche?q=Sommerfonds",
    "/suche?q=Pr%C3%A4vnetionskette",
    "/suche?q=Hebammen+Wasserlotsin+Sprachkoffer",
    "/suche?q=Quantenchromodynamik",
    "/suche?q=Mannheim",
    "/suche?q=Kita&land=BW&land=BY",
    "/suche?q=Gesundheit&art=example&pruefung=good_practice",
    "/suche?q=Netzwerk&phase=fruehe-kindheit&jahr=2026",
    "/suche?q=Kita&art=thread",
)
SUGGESTIONS = tuple(
    f"/suche/vorschlaege?q={typed}" for typed in ("fr", "bew", "mann", "praev", "kita ges", "x")
)


def times(client, path: str) -> tuple[list[float], list[float]]:
    """Return passed and computed milliseconds of each round, after one to warm up."""
    passed, computed = [], []
    for turn in range(ROUNDS + 1):
        started, before = time.perf_counter(), time.process_time()
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        if turn:
            passed.append((time.perf_counter() - started) * 1000)
            computed.append((time.process_time() - before) * 1000)
    return passed, computed


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def table(client, who: str, paths: tuple[str, ...]) -> list[str]:
    lines, everything = [], ([], [])
    for path in paths:
        passed, computed = times(client, path)
        everything[0].extend(passed)
        everything[1].extend(computed)
        lines.append(row(path, who, passed, computed))
    return [*lines, row("**all**", who, *everything)]


def row(name: str, who: str, passed: list[float], computed: list[float]) -> str:
    numbers = (
        statistics.median(passed),
        percentile(passed, 0.95),
        statistics.median(computed),
        percentile(computed, 0.95),
    )
    return f"| {name} | {who} | " + " | ".join(f"{number:.1f}" for number in numbers) + " |"


def main() -> None:
    app = create_app({"limits_enabled": False, "log_level": "ERROR"})
    with app.app_context():
        count = session.scalar(select(func.count(SearchDocument.id)))
        posts = session.scalar(
            select(func.count(SearchDocument.id)).where(SearchDocument.kind == "thread")
        )
    print(f"{count} documents, {posts} of them posts. Milliseconds.\n")
    print("| page | who | p50 | p95 | computing p50 | computing p95 |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    guest, member = app.test_client(), app.test_client()
    sign_in(member)
    for who, client in (("guest", guest), ("member", member)):
        print("\n".join(table(client, who, PAGES)), flush=True)
        print("\n".join(table(client, who, SUGGESTIONS)), flush=True)


def sign_in(client) -> None:
    page = client.get("/konto/anmelden").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    form = {"email": MEMBER, "password": PASSWORD, "csrf_token": token}
    answer = client.post("/konto/anmelden", data=form)
    assert answer.status_code == 303, answer.status


if __name__ == "__main__":
    main()
