"""A real browser in front of a running platform with the demo data.

The demo is loaded once per run; each module of tests works on a copy of its own, with web
and worker running. `visit` opens a signed-out browser window, `check_page` asks axe, and
`picture` keeps what a page looks like at 360 and 1280 pixels in `screenshots/`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from inforo.demo.people import PASSWORD
from tests import services
from tests.installation import ROOT, Installation, Server

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (360, 1280)
SCREENSHOTS = ROOT / "screenshots"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that the plain suite leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(autouse=True)
def clean_slate() -> None:
    """Nothing to undo: the platform under test runs in other processes."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = services.find_chromium()
    if path is None:
        assert not services.REQUIRED, "Chromium is missing"
        pytest.skip("Chromium is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Installation:
    installation = Installation(tmp_path_factory.mktemp("demo") / "instance")
    installation.run("demo")
    return installation


@pytest.fixture(scope="module")
def server(demo: Installation, tmp_path_factory) -> Iterator[Server]:
    """The running platform of one module of tests, on data of its own."""
    with demo.copy(tmp_path_factory.mktemp("copy") / "instance").start() as server:
        yield server


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Open windows: `visit()`, `visit(width=360)`, `visit("clara.conrad@…")` signed in.

    Fails if a page has thrown an error or its policy has blocked something.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(email: str = "", *, width: int = 1280, javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=server.installation.url,
            viewport={"width": width, "height": 900},
            locale="de-DE",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda line: note_complaint(complaints, page, line))
        if email:
            sign_in(page, email)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


def note_complaint(complaints: list[str], page: Page, line) -> None:
    expected = "Failed to load resource"  # a page that answers 403, 404 or 422 on purpose
    if line.type == "error" and expected not in line.text:
        complaints.append(f"{page.url}: {line.text}")


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/konto/anmelden")
    form = page.locator("form#sign-in")
    form.locator("[name=email]").fill(email)
    form.locator("[name=password]").fill(password)
    form.locator("button[type=submit], button:not([type])").first.click()
    page.wait_for_url(re.compile(r"^(?!.*/konto/anmelden)"))


@pytest.fixture(scope="session")
def check_page() -> Callable[[Page], None]:
    """Let axe look at the page as it is now; every finding is a failure."""
    axe = Axe()

    def check(page: Page) -> None:
        result = axe.run(page, options=RULES)
        assert result.response["passes"], "axe looked at nothing"
        assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"

    return check


@pytest.fixture(scope="session")
def picture() -> Callable[[Page, str], None]:
    """Save the page at a narrow and a wide window; nothing may stick out sideways."""
    SCREENSHOTS.mkdir(exist_ok=True)

    def save(page: Page, name: str) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.url} is {wide} px wide in a window of {width} px"

    return save
