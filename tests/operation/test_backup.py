"""A backup comes back complete, in either database, or not at all."""

import json
import sqlite3
import tarfile
from contextlib import closing

import pytest

from tests.installation import Installation


def manifest_of(path):
    with tarfile.open(path) as tar:
        return json.loads(tar.extractfile("manifest.json").read())


@pytest.fixture(scope="module")
def saved(demo, tmp_path_factory):
    path = tmp_path_factory.mktemp("backups") / "monday.tar.gz"
    assert " rows in " in demo.run("backup", str(path))
    return path


def test_backup_holds_rows_files_and_no_secrets(saved, demo):
    manifest = manifest_of(saved)

    with tarfile.open(saved) as tar:
        names = tar.getnames()

    assert manifest["tables"]["accounts"][0] > 100
    assert manifest["tables"]["municipalities"][0] > 11_000
    assert manifest["files"]
    assert not any("secret" in name or name.endswith(".toml") for name in names)
    assert "login_sessions" not in manifest["tables"]
    assert saved.stat().st_mode & 0o077 == 0


def test_restored_sqlite_is_sound_and_the_same(saved, empty, tmp_path):
    assert "Restored" in empty.run("restore", str(saved))

    assert empty.run("check") == "The data are sound.\n"
    empty.run("backup", str(tmp_path / "again.tar.gz"))
    again = manifest_of(tmp_path / "again.tar.gz")
    assert again["tables"] == manifest_of(saved)["tables"]
    assert again["files"] == manifest_of(saved)["files"]


def test_forced_restore_replaces_the_log_and_guards_it_again(saved, empty):
    empty.run("restore", str(saved))
    assert "Restored" in empty.run("restore", str(saved), "--force")

    with (
        closing(sqlite3.connect(empty.folder / "inforo.db")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="never change"),
    ):
        connection.execute("DELETE FROM log_entries")


def test_restored_postgres_is_sound_and_the_same(saved, postgres_url, tmp_path):
    other = Installation(tmp_path / "other", database_url=postgres_url)

    other.run("restore", str(saved))

    assert other.run("check") == "The data are sound.\n"
    other.run("backup", str(tmp_path / "again.tar.gz"))
    assert manifest_of(tmp_path / "again.tar.gz")["tables"] == manifest_of(saved)["tables"]
    assert "was up to date" in other.run("db", "upgrade")
    assert "Restored" in other.run("restore", str(saved), "--force")
    assert other.run("check") == "The data are sound.\n"


def test_restore_spares_an_installation_in_use(saved, demo):
    error = demo.run("restore", str(saved), code=1)

    assert "--force" in error


def test_damaged_backup_is_refused(saved, empty, tmp_path):
    damaged = tmp_path / "damaged.tar.gz"
    with tarfile.open(saved) as old, tarfile.open(damaged, "w:gz") as new:
        for member in old.getmembers():
            if member.name != "tables/posts.jsonl":
                new.addfile(member, old.extractfile(member))

    assert "posts.jsonl is missing" in empty.run("restore", str(damaged), code=1)
    damaged.write_bytes(saved.read_bytes()[:10_000])
    assert "not a readable backup" in empty.run("restore", str(damaged), code=1)


def test_backup_never_overwrites(saved, demo):
    assert "exists already" in demo.run("backup", str(saved), code=1)
