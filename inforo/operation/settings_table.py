"""`python -m inforo.operation.settings_table` writes the table of docs/operations.md."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from inforo.defaults import Settings

DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "operations.md"
PLACE = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)


def table() -> str:
    """Return all settings as a Markdown table: name, default, meaning."""
    return "\n".join(lines()) + "\n"


def lines() -> Iterator[str]:
    yield "| setting | default | meaning |"
    yield "| --- | --- | --- |"
    for known in fields(Settings):
        yield f"| `{known.name}` | {shown(known.default)} | {known.metadata['about']} |"


def shown(default: Any) -> str:
    """Write a default as it would stand in settings.toml."""
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f'`"{default}"`' if isinstance(default, str) else f"`{default}`"


def main() -> None:
    """Put the table into the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(PLACE.sub(lambda _match: table(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
