"""The pages of an example and of a tool, their files, and the Merkliste."""

import io

import pytest
from sqlalchemy import select

from inforo import clock, files
from inforo.authz import GUEST
from inforo.db import session
from inforo.toolbox import policy, queries
from inforo.toolbox.example_parts import ExampleCriterion, ExampleFile
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleKind, ExampleState, MeasureStatus
from inforo.toolbox.tool_models import Tool, ToolFile
from inforo.vocabularies.models import Term
from tests import factories
from tests.reference import MUENSTER

FULL = {
    "problem": "Viele Familien kommen **nicht** an.",
    "approach": "- erster Schritt\n- zweiter Schritt",
    "obstacles": "Vertretung im Sommer",
    "lessons": "Früher die Klinik fragen",
    "organisation_name": "Stadt Mannheim, Jugendamt",
    "contact_name": "Ute Beispiel",
    "contact_function": "Koordination Frühe Hilfen",
    "contact_email": "ute.beispiel@stadt.example",
    "contact_phone": "0621 1234-5",
    "costs_per_year": 48000,
    "measure_status": MeasureStatus.RUNNING,
    "started": "2019",
}


def terms(*keys):
    return list(session.scalars(select(Term).where(Term.key.in_(keys))))


def address(example):
    return f"/werkzeugkiste/beispiele/{example.id}-babybegruessung-mit-hausbesuch"


def attach(example, data=b"Konzept", name="konzept für alle.txt"):
    stored = files.store_bytes(data, name, owner_id=None)
    session.add(ExampleFile(example_id=example.id, file=stored, title="Konzept"))
    session.commit()
    session.expire(example)
    return example.files[0]


def make_tool_with_file(**values):
    tool = factories.make_tool(**values)
    stored = files.store_bytes(b"Vorlage", "vorlage.txt", owner_id=None)
    session.add(
        ToolFile(tool_id=tool.id, file=stored, number=1, published_at=tool.published_at)
    )
    session.commit()
    session.expire(tool)
    return tool


def test_example_page_answers_what_readers_ask(browser):
    example = factories.make_example(terms=terms("kita-alter-3-6", "fruehe-hilfen"), **FULL)

    page = browser.open(address(example))

    for words in (
        "Stadt Mannheim, Jugendamt",
        "seit 2019",
        "48.000 €",
        "Kita-Alter",
        "Vertretung im Sommer",
        "Zitiervorschlag",
    ):
        assert words in page.main, words
    assert page.html.select_one("#ausgangslage strong").text == "nicht"
    assert page.html.select_one("a[href='/kommunen/08222000-mannheim']")
    assert page.html.select_one("a[href^='/diskussionen/neu?title=']")


def test_table_of_contents_names_only_what_is_there(browser):
    example = factories.make_example(problem="Es gab eins.")

    page = browser.open(address(example))
    anchors = [link["href"] for link in page.html.select("nav a[href^='#']")]

    assert "#ausgangslage" in anchors
    assert "#uebertragung" not in anchors
    assert all(
        page.html.select_one(f"main {anchor}") for anchor in anchors if anchor != "#main"
    )


def test_guest_sees_who_to_ask_but_no_address(browser):
    example = factories.make_example(**FULL)

    page = browser.open(address(example))

    assert "Ute Beispiel" in page.main
    assert "nach der Anmeldung" in page.main
    assert "ute.beispiel@" not in page.response.text
    assert "0621 1234-5" not in page.response.text


def test_member_sees_the_address(browser):
    example = factories.make_example(**FULL)

    page = browser.sign_in(factories.make_anna()).open(address(example))

    assert "ute.beispiel@stadt.example" in page.main


def test_applicant_sees_no_address(browser):
    example = factories.make_example(**FULL)

    page = browser.sign_in(factories.make_applicant()).open(address(example))

    assert "ute.beispiel@" not in page.response.text


def test_criteria_show_level_and_reason_highlighted_first(browser):
    example = factories.make_example(
        criteria=[
            ExampleCriterion(criterion_key="zielgruppenbezug", position=0, level=2),
            ExampleCriterion(
                criterion_key="empowerment",
                position=3,
                level=4,
                reason="Mütter leiten selbst.",
                is_highlighted=True,
            ),
        ]
    )

    page = browser.open(address(example))
    rows = [row.get_text(" ", strip=True) for row in page.html.select("#kriterien tr")]

    assert rows[0].startswith("Empowerment besonders gelungen Mütter leiten selbst.")
    assert rows[0].endswith("4/4")
    assert rows[1].startswith("Zielgruppenbezug")


def test_failed_example_says_so_kindly(browser):
    example = factories.make_example(kind=ExampleKind.FAILED)

    page = browser.open(address(example))

    assert "Das hat nicht funktioniert" in page.main
    assert "Danke an alle" in page.main


def test_old_address_leads_to_the_current_one(browser):
    example = factories.make_example()

    for path in (f"{example.id}", f"{example.id}-frueherer-titel"):
        answer = browser.client.get(f"/werkzeugkiste/beispiele/{path}")
        assert answer.status_code == 301
        assert answer.location == address(example)


def test_hidden_example_and_missing_example_look_alike(browser):
    hidden = factories.make_example("KANARIE-1", state=ExampleState.SUBMITTED)

    for example_id in (hidden.id, 999_999, 2**70):
        page = browser.open(f"/werkzeugkiste/beispiele/{example_id}", status=404)
        assert "KANARIE" not in page.response.text


def test_example_page_needs_few_queries(browser, count_queries):
    example = factories.make_example(terms=terms("kita", "kinder"), **FULL)
    browser.open(address(example))
    few = count_queries(lambda: browser.open(address(example)))
    for number in range(3):
        tool = factories.make_tool(f"Werkzeug {number}")
        tool.examples = [example]
        attach(example, name=f"datei{number}.txt")
    session.commit()

    assert few == count_queries(lambda: browser.open(address(example))) <= 8


def test_public_file_is_delivered_safely_and_counted(browser):
    example = factories.make_example()
    attached = attach(example)

    answer = browser.client.get(f"/werkzeugkiste/beispiele/{example.id}/dateien/{attached.id}")

    assert answer.data == b"Konzept"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert (
        "filename*=UTF-8''konzept%20f%C3%BCr%20alle.txt"
        in answer.headers["Content-Disposition"]
    )
    assert session.get(ExampleFile, attached.id, populate_existing=True).downloads == 1


def test_unchanged_file_is_not_sent_again_nor_counted(browser):
    example = factories.make_example()
    attached = attach(example)
    url = f"/werkzeugkiste/beispiele/{example.id}/dateien/{attached.id}"
    etag = browser.client.get(url).headers["ETag"]

    answer = browser.client.get(url, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.data) == (304, b"")
    assert session.get(ExampleFile, attached.id, populate_existing=True).downloads == 1


def test_file_of_a_draft_is_for_its_author(browser, new_browser):
    example = factories.make_example(state=ExampleState.DRAFT)
    attached = attach(example)
    url = f"/werkzeugkiste/beispiele/{example.id}/dateien/{attached.id}"

    answer = new_browser().sign_in(example.author).client.get(url)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert browser.client.get(url).status_code == 404
    assert browser.sign_in(factories.make_bernd()).client.get(url).status_code == 404


def test_file_is_found_under_its_own_example_only(browser):
    example, other = factories.make_example(), factories.make_example()
    attached = attach(example)

    browser.open(f"/werkzeugkiste/beispiele/{other.id}/dateien/{attached.id}", status=404)


def test_tool_page_offers_its_newest_file(browser):
    tool = make_tool_with_file(context="In vier Sitzungen entstanden.")
    stored = files.store_bytes(b"Neue Vorlage", "vorlage2.txt", owner_id=None)
    session.add(ToolFile(tool_id=tool.id, file=stored, number=2, published_at=clock.now()))
    session.commit()

    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}")
    assert "In vier Sitzungen entstanden." in page.main
    assert "CC BY 4.0" in page.main
    assert "Fassung 1" in page.main
    link = page.html.select_one("main a.kern-btn--primary")["href"]

    assert browser.client.get(link).data == b"Neue Vorlage"
    assert "1-mal heruntergeladen" in browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}").main


def test_tool_page_says_what_its_licence_allows(browser):
    tool = make_tool_with_file(licence="CC BY-NC 4.0")

    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}")

    link = page.html.select_one("dd a[rel=license]")
    assert link["href"] == "https://creativecommons.org/licenses/by-nc/4.0/"
    assert "nichts damit verdienen" in page.main


def test_licence_that_is_none_of_ours_is_named_as_it_is(browser):
    tool = make_tool_with_file(licence="Datenlizenz Deutschland")

    page = browser.open(f"/werkzeugkiste/werkzeuge/{tool.id}")

    assert "Datenlizenz Deutschland" in page.main
    assert not page.html.select("dd a[rel=license]")


def test_files_of_an_example_say_what_one_may_do(browser):
    example = factories.make_example()
    attach(example)

    assert "wenn Sie die Herkunft nennen" in browser.open(address(example)).main


def test_forms_explain_the_licences(browser):
    page = browser.sign_in(factories.make_anna()).open("/werkzeugkiste/werkzeuge/beitragen")

    assert "Was bedeuten die Lizenzen?" in page.main
    assert "ohne jemanden zu nennen" in page.main


def test_unpublished_tool_is_there_for_author_and_office_only(browser):
    author = factories.make_anna()
    tool = make_tool_with_file(published_at=None, author_id=author.id)
    url = f"/werkzeugkiste/werkzeuge/{tool.id}"

    browser.open(url, status=404)
    browser.open(f"{url}/datei/1", status=404)
    assert "noch geprüft" in browser.sign_in(author).open(url).main
    assert "Mustervereinbarung" not in browser.open("/werkzeugkiste/werkzeuge/").main


def test_tools_are_filtered_by_kind_and_words(browser):
    factories.make_tool("Vereinbarung Übergang")
    factories.make_tool("Fragebogen Eltern", category_key="fragebogen-bestandsaufnahme")

    page = browser.open("/werkzeugkiste/werkzeuge/?q=UEBERGANG")
    assert "Vereinbarung Übergang" in page.main
    assert "Fragebogen Eltern" not in page.main
    page = browser.open("/werkzeugkiste/werkzeuge/?werkzeugart=fragebogen-bestandsaufnahme")
    assert "Fragebogen Eltern" in page.main
    assert "Vereinbarung Übergang" not in page.main


def test_tool_list_needs_a_constant_number_of_queries(browser, count_queries):
    make_tool_with_file()
    browser.open("/werkzeugkiste/werkzeuge/")
    few = count_queries(lambda: browser.open("/werkzeugkiste/werkzeuge/"))
    for number in range(5):
        make_tool_with_file(title=f"Werkzeug {number}")
    browser.open("/werkzeugkiste/werkzeuge/")

    assert few == count_queries(lambda: browser.open("/werkzeugkiste/werkzeuge/")) <= 8


PEOPLE = {
    "guest": lambda: GUEST,
    "applicant": lambda: factories.actor(factories.make_applicant()),
    "anna": lambda: factories.actor(factories.make_anna()),
    "bernd": lambda: factories.actor(factories.make_bernd()),
    "clara": lambda: factories.actor(factories.make_clara()),
    "doris": lambda: factories.actor(factories.make_doris()),
    "luise": lambda: factories.actor(factories.make_luise()),
    "emil": lambda: factories.actor(factories.make_emil()),
    "frieda": lambda: factories.actor(factories.make_frieda()),
}


@pytest.mark.parametrize("person", PEOPLE)
def test_rule_and_select_agree_for_everybody_and_every_state(person):
    actor = PEOPLE[person]()
    for state in ExampleState:
        factories.make_example(f"BW {state}", state=state)
        factories.make_example(f"NW {state}", state=state, municipality=MUENSTER)
        if actor.account_id:
            factories.make_example(f"own {state}", state=state, author_id=actor.account_id)
    for land in ("BW", "NW"):
        factories.make_tool(f"offen {land}", state_code=land)
        factories.make_tool(f"geprüft {land}", state_code=land, published_at=None)
        factories.make_tool(
            f"own {land}", state_code=land, published_at=None, author_id=actor.account_id
        )

    examples = session.scalars(select(Example)).all()
    by_sql = set(session.scalars(select(Example.id).where(policy.visible_to(actor))))
    assert {e.id for e in examples if policy.may_view(actor, e)} == by_sql
    tools = session.scalars(select(Tool)).all()
    by_sql = set(session.scalars(select(Tool.id).where(policy.tools_visible_to(actor))))
    assert {t.id for t in tools if policy.may_view_tool(actor, t)} == by_sql


def test_tools_of_a_municipality_are_published_ones():
    tool = factories.make_tool()
    factories.make_tool("Entwurf", published_at=None)

    assert [t.id for t in queries.tools_of_municipality(GUEST, tool.municipality_ags)] == [
        tool.id
    ]


def test_contributed_tool_waits_for_the_office(browser, new_browser):
    bruno = factories.make_account("Bruno", municipality="08215009")
    browser.sign_in(bruno)
    page = browser.open("/werkzeugkiste/werkzeuge/").follow("Werkzeug beitragen")
    assert page.submit("new-tool", status=422).has_form("new-tool")

    page.submit(
        "new-tool",
        title="Checkliste Hausbesuch",
        category_key="checkliste",
        summary="Zwölf Fragen vor dem ersten Besuch.",
        upload=(io.BytesIO(b"1. Termin"), "checkliste.txt"),
    )
    tool = session.scalars(select(Tool)).one()
    assert tool.published_at is None
    clara = new_browser().sign_in(factories.make_clara())
    clara.open(f"/arbeitskorb/werkzeuge/{tool.id}").submit("publish")

    assert session.get(Tool, tool.id, populate_existing=True).published_at
    assert "Checkliste Hausbesuch" in new_browser().open("/werkzeugkiste/werkzeuge/").main


def test_office_of_another_land_does_not_see_a_submitted_tool(browser):
    tool = factories.make_tool("KANARIE-4", published_at=None)
    browser.sign_in(factories.make_doris())

    page = browser.open(f"/arbeitskorb/werkzeuge/{tool.id}", status=404)

    assert "KANARIE" not in page.response.text
