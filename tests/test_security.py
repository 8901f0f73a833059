"""Headers, redirects, hosts, and what no database takes."""

import pytest

from inforo import security


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        " /gruppen/",
        "gruppen/",
        "",
        None,
        "/%0d%0aSet-Cookie:x\r\n",
    ],
)
def test_no_redirect_leaves_the_platform(target):
    assert security.safe_path(target) is None


@pytest.mark.parametrize("target", ["/gruppen/", "/suche?q=kita&seite=2", "/"])
def test_own_paths_are_kept(target):
    assert security.safe_path(target) == target


def test_every_answer_carries_the_security_headers(browser):
    for address in ("/hilfe", "/gibt-es-nicht", "/healthz", "/personen/"):
        headers = browser.client.get(address).headers

        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "require-trusted-types-for 'script'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Request-Id"]
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_a_guest_page_may_be_cached_and_answers_304(browser):
    first = browser.client.get("/hilfe")
    second = browser.client.get("/hilfe", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "script-src 'self'" in first.headers["Content-Security-Policy"]
    assert second.status_code == 304
    assert "Set-Cookie" not in first.headers


def test_only_those_who_must_wait_are_told_when_to_come_back(browser):
    headers = browser.client.get("/hilfe").headers

    assert "Retry-After" not in headers
    assert not [name for name, _value in headers if name.startswith("X-RateLimit")]


def test_pages_with_a_cookie_are_never_stored(browser):
    browser.client.set_cookie("theme", "dark")

    response = browser.client.get("/hilfe")

    assert response.headers["Cache-Control"] == "no-store"
    assert "'strict-dynamic'" in response.headers["Content-Security-Policy"]
    assert "Cookie" in response.headers["Vary"]


def test_a_foreign_host_is_refused(browser):
    response = browser.client.get("/hilfe", headers={"Host": "evil.example"})

    assert response.status_code == 400


@pytest.mark.parametrize("address", ["/hilfe?q=%00", "/suche?q=a%00b"])
def test_nul_is_bad_input_and_not_a_crash(browser, address):
    assert browser.client.get(address).status_code == 400


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_ids_no_database_holds_do_not_exist(browser, number):
    assert browser.client.get(f"/diskussionen/{number}").status_code == 404


def test_given_request_ids_are_kept_only_if_harmless(browser):
    kept = browser.client.get("/hilfe", headers={"X-Request-Id": "abc-123"})
    made = browser.client.get("/hilfe", headers={"X-Request-Id": "<b>\u00e4"})

    assert kept.headers["X-Request-Id"] == "abc-123"
    assert made.headers["X-Request-Id"].isalnum()


def test_language_and_theme_are_chosen_by_switch(browser):
    answer = browser.client.post("/sprache", data={"language": "en", "next": "/hilfe"})

    assert answer.location == "/hilfe"
    assert 'lang="en"' in browser.client.get("/hilfe").text
    assert browser.client.post("/darstellung", data={"theme": "dark"}).location == "/"
    assert 'data-theme="dark"' in browser.client.get("/hilfe").text


def test_a_switch_leads_nowhere_else(browser):
    answer = browser.client.post("/sprache", data={"language": "en", "next": "//evil.example"})

    assert answer.location == "/"


def test_security_txt_names_a_contact(browser):
    response = browser.client.get("/.well-known/security.txt")

    assert response.text.startswith("Contact: mailto:")


def test_a_csp_report_is_accepted_without_answer(browser):
    report = {
        "csp-report": {"violated-directive": "img-src", "blocked-uri": "https://x.example"}
    }

    assert browser.client.post("/csp-bericht", json=report).status_code == 204
    assert browser.client.post("/csp-bericht", data="kein JSON").status_code == 400
    assert browser.client.post("/csp-bericht", json=[1, 2]).status_code == 204


@pytest.mark.parametrize(
    "path", ["/konto/passwort/x", "/freigabe/x", "/zustimmung/x", "/kommunalabfragen/antwort/x"]
)
def test_no_other_page_learns_an_address_that_is_a_secret(browser, path):
    assert browser.client.get(path).headers["Referrer-Policy"] == "no-referrer"
    assert browser.client.get("/").headers["Referrer-Policy"] == "same-origin"
