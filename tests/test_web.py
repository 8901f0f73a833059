"""What every page does: errors, expired forms, idempotency, readiness."""

import gzip
import re

import pytest

from inforo import db
from inforo.clock import now
from inforo.web import IdempotencyKey
from tests.factories import make_anna, make_bernd, make_example, make_thread, save


def test_unknown_page_is_a_friendly_404(browser):
    page = browser.open("/gibt-es-nicht", status=404)

    assert "Diese Seite gibt es nicht" in page.text


def test_refused_step_leads_back_to_the_page_it_came_from(browser):
    here = {"Referer": "http://localhost/diskussionen/?seite=2"}

    refused = browser.client.get("/gibt-es-nicht", headers=here).text
    foreign = browser.client.get("/x", headers={"Referer": "http://a.example/y"}).text

    assert 'href="/diskussionen/?seite=2"' in refused
    assert "/y" not in foreign
    assert "Zurück" not in foreign


def test_who_is_signed_in_is_not_told_to_sign_in(browser):
    page = browser.sign_in(make_anna()).open("/gibt-es-nicht", status=404)

    assert "melden Sie sich an" not in page.text


def test_title_tells_where_one_is(browser):
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")
    thread = make_thread("Eine Frage", posts=tuple(f"Beitrag {n}" for n in range(1, 25)))
    second = browser.open(f"{thread.path}?seite=99")

    assert page.html.title.text == "Frage stellen – Diskussionen – inforo"
    assert second.html.title.text.startswith("Eine Frage – Seite 2 von 2 – ")


def test_title_says_first_that_a_form_came_back(browser):
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")

    refused = page.submit("thread", status=422, title="")

    assert refused.html.title.text.startswith("Fehler: Frage stellen – ")


def test_missing_choice_is_told_by_what_to_do(browser):
    example = make_example("Elterncafé")
    path = f"/werkzeugkiste/beispiele/{example.id}/uebernehmen"
    page = browser.sign_in(make_bernd()).open(path)

    refused = page.submit("adopt", status=422, stage=[])

    assert "Bitte wählen Sie eine der Möglichkeiten." in refused.main


@pytest.mark.parametrize("address", ["/termine/", "/diskussionen/", "/meldungen/", "/gruppen/"])
def test_long_list_begins_with_a_way_to_its_filters(browser, address):
    page = browser.open(address)

    [way] = page.html.select("a[href='#filter']")
    assert page.html.select_one("form#filter") in way.find_all_next("form")


def test_form_without_token_can_be_sent_again_and_loses_nothing(browser):
    response = browser.client.post("/konto/anmelden", data={"email": "a@b.example"})

    assert response.status_code == 400
    assert 'value="a@b.example"' in response.text
    assert re.search(r'name="csrf_token" value="[^"]+"', response.text)


def test_a_form_sent_twice_leads_to_the_first_result(browser):
    anna = make_anna()
    save(
        IdempotencyKey(
            key="k1",
            account_id=anna.id,
            endpoint="asking.new",
            location="/diskussionen/7",
            created_at=now(),
        )
    )
    page = browser.sign_in(anna).open("/hilfe")
    token = page.html.select_one("[name=csrf_token]")["value"]

    response = browser.client.post(
        "/diskussionen/neu", data={"csrf_token": token, "idempotency_key": "k1"}
    )

    assert response.location == "/diskussionen/7"


def test_somebody_elses_key_is_of_no_use(browser):
    save(
        IdempotencyKey(
            key="k2",
            account_id=make_anna().id,
            endpoint="asking.new",
            location="/diskussionen/7",
            created_at=now(),
        )
    )
    page = browser.sign_in(make_anna()).open("/hilfe")
    token = page.html.select_one("[name=csrf_token]")["value"]

    response = browser.client.post(
        "/diskussionen/neu", data={"csrf_token": token, "idempotency_key": "k2"}
    )

    assert response.location != "/diskussionen/7"


def test_process_is_alive_without_a_database(browser):
    assert browser.client.get("/healthz").json == {"status": "ok"}


def test_safe_sqlite_versions_are_known():
    assert db.is_safe_sqlite()
    assert db.is_safe_sqlite((3, 44, 6))
    assert db.is_safe_sqlite((3, 50, 9))
    assert not db.is_safe_sqlite((3, 51, 2))
    assert not db.is_safe_sqlite((3, 40, 1))


def test_static_text_comes_compressed_to_who_can_read_it(browser):
    address, accepted = "/static/img/favicon.svg", {"Accept-Encoding": "gzip"}

    with browser.client.get(address) as plain:
        content, plain_headers = plain.data, plain.headers
    with browser.client.get(address, headers=accepted) as short:
        compressed, headers = short.data, short.headers

    assert "Content-Encoding" not in plain_headers
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed) == content
    assert "Accept-Encoding" in headers["Vary"]
