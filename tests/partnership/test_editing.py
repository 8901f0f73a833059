"""Editing a profile: by whom, with history, without overwriting anybody."""

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.offices.models import RoleAssignment
from inforo.partnership import queries
from inforo.partnership.models import MunicipalityProfile
from inforo.vocabularies.queries import terms
from tests import factories
from tests.partnership.making import make_profile
from tests.reference import MANNHEIM

EDIT = "/kommunen/08222000/bearbeiten"
SHOW = "/kommunen/08222000-mannheim"


@pytest.fixture
def editor(browser):
    return browser.sign_in(factories.make_profile_editor())


def block(key, name):
    [term] = [term for term in terms("building_block") if term.key == key]
    return f"{name}_{term.id}"


def test_a_profile_is_made_and_published(editor):
    page = editor.open(SHOW).follow("Profil anlegen")
    page = page.submit(
        "profile",
        motto="Alle an einen Tisch",
        portrait="Wir **arbeiten** zusammen.",
        website="https://www.mannheim.example/",
        focus=["bewegung", "pflege"],
        age_phases=["kita-alter-3-6"],
        concept_stage="im-aufbau",
        hurdles="Wenig Zeit",
        hurdles_audience="group",
        visibility="published",
        contact_1_name="Mira Amt",
        contact_1_email="mira@amt.example",
        **{
            block("netzwerke", "stage"): "aufgebaut",
            block("netzwerke", "year"): "2014",
            block("netzwerke", "note"): "46 Mitglieder",
        },
    )

    assert page.url == SHOW
    for text in (
        "Das Profil ist gespeichert.",
        "Alle an einen Tisch",
        "Bewegung",
        "Kita-Alter",
        "aufgebaut",
        "seit 2014",
        "46 Mitglieder",
        "Mira Amt",
        "Wenig Zeit",
        "Zuletzt bestätigt",
    ):
        assert text in page.main, text
    assert page.html.select_one(".prose strong").text == "arbeiten"


def test_a_draft_stays_a_draft(editor, new_browser):
    page = editor.open(EDIT).submit("profile", motto="Kanarienvogel")

    assert page.url == "/kommunen/08222000/entwurf"
    assert "Kanarienvogel" in page.main
    assert "Kanarienvogel" not in new_browser().open(SHOW).text


def test_a_published_profile_can_be_withdrawn(editor):
    make_profile()

    editor.open(EDIT).submit("profile", visibility="draft")

    assert session.get(MunicipalityProfile, MANNHEIM).published_at is None
    assert "noch nicht vorgestellt" in editor.open(SHOW).main


def test_the_form_shows_what_is_saved_and_saving_changes_nothing(editor):
    make_profile(focus=("bewegung",), blocks={"netzwerke": "geplant"}, hurdles="Zeit")

    editor.open(EDIT).submit("profile")

    session.expire_all()
    profile = session.get(MunicipalityProfile, MANNHEIM)
    assert [term.key for term in profile.terms] == ["bewegung"]
    assert [(b.block_key, b.stage) for b in profile.blocks] == [("netzwerke", "geplant")]
    assert [contact.email for contact in profile.contacts] == ["m@amt.example"]
    assert profile.hurdles == "Zeit"


def test_a_contact_without_name_is_removed(editor):
    make_profile()

    editor.open(EDIT).submit("profile", contact_1_name="")

    session.expire_all()
    assert session.get(MunicipalityProfile, MANNHEIM).contacts == []


def test_contacts_can_be_added_without_script(editor):
    page = editor.open(EDIT)
    assert not page.html.select("[name=contact_3_name]")

    page = page.submit("profile", button="add_contact", motto="Noch nicht gespeichert")

    assert page.html.select("[name=contact_3_name]")
    assert page.html.select_one("[name=motto]")["value"] == "Noch nicht gespeichert"
    page = page.submit("profile", contact_3_name="Dritte Person", visibility="published")
    assert "Dritte Person" in page.main


def test_the_preview_saves_nothing(editor):
    form = editor.open(EDIT).html.select_one("form#profile")
    token = form.select_one("[name=csrf_token]")["value"]

    response = editor.client.post(
        EDIT, data={"csrf_token": token, "portrait": "**fett**", "preview": "1"}
    )

    assert response.status_code == 200
    assert "<strong>fett</strong>" in response.text
    assert session.get(MunicipalityProfile, MANNHEIM) is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("website", "javascript:alert(1)", "https:// oder http://"),
        ("website", "ftp://x.example", "https:// oder http://"),
        ("motto", "x" * 201, "um 1 Zeichen"),
        ("contact_1_email", "keine Adresse", "E-Mail-Adresse"),
    ],
)
def test_errors_are_explained_and_nothing_is_lost(editor, field, value, message):
    page = editor.open(EDIT).submit(
        "profile", status=422, portrait="Langer Text", **{field: value}
    )

    assert message in page.main
    assert page.html.select_one("[name=portrait]").text.strip() == "Langer Text"
    assert page.html.select(".error-summary a")


def test_a_wrong_year_is_explained(editor):
    page = editor.open(EDIT).submit("profile", status=422, **{block("netzwerke", "year"): "14"})

    assert "mit vier Ziffern" in page.main


def test_scripts_in_texts_do_no_harm(editor):
    page = editor.open(EDIT).submit(
        "profile",
        portrait="<script>alert(1)</script> [x](javascript:alert(1))",
        motto="<b>x</b>",
        visibility="published",
    )

    assert "<script>alert" not in str(page.html.main)
    assert not page.html.select("a[href^='javascript']")
    assert "<b>x</b>" in page.main


def test_the_second_of_two_editors_sees_both_texts(editor, new_browser):
    make_profile(motto="Alt")
    clara = new_browser().sign_in(factories.make_clara())
    late = editor.open(EDIT)
    clara.open(EDIT).submit("profile", motto="Von Clara")

    page = late.submit("profile", status=409, motto="Von Gustav", portrait="Mein Text")

    assert "Von Clara" in page.main
    assert "Inzwischen hat jemand anderes gespeichert" in page.main
    assert page.html.select_one(".conflict__side--theirs .conflict__who").text.count("Clara")
    assert page.html.select_one("[name=motto]")["value"] == "Von Gustav"
    session.expire_all()
    assert session.get(MunicipalityProfile, MANNHEIM).motto == "Von Clara"
    assert "Von Gustav" in page.submit("profile").main


def test_changed_lists_alone_are_a_conflict_too(editor, new_browser):
    make_profile(focus=("bewegung",))
    clara = new_browser().sign_in(factories.make_clara())
    late = editor.open(EDIT)
    clara.open(EDIT).submit("profile", focus=["bewegung", "pflege"])

    page = late.submit("profile", status=409, focus=[])

    assert "Schwerpunkte" in page.html.select_one(".conflict").text


def test_two_who_begin_the_same_profile_do_not_overwrite_each_other(editor, new_browser):
    late = editor.open(EDIT)
    clara = new_browser().sign_in(factories.make_clara())
    clara.open(EDIT).submit("profile", motto="Von Clara")

    page = late.submit("profile", status=409, motto="Von Gustav")

    assert "Von Clara" in page.main


def test_the_history_shows_author_and_difference(editor):
    make_profile(motto="Gesund groß werden", blocks={"netzwerke": "geplant"})
    editor.open(EDIT).submit(
        "profile",
        motto="Gesund alt werden",
        **{block("netzwerke", "stage"): "verstetigt"},
    )

    page = editor.open("/kommunen/08222000/verlauf")

    assert page.html.find("del", string="groß")
    assert page.html.find("ins", string="alt")
    assert "Gustav" in page.main
    assert "Netzwerke" in page.main
    assert "verstetigt" in page.main
    assert "Stand vor der ersten Änderung" in page.main
    assert len(page.html.select("main section")) == 2


def test_every_save_adds_one_version(editor):
    for number in range(3):
        editor.open(EDIT).submit("profile", motto=f"Fassung {number}")

    profile = session.get(MunicipalityProfile, MANNHEIM)
    saved = queries.history(factories.actor(factories.make_frieda()), profile)
    assert [version.number for version, _ in saved] == [3, 2, 1]


def test_confirming_notes_day_and_person_and_disturbs_nobody(editor, new_browser):
    make_profile(confirmed_at=clock.now() - clock.timedelta(days=500))
    clara = new_browser().sign_in(factories.make_clara())
    writing = clara.open(EDIT)

    page = editor.open(SHOW)
    form = page.html.select_one("form[action$='/bestaetigen']")
    token = form.select_one("[name=csrf_token]")["value"]
    editor.client.post(form["action"], data={"csrf_token": token})

    page = editor.open(SHOW)
    assert "über ein Jahr" not in page.main
    assert "von Gustav" in page.main
    assert "Von Clara" in writing.submit("profile", motto="Von Clara").main


@pytest.mark.parametrize("who", ["anna", "bernd", "doris", "emil"])
def test_others_find_no_way_to_edit(browser, who):
    make_profile()
    browser.sign_in(getattr(factories, f"make_{who}")())

    page = browser.open(SHOW)

    assert "bearbeiten" not in page.main
    assert "Angaben bestätigen" not in page.main
    browser.open(EDIT, 403)
    browser.open("/kommunen/08222000/verlauf", 403)


def test_an_editor_edits_the_own_municipality_only(editor):
    editor.open("/kommunen/08215009/bearbeiten", 403)


def test_editing_needs_few_queries(editor, new_browser, count_queries):
    make_profile(focus=("bewegung", "pflege"), blocks={"netzwerke": "geplant"})
    clara = new_browser().sign_in(factories.make_clara())

    assert count_queries(lambda: clara.open(EDIT)) <= 12


def test_a_withdrawn_role_counts_at_once(editor):
    page = editor.open(EDIT)
    for assignment in session.scalars(
        select(RoleAssignment).where(RoleAssignment.municipality_ags == MANNHEIM)
    ):
        session.delete(assignment)
    session.commit()

    page.submit("profile", status=403, motto="Zu spät")
