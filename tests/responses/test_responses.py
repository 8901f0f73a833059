"""Answering by link or signed in, and what the result tells and keeps to itself."""

import csv
import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.enquiries import queries
from inforo.enquiries.links import token_of
from inforo.enquiries.models import EnquiryAnswer
from inforo.enquiries.states import Audience, QuestionKind
from inforo.mail import Mail
from inforo.municipalities.models import Municipality, MunicipalityKind, SizeClass
from inforo.notifications.models import Notification
from inforo.responses.forms import number_of, typed_number
from inforo.responses.jobs import finish_enquiries
from tests.enquiries.making import answer_for, invitation_of, make_running
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_profile_editor,
    save,
)
from tests.pdf_checks import check
from tests.reference import DUESSELDORF, HERNE, KREUZBERG, MUENSTER

STATES = ("SH", "HH", "NI", "HB", "NW", "HE")
ALL_KINDS = (
    {"label": "Eins?", "kind": QuestionKind.ONE, "options": ["A", "B"], "is_required": True},
    {"label": "Viele?", "kind": QuestionKind.MANY, "options": ["C", "D", "E"]},
    {"label": "Ja?", "kind": QuestionKind.YES_NO},
    {"label": "Zahl?", "kind": QuestionKind.NUMBER, "unit": "Stunden"},
    {"label": "Kurz?", "kind": QuestionKind.LINE},
    {"label": "Lang?", "kind": QuestionKind.TEXT},
)


def link(enquiry, ags=MUENSTER):
    return f"/kommunalabfragen/antwort/{token_of(invitation_of(enquiry, ags))}"


def names(enquiry):
    return [f"frage_{question.id}" for question in enquiry.questions]


def kept(enquiry, ags=MUENSTER):
    session.expire_all()
    return queries.find_answer(invitation_of(enquiry, ags))


def end(enquiry):
    enquiry.closed_at = clock.now()
    session.commit()
    finish_enquiries()
    session.expire_all()


def make_towns(count, state="SH", size=SizeClass.SMALL, kind=MunicipalityKind.TOWN):
    """Add towns to a Land; return their keys."""
    found = []
    for number in range(count):
        ags = f"{STATES.index(state) + 1:02}{len(size.value):02}{number:04}"
        name = f"Ort {state} {size.value} {number}"
        save(Municipality(
            ags=ags, name=name, display_name=name, name_key=name.casefold(), kind=kind,
            size_class=size, state_code=state, population=9_000,
        ))  # fmt: skip
        found.append(ags)
    return found


def test_answered_by_the_link_without_signing_in(browser):
    greta = make_profile_editor(MUENSTER, "Greta")
    enquiry = make_running(make_anna(), questions=ALL_KINDS)
    one, many, yes, number, short, long = names(enquiry)

    page = browser.open(link(enquiry))
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "Mannheim" in page.main
    page = page.submit("answer", **{
        one: "1", many: ["0", "2"], yes: "-", number: "1.250,5", short: "=Kurz", long: "Lang",
        "respondent": "Rita Rathaus, Amt 50",
    })  # fmt: skip

    assert "angekommen" in page.main
    answer = kept(enquiry)
    assert list(answer.values.values()) == ["B", ["C", "E"], None, 1250.5, "=Kurz", "Lang"]
    assert (answer.respondent, answer.saved_by_id) == ("Rita Rathaus, Amt 50", None)
    receipt = session.scalars(select(Mail).where(Mail.event == "responses:receipt")).one()
    assert receipt.account_id == greta.id
    assert "C; E" in receipt.text
    assert "1.250,5 Stunden" in receipt.text
    again = browser.open(link(enquiry))
    assert again.html.select_one(f"[name={number}]")["value"] == "1.250,5"
    assert again.html.select_one(f"[name={yes}][value='-']").has_attr("checked")


@pytest.mark.parametrize(("name", "typed", "sentence"), [
    (0, None, "beantworten Sie diese Frage"),
    (0, "7", "gibt es bei dieser Frage nicht"),
    (1, ["0", "-"], "entweder"),
    (3, "viele", "geben Sie eine Zahl an"),
    (3, "9" * 20, "geben Sie eine Zahl an"),
    (4, "x" * 301, "kürzen"),
])  # fmt: skip
def test_wrong_answer_is_explained_and_what_was_typed_stays(browser, name, typed, sentence):
    enquiry = make_running(make_anna(), questions=ALL_KINDS)
    fields = names(enquiry)
    given = {fields[0]: "0", fields[5]: "Bleibt stehen", "respondent": "Rita"}
    given = given | {fields[name]: typed} if typed else given
    if typed is None:
        del given[fields[name]]

    page = browser.open(link(enquiry)).submit("answer", **given, status=422)

    assert sentence in page.main
    assert page.html.select_one(f"[name={fields[5]}]").text.strip() == "Bleibt stehen"
    assert kept(enquiry) is None


def test_kept_for_later_it_does_not_count_and_a_colleague_goes_on(browser, new_browser):
    enquiry = make_running(make_anna())
    plan, posts, text = names(enquiry)
    page = browser.open(link(enquiry)).submit("answer", **{posts: "3"}, button="later")
    assert "zählt erst" in page.main
    assert queries.counts(enquiry)[1] == 0

    colleague = new_browser().sign_in(make_bernd()).open("/kommunalabfragen/")
    assert "angefangen" in colleague.main
    page = colleague.follow("Hitzeaktionspläne").follow("Weiter antworten")
    assert page.html.select_one(f"[name={posts}]")["value"] == "3"
    page.submit("answer", **{plan: "0", text: "Schatten"})

    answer = kept(enquiry)
    assert list(answer.values.values()) == ["ja", 3, "Schatten"]
    assert answer.submitted_at
    assert queries.counts(enquiry) == (1, 1)


def test_two_who_answer_at_once_see_both_answers(browser, new_browser):
    enquiry = make_running(make_anna())
    plan, posts, text = names(enquiry)
    page = browser.open(link(enquiry))
    signed_in = new_browser().sign_in(make_bernd())
    other = signed_in.open(f"/kommunalabfragen/antworten/{invitation_of(enquiry, MUENSTER).id}")
    other.submit("answer", **{plan: "0", posts: "5"})

    page = page.submit("answer", **{plan: "1", posts: "6", "respondent": "Rita"}, status=409)

    assert "5 VZÄ" in page.main
    assert "6 VZÄ" in page.main
    assert next(iter(kept(enquiry).values.values())) == "ja"
    page.submit("answer", **{plan: "1", posts: "6", text: "", "respondent": "Rita"})
    assert next(iter(kept(enquiry).values.values())) == "nein"


def test_form_without_version_overwrites_nothing(browser):
    enquiry = make_running(make_anna())
    answer_for(enquiry, MUENSTER, "ja", 1, None)
    plan = names(enquiry)[0]
    page = browser.open(link(enquiry))

    page.submit("answer", **{plan: "1", "respondent": "Rita", "version": ""}, status=409)

    assert next(iter(kept(enquiry).values.values())) == "ja"


def test_link_dies_with_the_enquiry_and_when_replaced(browser, new_browser):
    enquiry = make_running(make_anna(), days=10)
    old = link(enquiry)
    browser.open(old)
    browser.open(f"{old}x", 404)
    browser.open("/kommunalabfragen/antwort/WzEsMV0.falsch", 404)

    bernd = make_bernd()
    page = (
        new_browser()
        .sign_in(bernd)
        .open(f"/kommunalabfragen/antworten/{invitation_of(enquiry, MUENSTER).id}")
    )
    page.submit("renew")
    browser.open(old, 404)
    session.expire_all()
    browser.open(link(enquiry))
    sent = session.scalars(select(Mail).where(Mail.event == "enquiries:invitation")).all()
    assert sent[-1].account_id == bernd.id

    clock.shift(timedelta(days=11))
    assert "beendet" in browser.open(link(enquiry), 404).main
    clock.shift(timedelta())
    enquiry.withdrawn_at = clock.now()
    session.commit()
    browser.open(link(enquiry), 404)


@pytest.mark.parametrize("change", ["suspended", "closed", "silenced", "moved"])
def test_link_of_somebody_who_may_not_answer_any_more_opens_nothing(browser, change):
    enquiry, bernd = make_running(make_anna()), make_bernd()
    invitation_of(enquiry, MUENSTER).account_id = bernd.id
    session.commit()
    page = browser.open(link(enquiry))

    if change == "moved":
        bernd.municipality_ags = HERNE
    else:
        column = "silenced_until" if change == "silenced" else f"{change}_at"
        setattr(bernd, column, clock.now() + timedelta(hours=1))
    session.commit()

    browser.open(link(enquiry), 404)
    page.submit("answer", **{names(enquiry)[0]: "0", "respondent": "B. Brandt"}, status=404)
    assert kept(enquiry) is None


def test_link_of_a_municipality_leads_members_of_it_to_the_page_with_their_name(browser):
    enquiry = make_running(make_anna())

    page = browser.sign_in(make_bernd()).open(link(enquiry))

    assert page.url.startswith("/kommunalabfragen/antworten/")
    assert not page.html.select("[name=respondent]")


def test_who_signs_in_while_answering_by_the_link_loses_nothing(browser):
    enquiry = make_running(make_anna())
    plan, posts, text = names(enquiry)
    page = browser.open(link(enquiry))
    browser.sign_in(make_bernd())

    page = page.submit("answer", **{plan: "0", posts: "3", text: "Schatten"}, status=400)
    page.submit("send-again")

    assert list(kept(enquiry).values.values()) == ["ja", 3, "Schatten"]


def test_answer_of_another_municipality_is_nobodys_business(browser):
    enquiry = make_running(make_anna())
    answer_for(enquiry, MUENSTER, "ja", 1, "Geheimes Münster")
    path = f"/kommunalabfragen/antworten/{invitation_of(enquiry, MUENSTER).id}"

    browser.sign_in(make_account("Klaus", municipality=KREUZBERG))

    browser.open(path, 404)
    assert "Geheimes" not in browser.open(enquiry.path).text
    browser.open(f"{enquiry.path}/ergebnis", 403)


def test_result_is_told_once_to_asker_and_respondents(browser):
    anna, greta = make_anna(), make_profile_editor(MUENSTER, "Greta")
    silent = make_profile_editor(KREUZBERG, "Karla")
    enquiry = make_running(anna)
    answer_for(enquiry, MUENSTER, "ja", 1, None)

    end(enquiry)
    finish_enquiries()

    told = session.scalars(
        select(Notification.account_id).where(Notification.title.startswith("Ergebnis"))
    ).all()
    assert sorted(told) == sorted([anna.id, greta.id])
    assert silent.id not in told


def test_enquiry_whose_day_has_passed_is_compiled(browser):
    anna = make_anna()
    enquiry = make_running(anna, days=10)
    clock.shift(timedelta(days=11))

    finish_enquiries()
    session.expire_all()

    assert enquiry.compiled_at
    assert "nur ihre Zahl" in browser.sign_in(anna).open(f"{enquiry.path}/ergebnis").main


def answered_by(towns, enquiry, number=2):
    for ags in towns:
        answer_for(enquiry, ags, "ja", number, f"Text {ags}")


def test_totals_name_no_municipality_and_no_small_group(browser):
    anna = make_anna()
    many, few = make_towns(7), make_towns(2, "HE", SizeClass.RURAL, MunicipalityKind.VILLAGE)
    enquiry = make_running(anna, audience=Audience.MEMBERS)
    answered_by([*many, *few], enquiry)
    end(enquiry)

    page = browser.sign_in(make_doris()).open(f"{enquiry.path}/ergebnis")

    assert "Ort" not in page.main
    assert [cell.text for cell in page.html.select(".chart td")] == ["9", "100 %", "0", "0 %"]
    # 9 - 7 = 2: the large Land would tell of the small one.
    assert "2 Gruppen sind nicht ausgewiesen" in page.main
    assert page.html.select("details table") == []
    table = browser.client.get(f"{enquiry.path}/ergebnis.csv").get_data(as_text=True)
    assert "Land;2 Gruppen sind nicht ausgewiesen." in table
    assert not any(name in page.main + table for name in ("Hessen", "Schleswig-Holstein"))
    browser.open(f"{enquiry.path}/ergebnis/kommunen", 404)


def test_result_for_all_members_is_offered_for_discussion(browser):
    anna = make_anna()
    browser.sign_in(anna)
    for audience, is_offered in ((Audience.MEMBERS, True), (Audience.RESPONDENTS, False)):
        enquiry = make_running(anna, audience=audience)
        end(enquiry)
        page = browser.open(f"{enquiry.path}/ergebnis")
        assert ("Ergebnis diskutieren" in page.main) is is_offered
        if is_offered:
            form = page.follow("Ergebnis diskutieren").html
            assert "Hitzeaktionspläne" in form.select_one("[name=title]")["value"]
            assert f"{enquiry.path}/ergebnis" in form.select_one("[name=body]").text


def test_large_groups_are_shown(browser):
    anna = make_anna()
    first = make_towns(6)
    second = make_towns(5, "HE", SizeClass.RURAL, MunicipalityKind.VILLAGE)
    enquiry = make_running(anna)
    answered_by(first, enquiry)
    answered_by(second, enquiry, number=4)
    end(enquiry)

    page = browser.sign_in(anna).open(f"{enquiry.path}/ergebnis")

    rows = [row.get_text(" ", strip=True) for row in page.html.select("details tbody tr")]
    assert "Hessen 5 5 0" in rows
    assert "Schleswig-Holstein 6 6 0" in rows
    assert "Hessen 5 4 VZÄ" in rows


def test_fewer_than_five_answers_show_their_number_only(browser):
    anna = make_anna()
    enquiry = make_running(anna)
    answered_by([MUENSTER, HERNE, DUESSELDORF, KREUZBERG], enquiry)
    end(enquiry)

    browser.sign_in(anna)
    for url in ("ergebnis", "ergebnis.csv"):
        answer = browser.client.get(f"{enquiry.path}/{url}")
        assert answer.status_code == 200
        assert "Text 05" not in answer.text
        assert 'class="chart"' not in answer.text
        assert ";ja;" not in answer.text


def test_named_result_lists_who_answered_what(browser):
    anna = make_anna()
    enquiry = make_running(anna, is_named=True)
    answer_for(enquiry, MUENSTER, "nein", 3, "=HYPERLINK(1)")
    end(enquiry)

    page = browser.sign_in(anna).open(f"{enquiry.path}/ergebnis").follow("Antworten je Kommune")

    assert "Münster (NW)" in page.main
    assert "3 VZÄ" in page.main
    answer = browser.client.get(f"{enquiry.path}/ergebnis.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:2] == ["Münster", "Nordrhein-Westfalen"]
    assert rows[1][-1] == "'=HYPERLINK(1)"


def test_document_of_the_result_is_a_tagged_file(browser):
    anna, towns = make_anna(), make_towns(6)
    enquiry = make_running(anna)
    answered_by(towns, enquiry)
    end(enquiry)

    answer = browser.sign_in(anna).client.get(f"{enquiry.path}/ergebnis.pdf")

    assert answer.status_code == 200
    check(answer.data)


def test_long_words_are_not_cut_at_the_edge_of_the_document(browser):
    anna, towns = make_anna(), make_towns(6)
    enquiry = make_running(anna, questions=({"label": "W" * 200, "kind": QuestionKind.YES_NO},))
    for ags in towns:
        answer_for(enquiry, ags, "ja")
    end(enquiry)

    answer = browser.sign_in(anna).client.get(f"{enquiry.path}/ergebnis.pdf")

    reader = PdfReader(io.BytesIO(answer.data))
    width = reader.pages[0].mediabox.width
    heading = [line for page in reader.pages for line in page.extract_text().splitlines()]
    assert width > 0
    assert max(line.count("W") for line in heading) < 60


def test_while_it_runs_not_even_the_asker_sees_an_answer(browser):
    anna = make_anna()
    enquiry = make_running(anna)
    answer_for(enquiry, MUENSTER, "ja", 1, "Noch geheim")
    browser.sign_in(anna)

    assert "Noch geheim" not in browser.open(enquiry.path).text
    browser.open(f"{enquiry.path}/ergebnis", 403)
    browser.open(f"{enquiry.path}/ergebnis.csv", 403)


def test_withdrawn_enquiry_has_no_result(browser):
    anna, towns = make_anna(), make_towns(6)
    enquiry = make_running(anna, audience=Audience.MEMBERS)
    answered_by(towns, enquiry)
    end(enquiry)
    enquiry.withdrawn_at = clock.now()
    session.commit()

    browser.sign_in(anna).open(f"{enquiry.path}/ergebnis", 403)


def test_answer_after_the_end_is_read_only(browser):
    enquiry = make_running(make_anna())
    answer_for(enquiry, MUENSTER, "ja", 1, "Unser Satz")
    end(enquiry)
    path = f"/kommunalabfragen/antworten/{invitation_of(enquiry, MUENSTER).id}"

    page = browser.sign_in(make_bernd()).open(path)

    assert "Unser Satz" in page.main
    assert not page.has_form("answer")


def test_erased_colleague_leaves_the_answer_of_the_municipality(browser):
    bernd = make_bernd()
    enquiry = make_running(make_anna())
    answer = answer_for(enquiry, MUENSTER, "ja", 1, None)
    answer.saved_by_id = bernd.id
    session.commit()

    session.delete(bernd)
    session.commit()

    assert session.scalars(select(EnquiryAnswer.saved_by_id)).all() == [None]


def test_result_costs_the_same_however_many_answered(browser, count_queries):
    anna, towns = make_anna(), make_towns(9)
    few, many = (
        make_running(anna),
        make_running(make_clara(), ags=None, audience=Audience.MEMBERS),
    )
    answered_by([MUENSTER], few)
    answered_by([*towns, MUENSTER], many)
    end(few)
    end(many)
    urls = [f"{one.path}/ergebnis" for one in (few, many)]
    browser.sign_in(anna)
    for url in urls:
        browser.open(url)

    first, second = (count_queries(lambda url=url: browser.open(url)) for url in urls)

    assert first == second <= 12


@pytest.mark.parametrize(("typed", "number"), [
    ("12", 12), ("1.250", 1250), ("1.250,5", 1250.5), ("0,5", 0.5), (" 7 ", 7), ("-3", -3),
])  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed, number):
    assert number_of(typed) == number


@pytest.mark.parametrize("number", [1234, 1_000_000, 1250.5, 0.125, 0.00001, -3, -1234.5])
def test_number_that_was_kept_comes_back_from_the_form_as_it_was(number):
    assert number_of(typed_number(number)) == number


def test_number_stays_what_it_was_when_corrected_in_english(browser):
    enquiry = make_running(make_anna())
    answer_for(enquiry, MUENSTER, "ja", 1234, "Schatten")
    anna = browser.sign_in(make_bernd())
    anna.client.set_cookie("language", "en")
    page = anna.open(f"/kommunalabfragen/antworten/{invitation_of(enquiry, MUENSTER).id}")

    page.submit("answer")

    assert kept(enquiry).values[str(enquiry.questions[1].id)] == 1234


@pytest.mark.parametrize("typed", ["1,2,3", "1.2.3", "1e5", "NaN", "12a", "1.25"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match=re.escape(typed)):
        number_of(typed)


def test_open_enquiry_is_a_point_of_the_agenda_until_it_is_answered(browser):
    enquiry = make_running(make_anna())
    page = browser.sign_in(make_bernd()).open("/konto/offene-punkte")
    assert "Hitzeaktionspläne" in page.follow("Hitzeaktionspläne").main

    answer_for(enquiry, MUENSTER, "ja", 1, None)

    assert "Hitzeaktionspläne" not in browser.open("/konto/offene-punkte").main
