"""Asking for one page many times: how long it takes, what it costs, how much comes."""

import http.client
import re
import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup

SIGN_IN = "/konto/anmelden"


@dataclass
class Result:
    """Times in milliseconds; `cpu` is the time the server computes for one request."""

    status: int
    size: int
    p50: float = 0.0
    p95: float = 0.0
    cpu: float = 0.0
    per_second: float = 0.0
    queries: int | None = None


@dataclass
class Visitor:
    """One person's connection to the server, with cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def twin(self) -> "Visitor":
        return Visitor(self.port, dict(self.cookies))

    def ask(self, method: str, path: str, form: dict[str, str] | None = None):
        """Send a request; return status, body and where it redirects to."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if not self.cookies:
            headers = {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, body, answer.headers.get("Location", "")

    def get(self, path: str) -> tuple[int, bytes]:
        status, body, _location = self.ask("GET", path)
        return status, body

    def canonical(self, path: str) -> str:
        """Return the address a page finally has, e.g. with its title in it."""
        status, _body, location = self.ask("GET", path)
        return re.sub(r"^https?://[^/]+", "", location) if status in {301, 302, 308} else path

    def sign_in(self, email: str, password: str) -> "Visitor":
        _status, page = self.get(SIGN_IN)
        filled = fields(page, "sign-in") | {"email": email, "password": password}
        status, _body, _location = self.ask("POST", SIGN_IN, filled)
        assert status == 303, f"{email} cannot sign in: {status}"
        return self


def fields(page: bytes, form_id: str) -> dict[str, str]:
    """Return the fields a form sends when nobody touches it."""
    form = BeautifulSoup(page, "html.parser").select_one(f"form#{form_id}")
    assert form is not None, f"no form {form_id}"
    return {
        str(found["name"]): str(found.get("value", "")) for found in form.select("input[name]")
    }


def computing_time(pid: int) -> float:
    """Return the seconds a process and its children have spent on a processor."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
        for child in (task / "children").read_text().split():
            total += int(computing_time(int(child)) * 1e9)
    return total / 1e9


def measure(visitor: Visitor, path: str, pid: int, seconds: float) -> Result:
    """Ask for a page again and again: first one by one, then from four sides at once."""
    status, body = visitor.get(path)
    result = Result(status, len(body))
    if status != 200:
        return result
    for _warm_up in range(3):
        visitor.get(path)
    times, before = [], computing_time(pid)
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or len(times) < 20:
        started = time.perf_counter()
        visitor.get(path)
        times.append((time.perf_counter() - started) * 1000)
    result.cpu = (computing_time(pid) - before) / len(times) * 1000
    result.p50, result.p95 = percentiles(times)
    result.per_second = throughput(visitor, path, seconds)
    return result


def percentiles(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]


def throughput(visitor: Visitor, path: str, seconds: float) -> float:
    """Return the answers per second that four visitors get together."""
    counts = [0] * 4
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        twin = visitor.twin()
        while time.perf_counter() < until:
            twin.get(path)
            counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
