"""New files and pages of a group reach who wants to hear of them, once for some minutes."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inforo import clock, jobs
from inforo.config import settings
from inforo.db import session
from inforo.groups.models import Membership
from inforo.libraries import actions as libraries
from inforo.notifications.actions import choose
from inforo.notifications.models import Event, MailOutcome, Notification, Wish
from inforo.tidings.jobs import forget_tidings, tell
from inforo.tidings.models import Tiding
from inforo.watching.models import Level
from inforo.wiki import actions as wiki
from tests.factories import actor, join, make_account, make_anna, make_bernd, make_group, watch
from tests.libraries.making import add_file, add_version
from tests.mailings.sending import mails_to, wait_for_mails
from tests.wiki.making import change, make_page


@pytest.fixture
def anna():
    return make_anna()


@pytest.fixture
def bernd():
    return make_bernd()


@pytest.fixture
def group(anna, bernd):
    return make_group("Fachkreis", audience="closed", members=(anna, bernd))


def wait(minutes: int | None = None) -> None:
    """Let the minutes pass in which acts are gathered."""
    waited = settings.mail_bundle_minutes if minutes is None else minutes
    clock.shift(clock.offset + timedelta(minutes=waited, seconds=1))
    session.commit()
    kept = list(session)
    jobs.work_all()
    session.add_all(kept)
    session.expire_all()


def told(account) -> list[str]:
    statement = select(Notification.title).where(
        Notification.account_id == account.id, Notification.event == Event.MATERIAL
    )
    return list(session.scalars(statement.order_by(Notification.id)))


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("watch", ["Neue Datei in „Fachkreis“: Protokoll"]),
        ("follow", ["Neue Datei in „Fachkreis“: Protokoll"]),
        ("normal", []),
        ("mute", []),
    ],
)
def test_a_new_file_reaches_members_by_their_level(group, anna, bernd, level, expected):
    watch(anna, group, level)
    add_file(group, by=bernd)

    wait()

    assert told(anna) == expected


def test_many_files_within_ten_minutes_are_one_notice(group, anna, bernd):
    watch(anna, group)
    choose(anna.id, Event.MATERIAL, Wish(by_mail=True))
    for number in range(4):
        add_file(group, f"Anlage {number}.txt", by=bernd)
        wait(2)
    assert told(anna) == []

    wait(3)

    assert told(anna) == ["4 neue Dateien in „Fachkreis“"]
    wait_for_mails()
    [letter] = mails_to(anna)
    assert "Anlage 0" in letter.text
    assert "Anlage 3" in letter.text


def test_what_comes_after_the_notice_is_told_in_another(group, anna, bernd):
    watch(anna, group)
    add_file(group, "Eins.txt", by=bernd)
    wait()
    add_file(group, "Zwei.txt", by=bernd)
    wait()

    assert told(anna) == [
        "Neue Datei in „Fachkreis“: Eins",
        "Neue Datei in „Fachkreis“: Zwei",
    ]


def test_nobody_is_told_of_their_own_files(group, anna, bernd):
    watch(anna, group)
    watch(bernd, group)
    add_file(group, "Von Anna.txt", by=anna)
    add_file(group, "Von Bernd.txt", by=bernd)

    wait()

    assert told(anna) == ["Neue Datei in „Fachkreis“: Von Bernd"]
    assert told(bernd) == ["Neue Datei in „Fachkreis“: Von Anna"]


def test_a_file_deleted_in_the_meantime_is_told_to_nobody(group, anna, bernd):
    watch(anna, group)
    libraries.delete(actor(bernd), add_file(group, by=bernd))

    wait()

    assert told(anna) == []


def test_the_mail_names_no_file_deleted_after_the_notice(group, anna, bernd):
    watch(anna, group)
    choose(anna.id, Event.MATERIAL, Wish(by_mail=True))
    add_file(group, "Bleibt.txt", by=bernd)
    gone = add_file(group, "Verschwindet.txt", by=bernd)
    wait()
    libraries.delete(actor(bernd), gone)

    wait_for_mails()

    [letter] = mails_to(anna)
    assert "Bleibt" in letter.text
    assert "Verschwindet" not in letter.text


def test_who_left_a_closed_group_is_not_told(group, anna, bernd):
    watch(anna, group)
    add_file(group, by=bernd)
    leave(group, anna)

    wait()

    assert told(anna) == []


@pytest.mark.parametrize("files", [1, 2])
def test_who_left_between_notice_and_mail_gets_no_mail(group, anna, bernd, files):
    watch(anna, group)
    choose(anna.id, Event.MATERIAL, Wish(by_mail=True))
    for number in range(files):
        add_file(group, f"Datei {number}.txt", by=bernd)
    wait()
    leave(group, anna)

    wait_for_mails()

    assert mails_to(anna) == []
    outcome = select(Notification.mail_outcome).where(Notification.account_id == anna.id)
    assert session.scalar(outcome) is MailOutcome.NO_RIGHT


@pytest.mark.parametrize("files", [1, 2])
def test_the_inbox_keeps_files_of_a_group_one_left_to_itself(
    browser, group, anna, bernd, files
):
    watch(anna, group)
    for number in range(files):
        add_file(group, f"Haushalt {number}.txt", by=bernd)
    wait()
    leave(group, anna)

    page = browser.sign_in(anna).open("/konto/benachrichtigungen")

    assert "Haushalt" not in page.main
    assert "Fachkreis" not in page.main


def leave(group, account) -> None:
    membership = session.scalar(
        select(Membership).where(
            Membership.group_id == group.id, Membership.account_id == account.id
        )
    )
    session.delete(membership)
    session.commit()


def test_new_pages_are_told_to_those_who_follow(group, anna, bernd):
    watch(anna, group)
    make_page(group, "Satzung", author=bernd)
    make_page(group, "Termine", author=bernd)

    wait()

    assert told(anna) == ["2 neue Seiten in „Fachkreis“"]


@pytest.mark.parametrize(("level", "number"), [("watch", 1), ("follow", 0)])
def test_edits_within_ten_minutes_are_one_notice_to_who_watches(
    group, anna, bernd, level, number
):
    page = make_page(group, "Satzung", author=bernd)
    wait()
    watch(anna, group, level)
    change(page, "Erster Stand.", author=bernd)
    change(page, "Zweiter Stand.", author=bernd)

    wait()

    assert told(anna) == ["Geänderte Seite in „Fachkreis“: Satzung"] * number


def test_who_wrote_on_a_page_hears_of_later_edits_by_others(group, anna, bernd):
    page = make_page(group, "Satzung", author=bernd)
    change(page, "Von Anna.", author=anna)
    wait()
    change(page, "Von Bernd.", author=bernd)

    wait()

    assert told(anna)[-1:] == ["Geänderte Seite in „Fachkreis“: Satzung"]
    assert told(bernd) == ["Geänderte Seite in „Fachkreis“: Satzung"]  # of what Anna wrote


def test_who_muted_the_group_hears_nothing_of_a_page_they_wrote_on(group, anna, bernd):
    page = make_page(group, "Satzung", author=anna)
    watch(anna, group, "mute")
    change(page, "Von Bernd.", author=bernd)

    wait()

    assert told(anna) == []


def test_a_page_deleted_in_the_meantime_is_told_to_nobody(group, anna, bernd):
    page = make_page(group, "Satzung", author=anna)
    change(page, "Von Bernd.", author=bernd)
    wiki.delete_page(actor(bernd), page, "Doppelt")

    wait()

    assert told(anna) == []


def test_a_new_version_reaches_who_watches_and_who_brought_the_file(group, anna, bernd):
    carla = make_account("Carla")
    join(group, carla)
    watch(carla, group, Level.WATCH)
    group_file = add_file(group, by=anna)
    wait()
    add_version(group_file, b"neu", by=bernd)

    wait()

    assert told(anna) == ["Neue Fassung in „Fachkreis“: Protokoll"]
    assert told(carla)[-1:] == ["Neue Fassung in „Fachkreis“: Protokoll"]


def test_telling_twice_tells_nobody_twice(group, anna, bernd):
    watch(anna, group)
    add_file(group, by=bernd)
    wait()
    tiding = session.scalar(select(Tiding))

    tell(tiding_id=tiding.id)

    assert len(told(anna)) == 1


def test_many_are_told_in_batches(group, bernd, monkeypatch):
    monkeypatch.setattr("inforo.tidings.jobs.BATCH", 2)
    people = [make_account(f"Mitglied {number}") for number in range(5)]
    for person in people:
        join(group, person)
        watch(person, group)
    add_file(group, by=bernd)

    wait()

    assert [len(told(person)) for person in people] == [1] * 5


def test_the_settings_offer_channels_for_files_and_pages(browser, anna):
    page = browser.sign_in(anna).open("/konto/benachrichtigungen/einstellungen")

    assert "Neue Dateien und Seiten in Gruppen, denen ich folge" in page.main


def test_tidings_are_forgotten_with_their_notifications(group, anna, bernd):
    add_file(group, by=bernd)
    clock.shift(timedelta(days=settings.keep_unread_notifications_days + 1))

    forget_tidings()

    assert session.scalar(select(func.count(Tiding.id))) == 0
