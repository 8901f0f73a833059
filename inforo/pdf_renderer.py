"""The process that lays out one PDF. `pdf.py` starts it; it knows nothing of inforo.

It runs as a script of its own, so that its memory is given back, a limit of time and memory
stops a document that grows beyond all measure, and the web server never loads it. It reads
JSON (`html`, `css`, `base_url`, `assets`: name → path, `memory_mb`) from its standard input
and writes the PDF to its standard output. It opens no connection: what a document may show
are the files it is told, under `asset:<name>`.
"""

import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

VARIANT = "pdf/ua-1"
ASSET = "asset:"
TYPES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Serve the named files and nothing else, no file by its path and no address."""

    def __init__(self, assets: dict[str, str]) -> None:
        super().__init__(allowed_protocols=set())
        self.assets = assets

    def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 (weasyprint's name)
        path = self.assets.get(url.removeprefix(ASSET)) if url.startswith(ASSET) else None
        if path is None:
            raise ValueError(f"not one of our files: {url[:80]}")
        content_type = TYPES.get(Path(path).suffix, "application/octet-stream")
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": content_type})


def name_scopes(_document: Any, pdf: Any) -> None:
    """Say of each header cell whether it heads a row or a column; some readers ask for it.

    Header cells of our documents head columns in a THead, rows everywhere else.
    """
    elements = {
        item.number: item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    }
    for cell in elements.values():
        if cell["S"] == "/TH":
            row = elements[number_in(cell["P"])]
            part = elements[number_in(row["P"])]
            cell["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"


def number_in(reference: bytes) -> int:
    """Return 12 for the reference `12 0 R`."""
    return int(reference.split()[0])


def make(order: dict[str, Any]) -> bytes:
    """Return the PDF of an order."""
    fetcher = OwnFiles(order["assets"])
    fonts = FontConfiguration()
    css = CSS(string=order["css"], url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=order["html"], base_url=order["base_url"], url_fetcher=fetcher)
    made: bytes = document.write_pdf(
        stylesheets=[css],
        font_config=fonts,
        pdf_variant=VARIANT,
        pdf_tags=True,
        finisher=name_scopes,
    )
    return made


def main() -> None:
    """Read the order, keep to the limits, write the PDF."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    order = json.load(sys.stdin)
    most = order["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    sys.stdout.buffer.write(make(order))


if __name__ == "__main__":
    main()
