"""A browser without JavaScript: it opens pages and submits the forms it finds there.

Every HTML page it receives is checked, so every page test is also a test for sound
structure: one heading, a title, unique ids, labelled fields, alternatives for images.
"""

import re
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import PASSWORD

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')


class Browser:
    """One person's browser, with cookies of its own."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def sign_in(self, account: Any) -> "Browser":
        """Sign in by the form, but look at no page: most tests begin here."""
        form = self.client.get("/konto/anmelden").text
        data = dict(HIDDEN.findall(form)) | {"email": account.email, "password": PASSWORD}
        answer = self.client.post("/konto/anmelden", data=data, follow_redirects=True)
        assert answer.request.path != "/konto/anmelden", f"{account.email} may not"
        return self

    def open(self, url: str, status: int = 200) -> "Page":
        """Open an address; redirects are followed when a page is expected."""
        return Page(self, self.client.get(url, follow_redirects=status < 300), status)


class Page:
    """An answer: `html` to select in, `text` to search in."""

    def __init__(self, browser: Browser, response: TestResponse, status: int) -> None:
        assert response.status_code == status, (
            f"{response.request.path}: {response.status}\n{message_of(response)}"
        )
        self.browser, self.response = browser, response
        self.url = response.request.path
        self.html = BeautifulSoup(response.text, "html.parser")
        self.text = self.html.get_text(" ", strip=True)
        if response.mimetype == "text/html" and response.text:
            check_structure(self.html)

    @property
    def main(self) -> str:
        """Return the text of the page without header and footer."""
        return self.html.select_one("main").get_text(" ", strip=True)

    def has_form(self, form_id: str) -> bool:
        return bool(self.html.select(f"form#{form_id}"))

    def follow(self, label: str, status: int = 200) -> "Page":
        """Click the first link whose text contains the label."""
        links = [link for link in self.html.select("a[href]") if label in words_of(link)]
        assert links, f"no link {label!r} on this page"
        return self.browser.open(urljoin(self.url, links[0]["href"]), status)

    def submit(
        self, form_id: str, *, status: int = 200, button: str = "", **values: Any
    ) -> "Page":
        """Fill in the form, send it where it points, and follow the redirect.

        `button` is the name of the pressed button, if it has one; lists fill checkboxes.
        """
        form = self.html.select_one(f"form#{form_id}")
        assert form, f"no form #{form_id} on this page"
        data = current_values(form)
        names = {field["name"] for field in form.select("[name]")}
        assert values.keys() <= names, f"the form has only {sorted(names)}"
        data |= values
        if button:
            [pressed] = form.select(f"button[name='{button}'], input[name='{button}']")
            data[button] = pressed.get("value", "")
        send = self.browser.client.post if is_post(form) else self.browser.client.get
        target = urljoin(self.url, form.get("action") or self.url)
        arguments = {"data" if is_post(form) else "query_string": data}
        return Page(self.browser, send(target, follow_redirects=True, **arguments), status)


def words_of(link: Tag) -> str:
    """Return the text of a link as people read it, marked words of a search included."""
    return " ".join(link.get_text(" ").split()) + "\n" + " ".join(link.get_text("").split())


def is_post(form: Tag) -> bool:
    return (form.get("method") or "get").lower() == "post"


def current_values(form: Tag) -> dict[str, Any]:
    """Return what a browser would send for a form nobody has touched."""
    data: dict[str, Any] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.get("type") in {"submit", "button", "image"} or field.has_attr("disabled"):
            continue
        if field.get("type") in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                data.setdefault(field["name"], []).append(field.get("value", "on"))
        elif field.get("type") == "hidden" and field["name"] in data:
            before = data[field["name"]]
            several = before if isinstance(before, list) else [before]
            data[field["name"]] = [*several, current_value(field)]
        elif field.get("type") != "file":
            data[field["name"]] = current_value(field)
    return data


def current_value(field: Tag) -> Any:
    if field.name == "select":
        chosen = field.select("option[selected]")
        if field.has_attr("multiple"):
            return [option["value"] for option in chosen]
        option = chosen[0] if chosen else field.select_one("option")
        return option.get("value", option.text) if option else ""
    return field.text.removeprefix("\n") if field.name == "textarea" else field.get("value", "")


def message_of(response: TestResponse) -> str:
    html = BeautifulSoup(response.text, "html.parser")
    main = html.select_one("main") or html
    return main.get_text(" ", strip=True)[:600]


def check_structure(html: BeautifulSoup) -> None:
    tags = html.find_all(True)
    ids = [tag["id"] for tag in tags if tag.has_attr("id")]
    assert len(ids) == len(set(ids)), f"duplicate id in {sorted(ids)}"
    assert len(html.find_all("h1")) == 1, "a page has exactly one h1"
    heading = html.h1.get_text(" ", strip=True)
    check_title(html.title.text.strip(), heading, html.select("[data-error-summary]"))
    assert html.html.has_attr("lang"), "a page names its language"
    check_fields(html)
    check_summary(html)
    for tag in tags:
        assert tag.name != "img" or tag.has_attr("alt"), f"no alternative text: {tag}"
        assert not tag.has_attr("style"), f"inline style: {tag.name}"


def check_title(title: str, heading: str, errors: list[Tag]) -> None:
    """Hold the title against the heading; a form that came back says so before all else."""
    first, _colon, rest = title.partition(": ")
    assert (first in {"Fehler", "Error"}) == bool(errors), f"{title!r}, {len(errors)} errors"
    assert (rest if errors else title).startswith(heading), f"{title!r} / {heading!r}"


def check_summary(html: BeautifulSoup) -> None:
    """Each error leads to something that takes the focus."""
    for link in html.select("[data-error-summary] a"):
        field = html.find(id=link["href"].removeprefix("#"))
        assert field, f"{link} leads nowhere"
        is_control = field.name in {"input", "select", "textarea"}
        assert is_control or field.has_attr("tabindex"), f"{link} leads to {field.name}"


def check_fields(html: BeautifulSoup) -> None:
    labels = {label.get("for") for label in html.find_all("label")}
    for field in html.find_all(["input", "select", "textarea"]):
        named = field.has_attr("aria-label") or field.has_attr("aria-labelledby")
        labelled = named or field.get("id", "") in labels or field.find_parent("label")
        assert labelled or field.get("type") == "hidden", f"no label: {field}"
    for form in filter(is_post, html.find_all("form")):
        assert form.get("action"), "a form says where it goes"
        harmless = form["action"] in {"/sprache", "/darstellung", "/suche/einwilligung"}
        guarded = form.find(attrs={"name": "csrf_token"})
        assert harmless or guarded, f"no CSRF token: {form['action']}"
