"""Files in a folder and in an object store: written, read, listed, moved, out of reach."""

import dataclasses
import stat

import pytest

from inforo import files, storage
from inforo.config import UnsafeSettings, load
from inforo.config import settings as current
from inforo.contents.cli import copy as copy_command
from inforo.contents.jobs import process_file
from inforo.contents.models import FilePreview
from inforo.db import session
from inforo.toolbox.example_parts import ExampleFile
from tests import factories
from tests.installation import free_port
from tests.stores import use_bucket

KEYS = ("s3_access_key", "s3_secret_key")
SECRET = "a secret of the test suite, long enough"


@pytest.fixture
def unreachable(app, bucket_settings, monkeypatch):
    """Let the bucket be on a machine that does not answer."""
    nobody = f"http://127.0.0.1:{free_port()}"
    use_bucket(app, {**bucket_settings, "s3_endpoint": nobody}, monkeypatch)
    yield
    app.extensions.pop("files", None)


def test_content_is_written_read_and_removed(each_storage):
    storage.put("ab12", b"Tagesordnung")

    assert storage.read("ab12") == b"Tagesordnung"
    assert b"".join(storage.stream("ab12")) == b"Tagesordnung"
    storage.remove("ab12")
    storage.remove("ab12")
    assert not storage.has("ab12")


def test_missing_content_is_a_missing_file(each_storage):
    with pytest.raises(FileNotFoundError):
        storage.read("ab13")
    with pytest.raises(FileNotFoundError):
        storage.stream("ab13")


def test_listing_names_all_content(each_storage, monkeypatch):
    monkeypatch.setattr(storage, "LISTED", 2)
    before = {path for page in storage.pages(storage.storage()) for path, _size, _at in page}
    for number in range(5):
        storage.put(f"cd{number}", b"x" * number)

    listed = [item for page in storage.pages(storage.storage()) for item in page]

    new = {path: size for path, size, _at in listed if path not in before}
    assert new == {f"cd/cd{number}": number for number in range(5)}


def test_delivered_file_is_the_stored_one(each_storage):
    stored = files.store_bytes(b"Protokoll " * 100_000, "protokoll.txt", None)
    session.commit()

    answer = files.deliver(stored)

    assert b"".join(answer.response) == b"Protokoll " * 100_000
    assert answer.content_length == stored.size


def test_copying_can_be_stopped_and_goes_on(app, bucket_settings, monkeypatch):
    use_bucket(app, bucket_settings, monkeypatch)
    here, there = storage.local(), storage.bucket()
    for number in range(4):
        storage.put_into(here, f"ef/ef{number}", b"Inhalt")

    interrupted = storage.copy_all(here, there)
    next(interrupted), next(interrupted)
    interrupted.close()
    rest = list(storage.copy_all(here, there))

    assert [is_new for is_new, _size in rest].count(False) == 2
    assert storage.read("ef3") == b"Inhalt"
    assert not any(is_new for is_new, _size in storage.copy_all(here, there))
    app.extensions.pop("files", None)


def test_command_copies_out_of_the_bucket(app, bucket_settings, monkeypatch):
    use_bucket(app, bucket_settings, monkeypatch)
    storage.put("0abc", b"Inhalt")

    told = app.test_cli_runner().invoke(copy_command, ["folder"])
    again = app.test_cli_runner().invoke(copy_command, ["folder"])

    assert "1 files copied" in told.output
    assert "0 files copied (0.0 MB), 1 were there." in again.output
    copied = storage.folder() / "0a" / "0abc"
    assert copied.read_bytes() == b"Inhalt"
    assert stat.S_IMODE(copied.stat().st_mode) == 0o600
    app.extensions.pop("files", None)


def test_copying_needs_a_bucket(app):
    told = app.test_cli_runner().invoke(copy_command, ["s3"])

    assert told.exit_code == 1
    assert "s3_bucket" in str(told.exception)


def test_store_out_of_reach_is_told_without_its_address(unreachable, browser):
    example = factories.make_example()
    row = files.StoredFile(
        key="ab" * 16, name="a.txt", content_type="text/plain", size=1, sha256="0" * 64
    )
    session.add(ExampleFile(example_id=example.id, file=row))
    session.commit()
    attached = session.query(ExampleFile).one()

    address = f"/werkzeugkiste/beispiele/{example.id}/dateien/{attached.id}"
    page = browser.open(address, status=503)

    assert "Die Dateien sind gerade nicht zu erreichen" in page.text
    assert "127.0.0.1" not in page.text


def test_readiness_warns_but_goes_on(unreachable, app):
    answer = app.test_client().get("/readyz").json

    assert answer["warnings"] == ["files"]
    assert "files" not in answer["problems"]


def test_readiness_notices_a_missing_bucket(app, bucket_settings, monkeypatch):
    use_bucket(app, bucket_settings, monkeypatch)
    assert storage.is_reachable()

    use_bucket(app, {**bucket_settings, "s3_bucket": "somebody-elses"}, monkeypatch)

    assert not storage.is_reachable()


def test_missing_bucket_refuses_content(app, bucket_settings, monkeypatch):
    use_bucket(app, {**bucket_settings, "s3_bucket": "not-made-yet"}, monkeypatch)

    with pytest.raises(storage.StorageUnreachable):
        storage.put("ab12", b"x")
    app.extensions.pop("files", None)


def test_outage_does_not_use_up_the_attempts_of_a_file(app, bucket_settings, monkeypatch):
    stored = files.store_bytes(b"Wort", "wort.txt", None)
    session.commit()
    nobody = f"http://127.0.0.1:{free_port()}"
    use_bucket(app, {**bucket_settings, "s3_endpoint": nobody}, monkeypatch)

    with pytest.raises(storage.StorageUnreachable):
        process_file(key=stored.key)

    assert session.get(FilePreview, stored.id).attempts == 0
    app.extensions.pop("files", None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"s3_bucket": "b"}, "s3_access_key"),
        (
            {"s3_bucket": "b", "s3_endpoint": "http://s3.example"} | dict.fromkeys(KEYS, "x"),
            "https",
        ),
    ],
)
def test_half_a_bucket_is_refused(tmp_path, given, message):
    values = {"mode": "test", "secret_key": SECRET, "instance_path": str(tmp_path), **given}

    with pytest.raises(UnsafeSettings, match=message):
        load(values, environ={})


def test_secrets_are_not_printed():
    shown = repr(dataclasses.replace(current._get_current_object(), s3_secret_key="geheim1"))

    assert "geheim1" not in shown
    assert SECRET not in shown
    assert "s3_bucket" in shown
