"""Input no form of ours sends: too long, too large, twice, or of the wrong kind."""

import io
import time
import tracemalloc
import zipfile

import pytest

from inforo import file_checks, security, sessions, text
from inforo.contributions.forms import Euros
from inforo.drafts import queries as drafts
from inforo.file_checks import FileRefused
from inforo.forms import Form
from inforo.municipalities import queries as municipalities
from inforo.people.queries import actor_of
from inforo.reviews.views import read_version
from tests import factories
from tests.browser import current_values

HUGE = ("9" * 19, "9" * 30, "9" * 5_000, "²", "-1", "0", "1e9", "")


def seconds(call) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 10_000, "a " * 10_000),
        ("a " * 10_000, "b " + "a " * 9_990),
        ("!?" * 10_000, "?!" * 10_000),
    ],
    ids=["same", "shifted", "signs"],
)
def test_comparing_the_longest_texts_keeps_nobody_waiting(old, new):
    assert seconds(lambda: text.diff(old, new)) < 2


@pytest.mark.parametrize("letters", ["[", "![", "[a](", "*a ", "`", "> ", "http://a.b/("])
def test_a_preview_of_any_length_keeps_nobody_waiting(letters):
    assert seconds(lambda: text.preview(letters * 200_000)) < 10


def test_a_mention_inside_a_tag_stays_text():
    rendered = text.render_markdown('[x](http://a.example "@[Anna]") und @[Anna]')

    linked = text.link_mentions(rendered, lambda _name: "/personen/1")

    assert 'title="@[Anna]"' in linked
    assert linked.count('class="mention"') == 1


def test_a_long_name_of_a_place_is_cut_before_it_is_searched():
    found = municipalities.search_municipalities("Mannheim".ljust(100) + "Bruchsal " * 5_000)

    assert [place.name for place in found] == ["Mannheim"]


@pytest.mark.parametrize("number", HUGE)
def test_numbers_of_people_no_database_holds_are_nobody(browser, number):
    anna = factories.make_anna()
    group = factories.make_group(managers=(anna,))
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}/einladen")
    token = page.html.select_one("[name=csrf_token]")["value"]

    answer = browser.client.post(
        f"/gruppen/{group.slug}/einladen", data={"csrf_token": token, "person": number}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("number", HUGE)
def test_numbers_of_items_no_database_holds_are_in_no_basket(browser, number):
    page = browser.sign_in(factories.make_clara()).open("/arbeitskorb/")
    token = page.html.select_one("[name=csrf_token]")["value"]

    answer = browser.client.post(
        "/arbeitskorb/uebernehmen", data={"csrf_token": token, "item": ["1", number]}
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("number", HUGE)
def test_numbers_of_organisations_no_database_holds_are_explained(browser, number):
    form = browser.open("/konto/registrieren").html.select_one("form#register")

    answer = browser.client.post(
        "/konto/registrieren",
        data=current_values(form) | {"place": "organisation", "organisation": number},
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("number", HUGE)
def test_numbers_of_days_no_calendar_holds_narrow_nothing(browser, number):
    browser.sign_in(factories.make_clara())

    assert browser.client.get(f"/arbeitskorb/protokoll?tage={number}").status_code == 200


@pytest.mark.parametrize("number", HUGE)
def test_drafts_no_database_holds_are_no_base_of_another(browser, number):
    anna = factories.make_anna()

    assert drafts.find_base(actor_of(anna), "question", f"{number}:{number}") is None


@pytest.mark.parametrize("number", HUGE)
def test_versions_no_database_holds_were_read_by_nobody(app, number):
    with app.test_request_context(method="POST", data={"version": "1", "number": number}):
        assert read_version().number >= 0


@pytest.mark.parametrize("number", HUGE[:-1])
def test_amounts_nobody_spends_are_explained_in_german(app, number):
    class Budget(Form):
        amount = Euros()

    with app.test_request_context(method="POST", data={"amount": number}):
        form = Budget(meta={"csrf": False})
        form.validate()

    assert not form.amount.errors or "ganze Zahl in Euro" in form.amount.errors[0]


@pytest.mark.parametrize(
    "query", ["land=BW&land=%00", "thema=a&thema=%00&q=x", "q=a&q=b%00", "%00=1"]
)
@pytest.mark.parametrize(
    "address", ["/werkzeugkiste/", "/kommunen/", "/suche", "/diskussionen/", "/gruppen/"]
)
def test_nul_in_the_second_value_of_a_field_is_found_too(browser, address, query):
    assert browser.client.get(f"{address}?{query}").status_code == 400


def test_deeply_nested_json_is_refused(browser):
    answer = browser.client.post("/csp-bericht", data="[" * 10_000)

    assert answer.status_code == 400


def test_a_csp_report_stays_one_line_of_the_log(browser, caplog):
    report = {"csp-report": {"violated-directive": "img\n\x1b[31mroot", "blocked-uri": ["x"]}}

    browser.client.post("/csp-bericht", json=report)

    [line] = [record.getMessage() for record in caplog.records if "csp:" in record.getMessage()]
    assert line == "csp: img [31mroot ['x']"


@pytest.mark.parametrize("address", ["unix:", "1.2.3.4:80", "fe80::1%eth0", "", "x" * 500])
def test_an_address_of_no_sense_is_still_counted(app, address):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert security.address_prefix()


def office_file(entry: str, size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, b" " * size)
        archive.writestr("filler.bin", bytes(range(256)) * 400, zipfile.ZIP_STORED)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "entry"), [("a.odt", "mimetype"), ("a.docx", "[Content_Types].xml")]
)
def test_the_nameplate_of_an_office_file_is_read_in_part_only(app, monkeypatch, name, entry):
    sizes = []
    decode = file_checks.beginning
    monkeypatch.setattr(
        file_checks,
        "beginning",
        lambda *given: sizes.append(len(found := decode(*given))) or found,
    )
    with app.app_context(), pytest.raises(FileRefused):
        file_checks.check_data(name, office_file(entry, 4_000_000))

    assert sizes == [file_checks.READ_STEP]


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_office_file_that_is_packed_in_a_foreign_way_is_not_unpacked(app, packing):
    """These unpackers know no limit: a kilobyte that claims to be small becomes a gigabyte."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", file_checks.OFFICE["odt"])
        archive.writestr("filler.bin", bytes(range(256)) * 400)
        archive.writestr("content.xml", b" " * 60_000_000, compress_type=packing)
    data = bytearray(packed.getvalue())
    claimed = data.rfind(b"PK\x01\x02") + 24
    data[claimed : claimed + 4] = (1_000).to_bytes(4, "little")

    tracemalloc.start()
    with app.app_context(), pytest.raises(FileRefused):
        file_checks.check_data("a.odt", bytes(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 10_000_000


def test_a_signed_cookie_of_a_guest_signs_nobody_in(app, browser):
    anna = factories.make_anna()
    signer = sessions.GuestSessions().get_signing_serializer(app)
    forged = signer.dumps({"_user_id": str(anna.id), "_fresh": True})
    browser.client.set_cookie("guest", forged)

    answer = browser.client.get("/personen/")

    assert "/konto/anmelden" in answer.location
