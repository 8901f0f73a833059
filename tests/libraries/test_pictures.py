"""Pictures of a group say what they show: asked, shown, changed, found."""

import io

import pytest
from sqlalchemy import func, select

from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.files import StoredFile
from inforo.groups.models import Group, GroupRole
from inforo.libraries import queries
from inforo.libraries.models import FileVersion, GroupFile, opened_path
from tests import factories
from tests.libraries.making import add_file, add_version, address
from tests.uploads.making import picture

NEW = "/gruppen/netzwerk/dateien/neu"
LIST = "/gruppen/netzwerk/dateien"
MISSING = "Beschreibung fehlt"


@pytest.fixture
def anna():
    return factories.make_anna()


@pytest.fixture
def group(anna):
    return factories.make_group("Netzwerk", members=(anna,))


@pytest.fixture
def lena(group):
    lena = factories.make_account("Lena")
    factories.join(group, lena, GroupRole.MANAGER)
    return lena


def sent(name="Plan.png", data=None):
    return (io.BytesIO(data or picture()), name)


def field_of(name):
    stored = session.scalars(select(StoredFile).where(StoredFile.name == name)).one()
    return f"description-{stored.id}"


def alternatives():
    rows = session.execute(
        select(GroupFile.title, FileVersion.alternative)
        .join(FileVersion, FileVersion.group_file_id == GroupFile.id)
        .where(FileVersion.number == GroupFile.number)
    )
    return {row.title: row.alternative for row in rows}


def read(group_file):
    """Let the worker make the small picture."""
    version = queries.get_version(group_file, group_file.number)
    process_file(key=version.file.key)
    session.expire_all()


def test_each_picture_of_several_is_asked_what_it_shows(browser, anna, group):
    page = browser.sign_in(anna).open(NEW)
    together = [sent("Plan.png"), sent("Foto.png"), sent("Liste.csv", b"a;b")]

    again = page.submit("upload-file", upload=together, description="Fachtag", status=422)

    links = {link["href"] for link in again.html.select(".error-summary a")}
    assert links == {f"#{field_of('Plan.png')}", f"#{field_of('Foto.png')}"}
    assert "Bitte beschreiben Sie, was „Foto.png“ zeigt." in again.main
    assert len(again.html.select("input[data-description]")) == 2
    assert session.scalar(select(func.count(GroupFile.id))) == 0

    words = {field_of("Plan.png"): "Ein Stadtplan", field_of("Foto.png"): "Ein Pult"}
    shown = again.submit("upload-file", **words)

    assert "3 Dateien sind da." in shown.response.text
    assert alternatives() == {"Plan": "Ein Stadtplan", "Foto": "Ein Pult", "Liste": ""}


def test_what_was_typed_stays_when_one_picture_is_left_out(browser, anna, group):
    page = browser.sign_in(anna).open(NEW)
    again = page.submit("upload-file", upload=[sent("A.png"), sent("B.png")], status=422)

    last = again.submit("upload-file", status=422, **{field_of("A.png"): "  Ein   A "})

    assert last.html.select_one(f"#{field_of('A.png')}")["value"] == "Ein A"
    assert [link["href"] for link in last.html.select(".error-summary a")] == [
        f"#{field_of('B.png')}"
    ]


def test_labels_of_several_pictures_differ(browser, anna, group):
    page = browser.sign_in(anna).open(NEW)

    again = page.submit("upload-file", upload=[sent("A.png"), sent("B.png")], status=422)

    labels = [label.get_text() for label in again.html.select("label[for^=description-]")]
    assert labels == [f"Was ist auf dem Bild zu sehen? {name}" for name in ("A.png", "B.png")]


def test_picture_just_sent_is_seen_only_by_who_sent_it(browser, new_browser, anna, lena, group):
    page = browser.sign_in(anna).open(NEW)
    again = page.submit("upload-file", upload=[sent()], status=422)
    source = again.html.select_one(".upload img")["src"]

    mine = browser.client.get(source)
    assert (mine.status_code, mine.content_type) == (200, "image/png")
    assert mine.headers["Cache-Control"] == "private, no-store"
    new_browser().sign_in(lena).open(source, status=404)


def test_picture_stands_with_its_words_wherever_it_is_shown(browser, anna, group):
    plan = add_file(group, "Plan.png", picture(), by=anna, alternative="Ein <Stadtplan>")
    read(plan)
    browser.sign_in(anna)

    on_page = browser.open(address(plan)).html.select_one("img.preview")
    in_list = browser.open(LIST).html.select_one("img.library__picture")

    assert on_page["alt"] == in_list["alt"] == "Ein <Stadtplan>"


def test_first_page_of_a_document_is_no_picture_to_describe(browser, anna, group):
    notes = add_file(group, "Notiz.txt", b"Ein paar Worte", by=anna)
    read(notes)

    page = browser.sign_in(anna).open(address(notes))

    assert page.html.select_one("img.preview")["alt"] == "Vorschau der ersten Seite: Notiz"
    assert MISSING not in page.main
    assert not browser.open(f"{address(notes)}/bearbeiten").html.select("#alternative")


def test_words_are_changed_later_and_must_not_go(browser, anna, group):
    plan = add_file(group, "Plan.png", picture(), by=anna, alternative="Ein Plan")
    page = browser.sign_in(anna).open(f"{address(plan)}/bearbeiten")
    assert page.html.select_one("#alternative")["value"] == "Ein Plan"

    refused = page.submit("edit-file", alternative=" ", status=422)
    assert "Bitte beschreiben Sie, was das Bild zeigt." in refused.main
    refused.submit("edit-file", alternative="Ein Plan der Innenstadt")

    assert alternatives() == {"Plan": "Ein Plan der Innenstadt"}
    assert len(queries.versions_of(session.get(GroupFile, plan.id))) == 1


def test_conflict_shows_both_words(browser, new_browser, anna, group):
    plan = add_file(group, "Plan.png", picture(), by=anna, alternative="Ein Plan")
    late = browser.sign_in(anna).open(f"{address(plan)}/bearbeiten")
    other = new_browser().sign_in(anna).open(f"{address(plan)}/bearbeiten")
    other.submit("edit-file", alternative="Ein Stadtplan")

    refused = late.submit("edit-file", alternative="Ein Lageplan", status=409)

    assert "Ein Stadtplan" in refused.main
    assert "Ein Lageplan" in str(refused.html)


def test_missing_words_are_shown_to_who_may_add_them(browser, new_browser, anna, lena, group):
    bernd = factories.make_bernd()
    factories.join(group, bernd)
    plan = add_file(group, "Plan.png", picture(), by=anna)

    for account in (anna, lena):
        page = new_browser().sign_in(account).open(LIST)
        assert MISSING in page.main
        page = page.follow("Beschreiben, was zu sehen ist")
        assert page.url.startswith(f"{address(plan)}/bearbeiten")
        assert MISSING in new_browser().sign_in(account).open(address(plan)).main
    for where in (LIST, address(plan)):
        assert MISSING not in new_browser().sign_in(bernd).open(where).main
    new_browser().sign_in(bernd).open(f"{address(plan)}/bearbeiten", status=403)


def test_added_words_are_missed_no_longer(browser, anna, lena, group):
    plan = add_file(group, "Plan.png", picture(), by=anna)
    page = browser.sign_in(lena).open(f"{address(plan)}/bearbeiten")

    shown = page.submit("edit-file", alternative="Ein Plan")

    assert MISSING not in shown.main
    assert MISSING not in browser.open(LIST).main


def test_new_version_with_a_picture_is_asked_what_it_shows(browser, anna, group):
    plan = add_file(group, "Plan.png", picture(), by=anna, alternative="Alt")
    page = browser.sign_in(anna).open(f"{address(plan)}/neue-fassung")

    again = page.submit("new-version", note="n", upload=sent("Neu.png"), status=422)
    assert "Bitte beschreiben Sie, was „Neu.png“ zeigt." in again.main
    again.submit("new-version", **{field_of("Neu.png"): "Neu"})

    versions = queries.versions_of(session.get(GroupFile, plan.id))
    assert [each.alternative for each in versions] == ["Neu", "Alt"]


def test_restored_picture_has_its_words_and_is_found_by_them(browser, anna, group):
    plan = add_file(group, "Plan.png", picture(), by=anna, alternative="Seerosen")
    add_version(plan, picture("blue"), by=anna, name="Plan.png", alternative="Kiesel")
    browser.sign_in(anna)
    assert not browser.open(f"{LIST}?q=seerosen").html.select(".library__name")

    browser.open(address(plan)).submit("restore-1")

    assert alternatives() == {"Plan": "Seerosen"}
    assert browser.open(f"{LIST}?q=seerosen").html.select(".library__name")
    assert not browser.open(f"{LIST}?q=kiesel").html.select(".library__name")


def test_words_are_said_of_the_picture_under_all_its_titles(browser, anna, group):
    plan = add_file(group, "Plan.png", picture(), by=anna)
    page = browser.sign_in(anna).open(f"{address(plan)}/bearbeiten")
    shown = page.submit("edit-file", title="Karte", alternative="Eine Karte")

    shown.submit("restore-1")

    assert alternatives() == {"Plan": "Eine Karte"}


def test_opened_picture_has_title_and_words_for_others(new_browser, anna, group):
    plan = add_file(group, "Plan.png", picture(), by=anna, alternative="Ein Stadtplan")
    read(plan)
    plan = session.get(GroupFile, plan.id)
    plan.group.audience, plan.opened_to = "closed", "public"
    session.commit()

    shown = new_browser().open(opened_path(plan.id, plan.title))

    assert shown.html.h1.get_text() == "Plan"
    assert shown.html.select_one("img.preview")["alt"] == "Ein Stadtplan"


def test_list_with_missing_words_costs_the_same_for_many(
    browser, anna, lena, group, count_queries
):
    add_file(group, "Eins.png", picture(), by=anna)
    browser.sign_in(lena)
    group_id = group.id
    few = count_queries(lambda: browser.open(LIST))
    again = session.get(Group, group_id)
    for number in range(5):
        add_file(again, f"Bild {number}.png", picture())

    many = count_queries(lambda: browser.open(LIST))

    assert few == many <= 12
