"""Titles of files: each version keeps its own, and gets it back when it is restored."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from inforo import schema
from inforo.db import session
from inforo.files import StoredFile
from inforo.groups.models import Group, GroupRole
from inforo.libraries import policy, queries
from inforo.libraries.models import FileVersion, GroupFile
from inforo.tidings.models import Tiding
from tests import factories
from tests.libraries.making import add_file, add_version, address
from tests.test_migrations import engine

__all__ = ["engine"]


@pytest.fixture
def anna():
    return factories.make_anna()


@pytest.fixture
def bernd(group):
    bernd = factories.make_bernd()
    factories.join(group, bernd)
    return bernd


@pytest.fixture
def group(anna):
    return factories.make_group("Netzwerk", members=(anna,))


@pytest.fixture
def file(group, anna):
    return add_file(group, by=anna, data=b"alt")


def rename(browser, group_file, title):
    return browser.open(f"{address(group_file)}/bearbeiten").submit("edit-file", title=title)


def history(page):
    """Return number, title and what is new of each version, the newest first."""
    rows = page.html.select("#fassungen ~ table tbody tr")
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]
    return [(row[0], row[1], row[3]) for row in cells]


def name_of(browser, group_file, number):
    answer = browser.client.get(f"{address(group_file)}/fassungen/{number}")
    return answer.headers["Content-Disposition"]


def test_renamed_file_keeps_its_earlier_title_in_the_history(browser, anna, file):
    browser.sign_in(anna)

    shown = rename(browser, file, "Niederschrift")

    assert shown.html.h1.get_text() == "Niederschrift"
    assert history(shown) == [("2", "Niederschrift", "umbenannt"), ("1", "Protokoll", "–")]
    assert "Protokoll%20%28Fassung%201%29.txt" in name_of(browser, file, 1)
    assert "Niederschrift.txt" in name_of(browser, file, 2)


def test_restoring_brings_back_content_and_title(browser, anna, file):
    add_version(file, b"neu", by=anna)
    rename(browser.sign_in(anna), file, "Niederschrift")

    shown = browser.open(address(file)).submit("restore-1")

    assert shown.html.h1.get_text() == "Protokoll"
    assert history(shown)[0] == ("4", "Protokoll", "wie Fassung 1")
    assert browser.client.get(f"{address(file)}/fassungen/4").data == b"alt"
    found = browser.open("/gruppen/netzwerk/dateien?q=protokoll")
    assert found.html.select(".library__name")
    assert not browser.open("/gruppen/netzwerk/dateien?q=niederschrift").html.select(
        ".library__name"
    )


def test_new_content_keeps_the_title_of_now(browser, anna, file):
    rename(browser.sign_in(anna), file, "Niederschrift")

    add_version(file, b"neu", by=anna)

    versions = queries.versions_of(file)
    assert [each.title for each in versions] == ["Niederschrift", "Niederschrift", "Protokoll"]


def test_saving_the_same_title_makes_no_version(browser, anna, file):
    page = browser.sign_in(anna).open(f"{address(file)}/bearbeiten")

    shown = page.submit("edit-file", description="Für alle")

    assert [row[:2] for row in history(shown)] == [("1", "Protokoll")]


def test_renaming_is_no_news_of_a_new_content(browser, anna, file):
    before = session.scalar(select(func.count(Tiding.id)))

    rename(browser.sign_in(anna), file, "Niederschrift")

    assert session.scalar(select(func.count(Tiding.id))) == before


def test_who_may_not_rename_does_not_do_so_by_restoring(
    browser, new_browser, anna, bernd, file
):
    add_version(file, b"neu", by=bernd)
    late = new_browser().sign_in(bernd).open(address(file))
    browser.sign_in(anna).open(address(file)).submit("restore-1")
    rename(browser, file, "Niederschrift")

    refused = late.submit("restore-1", status=403)

    assert "fehlt Ihnen die Berechtigung" in refused.main
    shown = new_browser().sign_in(bernd).open(address(file))
    assert shown.html.h1.get_text() == "Niederschrift"
    assert shown.html.select("#restore-2")
    assert not shown.html.select("#restore-1, #restore-3")


def test_member_restores_another_content_with_its_title(
    browser, new_browser, anna, bernd, file
):
    rename(browser.sign_in(anna), file, "Niederschrift")
    add_version(file, b"neu", by=bernd)

    shown = new_browser().sign_in(bernd).open(address(file)).submit("restore-1")

    assert shown.html.h1.get_text() == "Protokoll"


def test_only_who_edits_a_file_restores_what_renames_it(anna, bernd, group, file):
    lena, clara = factories.make_account("Lena"), factories.make_clara()
    factories.join(group, lena, GroupRole.MANAGER)
    older, other = FileVersion(file_id=1), FileVersion(file_id=2)

    def may(account):
        who, same = factories.actor(account), FileVersion(file_id=1)
        return [policy.may_restore(who, file, older, each) for each in (same, other)]

    assert may(anna) == may(lena) == [True, True]
    assert may(bernd) == [False, True]
    assert may(clara) == [False, False]


def test_version_of_an_older_program_is_called_like_its_file(browser, anna, file):
    queries.get_version(file, 1).title = ""
    session.commit()
    browser.sign_in(anna)

    assert "''Protokoll.txt" in name_of(browser, file, 1)
    shown = rename(browser, file, "Niederschrift")

    assert [row[1] for row in history(shown)] == ["Niederschrift", "Protokoll"]


def test_titles_so_far_become_those_of_the_versions(engine):  # noqa: F811 (a fixture)
    schema.upgrade(engine)
    with Session(engine) as begun:
        names = {"name": "Netz", "name_key": "netz", "slug": "netz", "purpose": "Austausch"}
        group = Group(**names, audience="closed", admission="open")
        stored = StoredFile(key="k", name="a.txt", content_type="text/plain", size=1, sha256="")
        begun.add_all([group, stored])
        begun.flush()
        group_file = GroupFile(
            group_id=group.id, title="Plan", title_key="plan", words_key="", number=2
        )
        begun.add(group_file)
        begun.flush()
        for number in (1, 2):
            given = {"group_file_id": group_file.id, "number": number}
            begun.add(FileVersion(file=stored, **given))
        begun.commit()
    scripts = ScriptDirectory.from_config(schema.alembic_config(engine))

    schema.downgrade(engine, scripts.get_revision("titles_of_versions").down_revision)
    schema.upgrade(engine)

    with engine.connect() as connection:
        titles = connection.scalars(text("SELECT title FROM group_file_versions"))
        assert list(titles) == ["Plan", "Plan"]
