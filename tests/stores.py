"""A real object store in this process, and fixtures that put files into it."""

import dataclasses
import urllib.request
import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from moto.server import ThreadedMotoServer


@pytest.fixture(scope="session")
def object_store() -> Iterator[str]:
    """Return the address of an S3 store that forgets everything at the end."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def make_bucket(address: str) -> str:
    name = f"inforo-{uuid.uuid4().hex[:12]}"
    order = urllib.request.Request(f"{address}/{name}", method="PUT")  # noqa: S310 (ours)
    with urllib.request.urlopen(order, timeout=10):  # noqa: S310 (ours)
        return name


@pytest.fixture
def bucket_settings(object_store: str) -> dict[str, str]:
    """Return the settings of an installation with an empty bucket of its own."""
    return {
        "s3_bucket": make_bucket(object_store),
        "s3_endpoint": object_store,
        "s3_access_key": "somebody",
        "s3_secret_key": "a-secret-of-the-tests",
        "s3_prefix": "inforo/files",
        "s3_allow_http": "true",
    }


def use_bucket(app: Flask, given: dict[str, str], patch: pytest.MonkeyPatch) -> None:
    values = {**given, "s3_allow_http": True}
    changed = dataclasses.replace(app.extensions["settings"], **values)
    patch.setitem(app.extensions, "settings", changed)
    patch.delitem(app.extensions, "files", raising=False)


@pytest.fixture(params=["folder", "s3"])
def each_storage(
    app: Flask, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Run a test twice: with files in a folder, and in a bucket."""
    if request.param == "s3":
        use_bucket(app, request.getfixturevalue("bucket_settings"), monkeypatch)
    yield str(request.param)
    app.extensions.pop("files", None)
