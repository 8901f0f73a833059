"""One running demo and one Chromium for all browser tests.

The plug-in of pytest-playwright stays off (pyproject.toml): only these tests need a browser,
and they start it here. Each test gets visitors with cookies of their own.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import services
from tests.e2e.visitor import Visitor
from tests.installation import Installation

QUIET = ["background-networking", "component-update", "sync"]
ARGUMENTS = [
    "--no-sandbox",
    "--no-first-run",
    *(f"--disable-{what}" for what in ["gpu", "quic", *QUIET]),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(autouse=True)
def clean_slate() -> None:
    """Nothing to undo here: these tests talk to a server with data of its own."""


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """Return the address of a running demo, web and worker.

    INFORO_E2E_URL names one that runs already: handy while writing a test.
    """
    if "INFORO_E2E_URL" in os.environ:
        yield os.environ["INFORO_E2E_URL"]
        return
    folder = tmp_path_factory.mktemp("e2e") / "instance"
    installation = Installation(folder, mail_bundle_minutes="0")
    installation.run("demo")
    with installation.start():
        yield installation.url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = services.find_chromium()
    if path is None and not services.REQUIRED:
        pytest.skip("Chromium is missing")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@pytest.fixture(scope="session")
def cookies() -> dict[str, list]:
    """Keep the cookies of signed-in people: each signs in once per run."""
    return {}


@pytest.fixture
def visit(chromium: Browser, site: str, cookies) -> Iterator[Callable[..., Visitor]]:
    """Open a browser window for somebody: `visit("anna-albrecht", width=360)`."""
    visitors: list[Visitor] = []

    def open_window(who: str = "", **options: object) -> Visitor:
        visitors.append(Visitor(chromium, site, who, cookies, **options))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.leave()
