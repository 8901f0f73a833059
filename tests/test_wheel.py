"""The wheel alone, in an environment without the checkout, is the same platform."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation

pytestmark = pytest.mark.wheel
MUST_CARRY = (
    "inforo/_templates/base.html",
    "inforo/_templates/documents/document.css",
    "inforo/pdf_renderer.py",
    "inforo/_static/build/manifest.json",
    "inforo/_static/img/favicon.svg",
    "inforo/migrations/env.py",
    "inforo/data/demo/people.json",
    "inforo/data/vocabularies.json",
    "inforo/translations/en/LC_MESSAGES/messages.mo",
)
PAGES = ("/", "/hilfe", "/konto/anmelden", "/suche?q=fruehe+hilfen", "/readyz")


@pytest.fixture(autouse=True)
def clean_slate() -> None:
    """Nothing to undo: the platform under test runs in other processes."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory) -> Installation:
    """The wheel in a new environment; the packages it needs are lent by the one we run in."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    packages = next((folder / "venv" / "lib").glob("python*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    options = ["--no-deps", "--no-index", "--no-compile", "--root-user-action=ignore"]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", *options, "-t", packages, wheel],
        check=True,
        capture_output=True,
    )
    (folder / "work").mkdir()
    return Installation(folder / "work" / "instance", (str(python), "-m", "inforo"))


def test_wheel_carries_everything_that_is_no_code(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert not [name for name in MUST_CARRY if name not in names]
    assert any(name.startswith("inforo/migrations/versions/") for name in names)
    assert any(name.startswith("inforo/data/reference/") for name in names)
    assert not any(name.startswith(("tests/", "instance/")) for name in names)


def test_installed_wheel_runs_from_its_own_files(installed):
    where = subprocess.run(
        [installed.command[0], "-c", "import inforo.app as a; print(a.folder('templates'))"],
        cwd=installed.folder,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert str(ROOT) not in where
    assert where.strip().endswith("inforo/_templates")


def test_installed_wheel_shows_the_demo(installed):
    printed = installed.run("demo")

    assert "The demo is loaded" in printed
    with installed.start() as server:
        for page in PAGES:
            assert server.get(page)[0] == 200, page
        status, start = server.get("/")
        css = start.split('rel="stylesheet"')[1].split('href="')[1].split('"')[0]
        assert server.get(css)[0] == 200
