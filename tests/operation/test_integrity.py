"""`inforo check` finds what the database cannot forbid."""

from inforo import clock, files, storage
from inforo.db import session
from inforo.offices.models import WorkItem, WorkKind
from inforo.operation import integrity
from inforo.search import rebuild
from tests import factories
from tests.conversations.making import make_conversation
from tests.libraries.making import add_file


def test_sound_data_give_no_finding(app):
    factories.make_thread()
    session.commit()
    rebuild.rebuild()

    found = [finding for check in integrity.CHECKS for finding in check()]

    assert found == []


def test_wrong_counter_is_found(app):
    thread = factories.make_thread()
    thread.post_count += 1
    session.commit()

    assert list(integrity.check_threads()) == [
        f"threads with a wrong number of posts: {thread.id}"
    ]


def test_foreign_answer_is_found(app):
    thread, other = factories.make_thread(), factories.make_thread()
    answer = factories.make_post(other)
    thread.answer_post_id = answer.id
    session.commit()

    assert any("not one of its posts" in finding for finding in integrity.check_threads())


def test_open_work_on_nothing_is_found(app):
    session.add(
        WorkItem(kind=WorkKind.REPORT, subject="reports:4711", title="Meldung", url="/x")
    )
    session.commit()

    assert "open work items" in next(integrity.check_subjects())


def test_file_of_a_group_without_its_newest_version_is_found(app):
    group_file = add_file(factories.make_group())
    group_file.number += 1
    session.commit()

    assert list(integrity.check_libraries()) == [
        f"files of groups with a wrong newest version: {group_file.id}"
    ]


def test_missing_and_changed_files_are_found(each_storage):
    missing = files.store_bytes(b"Tagesordnung\n", "tagesordnung.txt", None)
    changed = files.store_bytes(b"Protokoll\n", "protokoll.txt", None)
    session.commit()

    storage.remove(missing.key)
    storage.put(changed.key, b"anderes\n")

    assert list(integrity.check_files()) == [
        f"file {missing.id} (tagesordnung.txt) is missing",
        f"file {changed.id} (protokoll.txt) has changed",
    ]


def test_conversation_with_a_wrong_count_or_time_is_found():
    made = make_conversation(factories.make_anna(), factories.make_bernd())
    assert list(integrity.check_conversations()) == []

    made.message_count, made.last_message_at = 7, clock.now()
    session.commit()

    assert list(integrity.check_conversations()) == [
        f"conversations with a wrong number of messages: {made.id}",
        f"conversations with a wrong newest message: {made.id}",
    ]
