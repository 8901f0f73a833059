"""An installation whose files lie in a bucket: moved there, running, saved, restored."""

import json
import shutil

import pytest

from tests.stores import make_bucket


@pytest.fixture
def moved(demo, tmp_path, bucket_settings):
    """A copy of the demo whose files were moved into a bucket."""
    ours = demo.copy(tmp_path / "moved", **bucket_settings)
    assert " 0 were there" in ours.run("files", "copy", "s3")
    shutil.rmtree(ours.folder / "files")
    return ours


def test_moved_installation_is_sound_and_comes_back_from_a_backup(
    moved, empty, tmp_path, object_store
):
    target = tmp_path / "saved.tar.gz"
    assert moved.run("check") == "The data are sound.\n"
    moved.run("backup", str(target))
    moved.environ["INFORO_S3_BUCKET"] = make_bucket(object_store)
    assert "finding" in moved.run("check", code=1)

    moved.run("restore", str(target), "--force")

    assert moved.run("check") == "The data are sound.\n"
    empty.run("restore", str(target))
    assert empty.run("check") == "The data are sound.\n"


def test_running_platform_delivers_from_the_bucket_and_says_if_it_cannot(moved):
    with moved.start() as server:
        status, answer = server.get("/readyz")
        assert (status, json.loads(answer)["warnings"]) == (200, [])

    moved.environ["INFORO_S3_ENDPOINT"] = "http://127.0.0.1:9"
    with moved.start() as server:
        status, answer = server.get("/readyz")
        assert (status, json.loads(answer)["warnings"]) == (200, ["files"])
        assert server.get("/")[0] == 200
    assert "a-secret-of-the-tests" not in server.output


def test_restore_without_its_bucket_changes_nothing(moved, empty, tmp_path):
    target = tmp_path / "saved.tar.gz"
    moved.run("backup", str(target))
    empty.environ |= {k: v for k, v in moved.environ.items() if "_S3_" in k}
    empty.environ["INFORO_S3_BUCKET"] = "nobody-made-it"

    empty.run("restore", str(target), code=1)

    del empty.environ["INFORO_S3_BUCKET"]
    assert "Restored" in empty.run("restore", str(target))  # not in use: no row was left
