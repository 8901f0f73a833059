"""Published examples and tools in the words of schema.org, for machines that read pages.

Only what every guest may read, too; contact persons and their addresses are left out.
"""

import json
from typing import Any

from markupsafe import Markup

from inforo.citations.works import Work
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool

# A "</script>" in a title must not end the block; the escapes mean the same in JSON.
ESCAPES = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def describe(work: Work, url: str, short_url: str) -> dict[str, Any]:
    """Return what examples and tools have in common."""
    found = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": short_url,
        "url": url,
        "name": work.title,
        "abstract": work.summary,
        "identifier": {"@type": "PropertyValue", "propertyID": "inforo", "value": work.name},
        "author": [{"@type": "Organization", "name": author} for author in work.authors],
        "publisher": {"@type": "Organization", "name": "inforo"},
        "datePublished": work.published.isoformat() if work.published else "",
        "dateModified": work.changed.isoformat() if work.changed else "",
        "version": str(work.number or ""),
        "license": work.licence_url,
        "inLanguage": "de",
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in found.items() if value}


def of_example(example: Example, work: Work, url: str, short_url: str) -> dict[str, Any]:
    found = describe(work, url, short_url)
    found["creativeWorkStatus"] = "Published"
    found["keywords"] = [term.label_de for term in example.terms]
    found["spatialCoverage"] = [
        {"@type": "AdministrativeArea", "name": place.display_name, "identifier": place.ags}
        for place in example.municipalities
    ]
    return found


def of_tool(
    tool: Tool, work: Work, url: str, short_url: str, files: list[dict[str, Any]]
) -> dict[str, Any]:
    found = describe(work, url, short_url)
    if tool.municipality:
        place = tool.municipality
        found["spatialCoverage"] = [
            {"@type": "AdministrativeArea", "name": place.display_name, "identifier": place.ags}
        ]
    if files:
        found["encoding"] = files
    return found


def block(data: dict[str, Any]) -> Markup:
    """Return JSON that may stand in a `<script>` whatever people have typed."""
    written = json.dumps(data, ensure_ascii=False)
    for letter, escape in ESCAPES.items():
        written = written.replace(letter, escape)
    return Markup(written)  # noqa: S704 (JSON without any letter HTML would read)
