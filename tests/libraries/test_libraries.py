"""Files of a group: brought, found, changed, given versions, deleted and brought back."""

import dataclasses
import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inforo import clock, files, storage
from inforo.audit import LogEntry
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.discussions.models import Post
from inforo.groups.models import Group, GroupRole
from inforo.libraries import policy, queries
from inforo.libraries.jobs import forget_deleted_group_files
from inforo.libraries.listing import Filters
from inforo.libraries.models import FileVersion, GroupFile
from inforo.uploads.models import Attachment
from inforo.uploads.queries import used_by_group
from tests import factories
from tests.libraries.making import add_file, add_version, address

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ALL = Filters()


@pytest.fixture
def anna():
    return factories.make_anna()


@pytest.fixture
def group(anna):
    return factories.make_group("Netzwerk", members=(anna,))


def upload(data=PDF, name="Plan.pdf"):
    return (io.BytesIO(data), name)


def titles(browser, query=""):
    page = browser.open(f"/gruppen/netzwerk/dateien{query}")
    return [link.get_text() for link in page.html.select(".library__name")]


def set_limit(app, monkeypatch, **values):
    small = dataclasses.replace(app.extensions["settings"], **values)
    monkeypatch.setitem(app.extensions, "settings", small)


def test_member_uploads_a_file_and_others_of_the_group_find_it(browser, anna, group):
    page = browser.sign_in(anna).open("/gruppen/netzwerk").follow("Datei hochladen")

    shown = page.submit("upload-file", description="Für die Sitzung", **file_field(upload()))

    assert shown.html.h1.get_text() == "Plan"
    assert "Für die Sitzung" in shown.main
    assert titles(browser) == ["Plan"]
    answer = browser.client.get(f"{shown.url}/fassungen/1")
    assert answer.data == PDF
    assert "Plan.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def file_field(value):
    return {"upload": value}


def test_refused_file_is_explained_and_typed_text_stays(browser, anna, group):
    page = browser.sign_in(anna).open("/gruppen/netzwerk/dateien/neu")

    again = page.submit(
        "upload-file", title="Bericht", upload=upload(b"MZ", "a.exe"), status=422
    )

    assert again.html.select_one("#title")["value"] == "Bericht"
    assert again.html.select_one("#upload-error")
    assert session.scalar(select(func.count(GroupFile.id))) == 0


def test_good_file_is_kept_when_another_field_is_wrong(browser, anna, group):
    page = browser.sign_in(anna).open("/gruppen/netzwerk/dateien/neu")

    again = page.submit("upload-file", title="a/b", upload=upload(), status=422)
    shown = again.submit("upload-file", title="Plan B")

    assert "ist schon da" in again.main
    assert shown.html.h1.get_text() == "Plan B"


def titles_in(page) -> set[str]:
    return {name for name in ("eins", "zwei", "drei", "boese") if name in page.main}


def test_several_files_at_once_are_each_called_like_on_the_computer(browser, anna, group):
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}/dateien/neu")
    sent = [upload(b"1", "eins.txt"), upload(b"2", "zwei.txt")]

    shown = page.submit("upload-file", title="Egal", description="Zur Sitzung", upload=sent)

    assert "2 Dateien sind da." in shown.response.text
    assert titles_in(shown) == {"eins", "zwei"}
    descriptions = session.scalars(select(GroupFile.description)).all()
    assert descriptions == ["Zur Sitzung", "Zur Sitzung"]


def test_one_refused_file_of_several_costs_none_of_the_others(browser, anna, group):
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}/dateien/neu")
    sent = [upload(b"1", "eins.txt"), upload(b"MZ", "boese.exe"), upload(b"3", "drei.txt")]

    shown = page.submit("upload-file", upload=sent)

    assert "2 Dateien sind da." in shown.response.text
    assert "Nicht angenommen: boese.exe" in shown.response.text
    assert session.scalars(select(GroupFile.title)).all() == ["eins", "drei"]


def test_several_files_are_kept_when_another_field_is_wrong(browser, anna, group):
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}/dateien/neu")
    sent = [upload(b"1", "eins.txt"), upload(b"2", "zwei.txt")]

    again = page.submit("upload-file", title="a/b", upload=sent, status=422)
    assert titles_in(again) == {"eins", "zwei"}
    again.submit("upload-file", title="")

    assert session.scalars(select(GroupFile.title)).all() == ["eins", "zwei"]


def test_eleventh_file_is_refused_and_ten_are_there(browser, anna, group):
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}/dateien/neu")
    sent = [upload(b"x", f"datei{number}.txt") for number in range(11)]

    shown = page.submit("upload-file", upload=sent)

    assert "10 Dateien sind da." in shown.response.text
    assert "datei10.txt: Höchstens 10 Dateien auf einmal." in shown.response.text


def test_file_that_no_longer_fits_stops_no_other(app, browser, anna, group, monkeypatch):
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}/dateien/neu")
    set_limit(app, monkeypatch, upload_group_bytes=60)
    sent = [
        upload(b"1" * 50, "eins.txt"),
        upload(b"2" * 50, "zwei.txt"),
        upload(b"3", "drei.txt"),
    ]

    shown = page.submit("upload-file", upload=sent)

    assert "zwei.txt: Der Speicherplatz" in shown.response.text
    assert session.scalars(select(GroupFile.title)).all() == ["eins", "drei"]


def test_form_sent_twice_makes_one_file(browser, anna, group):
    page = browser.sign_in(anna).open("/gruppen/netzwerk/dateien/neu")

    first = page.submit("upload-file", upload=upload())
    second = page.submit("upload-file", upload=upload())

    assert first.url == second.url
    assert session.scalar(select(func.count(GroupFile.id))) == 1


def test_list_is_narrowed_and_ordered(browser, anna, group):
    add_file(group, "Übersicht.csv", b"a;b\n1;2\n" * 9, by=anna)
    add_file(group, "Ablauf.txt", by=anna, description="Für den Fachtag")
    add_file(group, "Plan.pdf", PDF, by=anna)
    browser.sign_in(anna)

    assert titles(browser) == ["Plan", "Ablauf", "Übersicht"]
    assert titles(browser, "?sortierung=name") == ["Ablauf", "Plan", "Übersicht"]
    assert titles(browser, "?sortierung=groesse")[0] == "Übersicht"
    assert titles(browser, "?art=tabelle") == ["Übersicht"]
    assert titles(browser, "?q=ÜBER") == ["Übersicht"]
    assert titles(browser, "?q=fachtag") == ["Ablauf"]
    assert titles(browser, "?art=unsinn&sortierung=unsinn") == ["Plan", "Ablauf", "Übersicht"]


def test_new_version_comes_to_the_front_and_the_old_one_stays(browser, anna, group):
    group_file = add_file(group, by=anna, data=b"alt")
    page = browser.sign_in(anna).open(address(group_file)).follow("Neue Fassung")

    shown = page.submit("new-version", note="Termin ergänzt", upload=upload())

    assert "2 Fassungen" in shown.main
    assert "Termin ergänzt" in shown.main
    old = browser.client.get(f"{address(group_file)}/fassungen/1")
    assert old.data == b"alt"
    assert "Protokoll%20%28Fassung%201%29.txt" in old.headers["Content-Disposition"]
    new = browser.client.get(f"{address(group_file)}/fassungen/2")
    assert "filename=protokoll.pdf" in new.headers["Content-Disposition"]


def test_old_version_is_restored_as_a_new_one(browser, anna, group):
    group_file = add_file(group, by=anna, data=b"alt")
    add_version(group_file, b"neu", by=anna)

    shown = browser.sign_in(anna).open(address(group_file)).submit("restore-1")

    assert "wie Fassung 1" in shown.main
    assert browser.client.get(f"{address(group_file)}/fassungen/3").data == b"alt"


def test_other_members_add_versions_but_do_not_rename_or_delete(browser, anna, group):
    bernd = factories.make_bernd()
    factories.join(group, bernd)
    group_file = add_file(group, by=anna)

    page = browser.sign_in(bernd).open(address(group_file))

    assert page.html.find("a", string="Neue Fassung") or "Neue Fassung" in page.main
    assert "Umbenennen" not in page.main
    browser.open(f"{address(group_file)}/bearbeiten", status=403)
    browser.open(f"{address(group_file)}/loeschen", status=403)


def test_rename_notices_somebody_elses_save(browser, new_browser, anna, group):
    group_file = add_file(group, by=anna)
    page = browser.sign_in(anna).open(f"{address(group_file)}/bearbeiten")
    other = new_browser().sign_in(anna).open(f"{address(group_file)}/bearbeiten")
    other.submit("edit-file", title="Protokoll März")

    late = page.submit("edit-file", title="Protokoll April", status=409)

    assert "Protokoll März" in late.main
    shown = late.submit("edit-file")
    assert shown.html.h1.get_text() == "Protokoll April"


def test_deleted_file_is_gone_everywhere_and_comes_back(browser, new_browser, anna, group):
    bernd = factories.make_bernd()
    factories.join(group, bernd)
    group_file = add_file(group, by=anna)
    where = address(group_file)
    page = browser.sign_in(anna).open(f"{where}/loeschen")

    page.submit("delete-file")

    assert titles(browser) == []
    for part in ("", "/fassungen/1", "/vorschau", "/bearbeiten", "/neue-fassung"):
        browser.open(where + part, status=404)
    others = new_browser().sign_in(bernd).open("/gruppen/netzwerk/dateien/geloescht")
    assert "Protokoll" not in others.main
    mine = browser.open("/gruppen/netzwerk/dateien/geloescht")
    mine.submit(f"bring-back-{group_file.id}")
    assert titles(browser) == ["Protokoll"]


def test_manager_deletes_the_file_of_another_and_the_log_names_only_the_group(
    browser, anna, group
):
    lena = factories.make_account("Lena")
    factories.join(group, lena, GroupRole.MANAGER)
    group_file = add_file(group, "Geheim.txt", by=anna)

    browser.sign_in(lena).open(f"{address(group_file)}/loeschen").submit("delete-file")

    entry = session.scalars(
        select(LogEntry).where(LogEntry.action == "delete_group_file")
    ).one()
    assert (entry.subject, entry.title) == (f"groups:{group.id}", "Netzwerk")


def test_deleted_file_goes_for_good_after_its_days(anna, group):
    group_file = add_file(group, by=anna)
    key = queries.get_version(group_file, 1).file.key
    group_file.deleted_at = clock.now()
    session.commit()

    forget_deleted_group_files()
    assert session.scalar(select(func.count(GroupFile.id))) == 1
    clock.shift(timedelta(days=31))
    forget_deleted_group_files()
    files.forget_unused_files()

    assert session.scalar(select(func.count(FileVersion.id))) == 0
    assert not storage.has(key)


def test_content_of_an_old_version_is_no_unused_file(anna, group):
    group_file = add_file(group, by=anna, data=b"alt")
    add_version(group_file, b"neu", by=anna)
    clock.shift(timedelta(days=2))

    files.forget_unused_files()

    assert files.read(queries.get_version(group_file, 1).file) == b"alt"


def test_archived_group_changes_nothing(browser, anna, group):
    group_file = add_file(group, by=anna)
    group.archived_at = clock.now()
    session.commit()
    browser.sign_in(anna)

    page = browser.open(address(group_file))

    assert "Neue Fassung" not in page.main
    for part in ("/bearbeiten", "/loeschen", "/neue-fassung"):
        browser.open(address(group_file) + part, status=403)
    browser.open("/gruppen/netzwerk/dateien/neu", status=403)
    assert browser.client.get(f"{address(group_file)}/fassungen/1").status_code == 200


def test_guests_read_the_files_of_a_public_group_without_names(browser, anna):
    public = factories.make_group("Offen", audience="public", members=(anna,))
    group_file = add_file(public, by=anna)

    page = browser.open("/gruppen/offen/dateien")

    assert "Protokoll" in page.main
    assert "Anna" not in page.main
    assert "Anna" not in browser.open(address(group_file)).main
    assert browser.client.get(f"{address(group_file)}/fassungen/1").status_code == 200


def test_group_that_closes_takes_its_files_and_pictures_along(browser, anna):
    public = factories.make_group("Offen", audience="public", members=(anna,))
    group_file = add_file(public, by=anna)
    process_file(key=queries.get_version(group_file, 1).file.key)
    picture = f"{address(group_file)}/vorschau"
    assert browser.client.get(picture).headers["Cache-Control"] == "private, no-store"

    public.audience = "closed"
    session.commit()

    for part in ("", "/vorschau", "/fassungen/1"):
        assert browser.client.get(address(group_file) + part).status_code == 302


def test_file_is_reached_only_through_its_own_group(browser, anna, group):
    other = factories.make_group("Andere", members=(anna,))
    group_file = add_file(other, by=anna)

    browser.sign_in(anna).open(f"/gruppen/netzwerk/dateien/{group_file.id}", status=404)


def test_space_of_a_group_ends(app, browser, anna, group, monkeypatch):
    set_limit(app, monkeypatch, upload_group_bytes=100)
    group_file = add_file(group, data=b"x" * 60, by=anna)
    page = browser.sign_in(anna).open("/gruppen/netzwerk/dateien/neu")

    refused = page.submit("upload-file", upload=upload(b"y" * 60, "b.txt"), status=422)

    assert "Speicherplatz dieser Gruppe ist voll" in refused.main
    version = browser.open(f"{address(group_file)}/neue-fassung")
    version.submit("new-version", note="n", upload=upload(b"y" * 60, "b.txt"), status=422)
    assert used_by_group(group.id) == 60


def test_list_says_how_much_space_is_used(browser, anna, group):
    add_file(group, data=b"x" * 2_000, by=anna)

    page = browser.sign_in(anna).open("/gruppen/netzwerk/dateien")

    assert "Belegt: 2 KB von 5" in page.main


def test_sql_and_python_agree_who_sees_a_file(anna):
    made = [
        add_file(factories.make_group(f"G{name}", audience=name, members=(anna,)), by=anna)
        for name in ("public", "members", "closed", "hidden")
    ]
    made.append(add_file(made[0].group, by=anna))
    made[-1].deleted_at = clock.now()
    session.commit()
    people = [anna, factories.make_bernd(), factories.make_applicant(), factories.make_frieda()]

    for account in people:
        who = factories.actor(account)
        statement = queries.newest(GroupFile.id).where(policy.visible_to(who))
        by_rule = {one.id for one in made if policy.may_view(who, one)}
        assert set(session.scalars(statement)) == by_rule


def test_list_costs_the_same_for_many_files(browser, anna, group, count_queries):
    add_file(group)
    group_id = group.id
    browser.sign_in(anna)
    few = count_queries(lambda: browser.open("/gruppen/netzwerk/dateien"))
    again = session.get(Group, group_id)
    for number in range(6):
        add_file(again, f"Datei {number}.txt")

    many = count_queries(lambda: browser.open("/gruppen/netzwerk/dateien"))

    assert few == many <= 12


def test_history_costs_the_same_for_many_versions(browser, anna, group, count_queries):
    group_file = add_file(group)
    browser.sign_in(anna)
    where, file_id = address(group_file), group_file.id
    few = count_queries(lambda: browser.open(where))
    again = session.get(GroupFile, file_id)
    for number in range(5):
        member = factories.make_account(f"Person {number}")
        add_version(again, b"x%d" % number, by=member)

    many = count_queries(lambda: browser.open(where))

    assert few == many <= 12


def attach(group, name="Anhang.txt", data=b"Anhang", *, author, **values):
    thread = factories.make_thread("Wie war der Fachtag?", group=group, author=author)
    post = factories.make_post(thread, "Anbei", author=author)
    stored = files.store_bytes(data, name, author.id)
    return factories.save(
        Attachment(account_id=author.id, file=stored, post_id=post.id, **values)
    )


def test_files_of_posts_stand_in_the_same_list(browser, anna, group):
    add_file(group, "Büroplan.txt", by=anna)
    attached = attach(group, "ÄRZTELISTE.txt", b"x" * 50, author=anna, description="Aus Bonn")
    browser.sign_in(anna)

    page = browser.open("/gruppen/netzwerk/dateien")

    assert "aus einem Beitrag in „Wie war der Fachtag?“" in page.main
    assert page.html.select(f"a[href='/anhaenge/{attached.id}']")
    assert titles(browser, "?q=ärzteliste") == ["ÄRZTELISTE.txt"]
    assert titles(browser, "?q=bonn") == ["ÄRZTELISTE.txt"]
    assert titles(browser, "?sortierung=name") == ["Büroplan", "ÄRZTELISTE.txt"]
    assert titles(browser, "?sortierung=groesse") == ["ÄRZTELISTE.txt", "Büroplan"]


def test_files_of_hidden_posts_and_removed_ones_are_in_no_list(browser, anna, group):
    hidden, removed = attach(group, author=anna), attach(group, author=anna)
    session.get(Post, hidden.post_id).hidden_at = clock.now()
    removed.removed_at = clock.now()
    session.commit()

    page = browser.sign_in(anna).open("/gruppen/netzwerk/dateien")

    assert titles(browser) == []
    assert "0 Dateien" in page.main


def test_files_of_posts_count_for_the_space_of_the_group(
    app, browser, anna, group, monkeypatch
):
    set_limit(app, monkeypatch, upload_group_bytes=100)
    attach(group, data=b"x" * 60, author=anna)
    page = browser.sign_in(anna).open("/gruppen/netzwerk/dateien/neu")

    page.submit("upload-file", upload=upload(b"y" * 60, "b.txt"), status=422)


def test_pages_of_the_list_are_complete_and_without_repeats(
    app, browser, anna, group, monkeypatch
):
    set_limit(app, monkeypatch, page_size=2)
    add_file(group, "Eins.txt", by=anna)
    attach(group, "Zwei.txt", author=anna)
    add_file(group, "Drei.txt", by=anna)
    browser.sign_in(anna)

    shown = titles(browser) + titles(browser, "?seite=2")

    assert sorted(shown) == ["Drei", "Eins", "Zwei.txt"]
    assert titles(browser, "?seite=99") == []


def test_silenced_people_change_nothing(anna, group):
    group_file = add_file(group, by=anna)
    who = dataclasses.replace(factories.actor(anna), is_silenced=True)

    assert not policy.may_upload(who, group)
    assert not policy.may_add_version(who, group_file)
    assert not policy.may_edit(who, group_file)
    assert policy.may_view(who, group_file)
