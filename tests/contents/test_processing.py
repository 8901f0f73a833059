"""What the worker does with a file, once; what it finds again; and the command."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from inforo import clock, files, jobs, storage
from inforo.contents import making, queries
from inforo.contents.cli import process as process_command
from inforo.contents.jobs import process_file, process_forgotten_files
from inforo.contents.models import FilePreview, FileText, PreviewState, TextState
from inforo.db import session
from inforo.operation import rows
from inforo.toolbox.example_parts import ExampleFile
from tests import factories
from tests.contents import made


def attach(data=b"Vertrag mit der Klinik", name="vertrag.txt", **values):
    example = factories.make_example(**values)
    stored = files.store_bytes(data, name, owner_id=None)
    session.add(ExampleFile(example_id=example.id, file=stored))
    session.commit()
    return stored


def preview_of(stored):
    return session.get(FilePreview, stored.id, populate_existing=True)


@pytest.fixture(autouse=True)
def both(each_storage):
    """Run everything here with files in a folder and in an object store."""


def test_file_is_read_and_drawn():
    stored = attach()

    process_file(key=stored.key)

    assert session.get(FileText, stored.id).text == "Vertrag mit der Klinik"
    assert preview_of(stored).state is PreviewState.TEXT
    assert storage.has(f"{stored.key}.webp")


def test_file_is_read_only_once():
    stored = attach()
    process_file(key=stored.key)
    made_at = preview_of(stored).made_at
    clock.offset = timedelta(hours=1)

    process_file(key=stored.key)

    assert preview_of(stored).made_at == made_at


def test_failure_is_remembered():
    stored = attach(made.locked_pdf("geheim"), "geheim.pdf")

    process_file(key=stored.key)
    clock.offset = timedelta(days=1)

    assert session.get(FileText, stored.id).state is TextState.REFUSED
    assert preview_of(stored).state is PreviewState.NONE
    assert queries.waiting_files() == []


def test_file_that_kills_the_worker_is_tried_three_times(monkeypatch):
    stored = attach()

    def die(*_arguments):
        raise SystemExit

    monkeypatch.setattr(making, "read", die)
    for _ in range(3):
        with pytest.raises(SystemExit):
            process_file(key=stored.key)
    clock.offset = timedelta(days=1)
    process_file(key=stored.key)

    assert preview_of(stored).attempts == 3
    assert queries.waiting_files() == []


def test_sweep_finds_what_was_lost():
    stored = attach()
    clock.offset = timedelta(hours=2)

    process_forgotten_files()
    jobs.work_all()

    assert preview_of(stored).has_picture


def test_files_nobody_shows_are_left_alone():
    files.store_bytes(b"Wort", "lose.txt", owner_id=None)
    session.commit()
    clock.offset = timedelta(hours=2)

    assert queries.waiting_files() == []


def test_deleted_file_takes_text_and_picture_along():
    stored = attach()
    key, file_id = stored.key, stored.id
    process_file(key=key)
    session.execute(delete(ExampleFile))
    session.commit()
    clock.offset = timedelta(days=2)

    files.forget_unused_files()

    assert not storage.has(key)
    assert not storage.has(f"{key}.webp")
    assert session.scalar(select(FileText).where(FileText.file_id == file_id)) is None


def test_picture_of_a_file_is_no_stray():
    stored = attach()
    process_file(key=stored.key)
    clock.offset = timedelta(days=2)

    files.forget_unused_files()

    assert storage.has(f"{stored.key}.webp")


def test_picture_without_a_file_is_a_stray():
    storage.put("ab12.webp", b"x")
    clock.offset = timedelta(days=2)

    files.forget_unused_files()

    assert not storage.has("ab12.webp")


def test_command_reads_what_waits_and_again_all(app):
    stored = attach()
    command = app.test_cli_runner()

    first = command.invoke(process_command, [])
    second = command.invoke(process_command, [])
    again = command.invoke(process_command, ["--again"])

    assert "1 files read and drawn." in first.output
    assert "0 files read and drawn." in second.output
    assert "1 files read and drawn." in again.output
    assert preview_of(stored).has_picture


def test_backup_leaves_out_what_can_be_made_anew():
    kept = {table.name for table in rows.kept_tables()}

    assert not kept & {"file_texts", "file_previews"}
