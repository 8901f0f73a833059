"""PDF files from templates: tagged (PDF/UA-1), with our own fonts, without any network.

`render("papers/profile.pdf.html", example=…)` fills a template that extends
`documents/base.html` and lays it out with weasyprint (extra `pdf`) in a process of its own
(`pdf_renderer.py`): 0.7 seconds for a page, of which 0.45 are its start; 12 seconds and
340 MB for 240 pages. So one example is made while the reader waits, everything longer by
the worker (slice documents). Without the extra, or without Pango, `Unavailable` says so.
"""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from flask import current_app, has_request_context
from pypdf import PdfReader

from inforo import assets
from inforo.config import settings
from inforo.errors import DomainError
from inforo.i18n import _, language

log = logging.getLogger(__name__)
RENDERER = Path(__file__).with_name("pdf_renderer.py")
STYLE = "documents/document.css"
FONTS = ("figtree-latin-wght-normal.woff2", "figtree-latin-ext-wght-normal.woff2")
# A page takes most of a processor for a second. In a web process one is made while one
# reader waits: so of its four threads two stay free for pages, however many ask for files.
READER_PATIENCE_SECONDS = 3
WORKER_PATIENCE_SECONDS = 60
RETRY_AFTER = 10
PROBE_SECONDS = 30
# What the process needs from its surroundings.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "FONTCONFIG_PATH", "XDG_CACHE_HOME")
places = BoundedSemaphore(1)
queue = BoundedSemaphore(2)  # the one that is made, and the reader who waits


class Unavailable(DomainError):
    """This installation makes no PDF files."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _(
                "Diese Installation kann keine PDF-Dateien erstellen, weil ein Programmteil "
                "fehlt. Nutzen Sie bitte die Druckansicht Ihres Browsers oder eine der anderen "
                "Dateiarten; der Betrieb kann den Teil nachrüsten."
            )
        )


class Busy(DomainError):
    """Others have documents made at this moment."""

    status = 503
    retry_after = RETRY_AFTER

    def __init__(self) -> None:
        super().__init__(
            _(
                "Gerade werden sehr viele Dokumente erstellt. Bitte versuchen Sie es in einer "
                "Minute noch einmal."
            )
        )


class TooLarge(DomainError):
    """The document is beyond the limits of time, memory or length."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "Dieses Dokument ist zu umfangreich für eine PDF-Datei. Bitte teilen Sie es "
                "auf, zum Beispiel in zwei Sammlungen."
            )
        )


@cache
def is_available() -> bool:
    """Tell whether weasyprint and the libraries below it are there; asked once per process."""
    if find_spec("weasyprint") is None:
        return False
    try:
        done = run_python("-c", "import weasyprint", seconds=PROBE_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        log.warning("could not find out whether PDF files can be made", exc_info=True)
        return False
    if done.returncode:
        log.warning("weasyprint is installed but does not start: %s", last_line(done.stderr))
    return done.returncode == 0


def render(template: str, **context: Any) -> bytes:
    """Return the PDF of a template. It extends `documents/base.html`, see there.

    Raises Unavailable, Busy, or TooLarge; each is a sentence for the reader. A view fills
    the template, ends its transaction, and has the file made then (`fill`, `from_html`).
    """
    return from_html(fill(template, **context))


def fill(template: str, **context: Any) -> str:
    """Return the page a PDF is made of."""
    return current_app.jinja_env.get_template(template).render(locale=language(), **context)


def from_html(html: str) -> bytes:
    """Return the PDF of a complete page that brings `lang` and `title`. Needs no database."""
    if not is_available():
        raise Unavailable
    if len(html) > settings.pdf_max_characters:
        raise TooLarge
    with place():
        return run_renderer(html)


@contextmanager
def place() -> Iterator[None]:
    """Wait for one's turn; raise Busy rather than keep the threads of the web waiting."""
    is_web = has_request_context()
    patience = READER_PATIENCE_SECONDS if is_web else WORKER_PATIENCE_SECONDS
    if not queue.acquire(blocking=not is_web, timeout=None if is_web else patience):
        raise Busy
    try:
        if not places.acquire(timeout=patience):
            raise Busy
        try:
            yield
        finally:
            places.release()
    finally:
        queue.release()


def run_renderer(html: str) -> bytes:
    order = {
        "html": html,
        "css": current_app.jinja_env.get_template(STYLE).render(),
        "base_url": settings.base_url,
        "assets": own_files(),
        "memory_mb": settings.pdf_memory_mb,
    }
    try:
        done = run_python(
            str(RENDERER), given=json.dumps(order).encode(), seconds=settings.pdf_seconds
        )
    except subprocess.TimeoutExpired as error:
        raise TooLarge from error
    for line in done.stderr.decode(errors="replace").splitlines()[-5:]:
        log.warning("pdf: %s", line[:300])
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise TooLarge
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise RuntimeError(f"no PDF: {last_line(done.stderr)}")
    return done.stdout


def count_pages(made: bytes) -> int:
    return len(PdfReader(io.BytesIO(made)).pages)


def run_python(
    *arguments: str, given: bytes = b"", seconds: int
) -> "subprocess.CompletedProcess[bytes]":
    """Run a Python of its own, without our settings, secrets and folders."""
    return subprocess.run(  # noqa: S603 (our own script; nothing typed is an argument)
        [sys.executable, "-I", *arguments],
        input=given,
        env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        capture_output=True,
        timeout=seconds,
        check=False,
    )


def own_files() -> dict[str, str]:
    """Return name → path of what a document may show: our fonts."""
    build = Path(current_app.static_folder or "") / "build"
    manifest = assets.Manifest(build)
    return {name: str(build / manifest.asset_path(name)) for name in FONTS}


def last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "no message"
