"""Somebody with a real browser: what they open is watched for errors of every kind."""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from inforo.demo import people

AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENSHOTS = Path("screenshots")
EMAILS = {row["key"]: row["email"] for row in people.read("people.json")}
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One window; `page` is Playwright's page, `problems` what went wrong in it."""

    def __init__(
        self,
        chromium: Browser,
        site: str,
        who: str,
        cookies: dict[str, list],
        *,
        width: int = 1280,
        dark: bool = False,
        script: bool = True,
    ) -> None:
        self.site, self.problems = site, []
        self.context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="de-DE",
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", self._look_where)
        if who and who not in cookies:
            self.sign_in(EMAILS[who])
            cookies[who] = self.context.cookies()
        elif who:
            self.context.add_cookies(cookies[who])

    def _hear(self, message: ConsoleMessage) -> None:
        is_answer = "the server responded with a status of" in message.text
        if message.type in {"error", "warning"} and not is_answer:
            self.problems.append(f"console: {message.text}")

    def _look_where(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.problems.append(f"request to another host: {request.url}")

    def open(self, path: str, status: int = 200) -> Page:
        answer = self.page.goto(path)
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def sign_in(self, email: str, password: str = people.PASSWORD) -> None:
        page = self.open("/konto/anmelden")
        page.fill("#sign-in [name=email]", email)
        page.fill("#sign-in [name=password]", password)
        page.press("#sign-in [name=password]", "Enter")
        page.wait_for_url(lambda url: "/konto/anmelden" not in url)

    def axe(self, **options: Any) -> list[str]:
        """Return what the accessibility check finds, one line per element."""
        self.page.evaluate(AXE)
        run = {"runOnly": RULES, "resultTypes": ["violations"]} | options
        found = self.page.evaluate("options => axe.run(document, options)", run)
        return [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def screenshot(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def leave(self) -> None:
        self.context.close()
        assert not self.problems, self.problems
