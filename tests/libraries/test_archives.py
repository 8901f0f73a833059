"""All files of a group in one: made by the worker, with the rights of who asked."""

import dataclasses
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from inforo import clock, jobs, storage
from inforo.db import session
from inforo.groups.models import Membership
from inforo.libraries import actions, queries
from inforo.libraries.jobs import forget_group_archives
from inforo.libraries.models import GroupArchive, GroupFile
from inforo.notifications.models import Notification
from tests import factories
from tests.libraries.making import add_file, add_version
from tests.uploads.making import make_attached


@pytest.fixture
def anna():
    return factories.make_anna()


@pytest.fixture
def group(anna):
    return factories.make_group("Netzwerk", audience="closed", members=(anna,))


def attach(group: Any, name: str, *, author: Any) -> Any:
    thread = factories.make_thread(group=group, author=author)
    return make_attached(factories.make_post(thread, "Anbei", author=author), name)


def order(browser: Any, account: Any) -> Any:
    page = browser.sign_in(account).open("/gruppen/netzwerk/dateien").submit("order-archive")
    jobs.work_all()
    return page


def unpack(browser: Any, page: Any) -> dict[str, bytes]:
    answer = browser.client.get(f"{page.url}/datei")
    assert answer.status_code == 200, answer.status
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_archive_holds_the_newest_version_of_every_file(browser, anna, group, each_storage):
    group_file = add_file(group, "Plan.txt", b"alt", by=anna)
    add_version(group_file, b"neu", by=anna)
    attach(group, "Notiz.txt", author=anna)

    page = order(browser, anna)

    assert "zusammengestellt" in page.main
    assert unpack(browser, page) == {"Notiz.txt": b"Text", "Plan.txt": b"neu"}
    assert "2 Dateien" in browser.open(page.url).main
    told = session.scalars(select(Notification.url)).all()
    assert page.url in told


def test_equal_names_are_numbered(browser, anna, group):
    for data in (b"1", b"2", b"3"):
        add_file(group, "Plan.txt", data, by=anna, title="Plan" if data != b"3" else "PLAN")

    names = unpack(browser, order(browser, anna))

    assert {name.casefold() for name in names} == {"plan.txt", "plan (2).txt", "plan (3).txt"}
    assert sorted(names.values()) == [b"1", b"2", b"3"]


def test_who_left_meanwhile_gets_no_archive(browser, anna, group):
    add_file(group, by=anna)
    browser.sign_in(anna)
    page = browser.open("/gruppen/netzwerk/dateien").submit("order-archive")
    session.execute(delete(Membership).where(Membership.account_id == anna.id))
    session.commit()

    jobs.work_all()

    archive = session.scalars(select(GroupArchive)).one()
    assert archive.file_id is None
    assert archive.contents == []
    browser.open(page.url, status=404)


def test_who_leaves_afterwards_cannot_load_it(browser, anna, group):
    add_file(group, by=anna)
    page = order(browser, anna)
    session.execute(delete(Membership).where(Membership.account_id == anna.id))
    session.commit()

    browser.open(f"{page.url}/datei", status=404)


def test_archive_with_a_file_that_was_deleted_is_not_delivered(browser, anna, group):
    group_file = add_file(group, by=anna)
    add_file(group, "Anderes.txt", by=anna)
    who, file_id = factories.actor(anna), group_file.id
    page = order(browser, anna)
    actions.delete(who, session.get(GroupFile, file_id))
    session.commit()

    browser.open(f"{page.url}/datei", status=404)
    again = browser.open(page.url).submit("order-archive")
    jobs.work_all()

    assert list(unpack(browser, again)) == ["Anderes.txt"]


def test_new_file_leaves_the_archive_as_it_is(browser, anna, group):
    add_file(group, by=anna)
    page = order(browser, anna)
    add_file(group, "Neu.txt", by=anna)

    assert list(unpack(browser, page)) == ["Protokoll.txt"]


def test_same_archive_is_made_once(browser, anna, group):
    add_file(group, by=anna)

    first = order(browser, anna)
    second = browser.open("/gruppen/netzwerk/dateien").submit("order-archive")

    assert first.url == second.url
    assert session.scalar(select(func.count(GroupArchive.id))) == 1


def test_too_much_is_refused_with_a_sentence(app, browser, anna, group, monkeypatch):
    add_file(group, data=b"x" * 60, by=anna)
    small = dataclasses.replace(app.extensions["settings"], export_max_bytes=50)
    monkeypatch.setitem(app.extensions, "settings", small)
    page = browser.sign_in(anna).open("/gruppen/netzwerk/dateien")

    refused = page.submit("order-archive", status=409)

    assert "größer als" in refused.main


def test_missing_content_is_named_in_the_archive(browser, anna, group):
    lost = add_file(group, "Weg.txt", by=anna)
    add_file(group, "Da.txt", by=anna)
    storage.remove(queries.get_version(lost, 1).file.key)

    names = unpack(browser, order(browser, anna))

    assert names["FEHLT.txt"] == b"Weg.txt"


def test_others_do_not_reach_the_archive(browser, new_browser, anna, group):
    bernd = factories.make_bernd()
    factories.join(group, bernd)
    add_file(group, by=anna)
    other = new_browser().sign_in(bernd)
    page = order(browser, anna)

    other.open(page.url, status=404)
    other.open(f"{page.url}/datei", status=404)


def test_archive_is_forgotten_after_a_week(browser, anna, group):
    add_file(group, by=anna)
    page = order(browser, anna)
    clock.shift(timedelta(days=8))

    forget_group_archives()

    assert session.scalar(select(func.count(GroupArchive.id))) == 0
    browser.sign_in(anna).open(page.url, status=404)
