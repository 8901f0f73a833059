"""`inforo check` finds what the database cannot forbid."""

from inforo import files
from inforo.db import session
from inforo.offices.models import WorkItem, WorkKind
from inforo.operation import integrity
from inforo.search import rebuild
from tests import factories


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


def test_missing_and_changed_files_are_found(app):
    missing = files.store_bytes(b"Tagesordnung\n", "tagesordnung.txt", None)
    changed = files.store_bytes(b"Protokoll\n", "protokoll.txt", None)
    session.commit()

    files.remove(missing.key)
    files.put(changed.key, b"anderes\n")

    assert list(integrity.check_files()) == [
        f"file {missing.id} (tagesordnung.txt) is missing",
        f"file {changed.id} (protokoll.txt) has changed",
    ]
