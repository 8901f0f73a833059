"""House rules of templates and style sheets, as code."""

import re
from collections.abc import Iterator
from pathlib import Path

from inforo.assets import CHECKOUT

TEMPLATES = CHECKOUT / "templates"
STYLES = CHECKOUT / "static" / "css"
COMPONENT_LINES = 180  # form.html and its many kinds of fields; the others stay far below


def pages() -> Iterator[tuple[str, str]]:
    """Yield name and text of every template that becomes a page, not a mail."""
    for file in sorted(TEMPLATES.rglob("*.html")):
        if file.relative_to(TEMPLATES).parts[0] != "mail":
            yield str(file.relative_to(TEMPLATES)), file.read_text(encoding="utf-8")


def styled_classes() -> set[str]:
    """Return the classes of the web pages, and those of the sheet of PDF files."""
    files = [*STYLES.rglob("*.css"), TEMPLATES / "documents" / "document.css"]
    styles = "".join(file.read_text(encoding="utf-8") for file in files)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", styles))


def classes_of(template: str) -> set[str]:
    """Return the classes that stand there in full; what is put together ends with a dash."""
    html = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", template, flags=re.DOTALL)
    names = {name for found in re.findall(r'class="([^"]*)"', html) for name in found.split()}
    return {name for name in names if not name.endswith("-")}


def test_every_class_in_a_template_is_styled():
    known = styled_classes()

    unknown = {
        (name, missing) for name, html in pages() for missing in classes_of(html) - known
    }

    assert not unknown


def test_pages_have_no_inline_style_script_or_handler():
    """Data for machines (JSON-LD) is no script: browsers do not run it, CSP lets it be."""
    script = r"<script(?![^>]*\bsrc=)(?! type=.application/ld\+json.>)"
    inline = re.compile(rf"<style|{script}|\sstyle=|\son[a-z]+=\"", re.IGNORECASE)

    assert [name for name, html in pages() if inline.search(html)] == []


def test_every_component_is_shown_on_the_page_of_building_blocks():
    shown = "".join(html for name, html in pages() if "block" in name)

    for file in (TEMPLATES / "components").glob("[a-z]*.html"):
        assert f"components/{file.name}" in shown, file.name


def test_every_component_says_how_to_use_it():
    for file in (TEMPLATES / "components").glob("*.html"):
        text = file.read_text(encoding="utf-8")

        assert text.startswith(("{#", "<svg")), file.name
        assert text.count("\n") < COMPONENT_LINES, file.name


def test_every_style_sheet_is_in_a_layer():
    entry = (STYLES / "style.css").read_text(encoding="utf-8")
    imported = set(re.findall(r'@import "([^"]+)" layer\(\w+\)', entry))
    files = {str(Path(file).relative_to(STYLES)) for file in STYLES.rglob("*.css")}

    assert files - {"style.css"} == imported - {"../build/kern.css"}
