"""Calls the programs that read and draw files, and says what became of it."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from inforo import pdf
from inforo.config import settings
from inforo.contents.models import PreviewState, TextState
from inforo.file_checks import IMAGES, OFFICE, PLAIN

log = logging.getLogger(__name__)
# Not imported here: what they import would weigh 60 MB in every process.
READ, DRAW, CONVERT = (
    Path(__file__).with_name(f"{name}.py")
    for name in ("read_text", "draw_page", "convert_office")
)
REFUSED = 3  # as `read_text` ends then
READABLE = frozenset({"pdf", *OFFICE, *PLAIN})
MEMORY_BYTES = 512 * 1024 * 1024
READ_SECONDS, DRAW_SECONDS, OFFICE_SECONDS = 30, 10, 60
START_SECONDS = 5  # of a program, beyond the processor time it may use
ONE_OFFICE = Lock()  # LibreOffice takes half a processor and 300 MB


@dataclass(frozen=True)
class Read:
    """The text of a file, and what became of reading it."""

    state: TextState
    text: str = ""


@dataclass(frozen=True)
class Drawn:
    """A picture of a file. `pages` is None where there are none (pictures, plain text)."""

    state: PreviewState
    picture: bytes = b""
    width: int = 0
    height: int = 0
    pages: int | None = None


NOTHING = Drawn(PreviewState.NONE)


def run(program: Path, kind: str, given: bytes, seconds: int, **order: Any) -> bytes | int:
    """Return what a program of ours wrote, or how it failed."""
    order |= {"seconds": seconds, "memory": MEMORY_BYTES}
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter and file)
            [sys.executable, "-I", str(program), kind, json.dumps(order)],
            input=given,
            env={"PATH": os.environ.get("PATH", "")},
            capture_output=True,
            timeout=seconds + START_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    if done.returncode:
        log.info("%s: %s", program.name, done.stderr.decode(errors="replace")[-300:])
    return done.returncode or done.stdout


def read(data: bytes, kind: str) -> Read:
    """Return the text of a file whose name ends with `kind`."""
    if kind not in READABLE:
        return Read(TextState.EMPTY)
    found = run(
        READ,
        kind,
        data,
        READ_SECONDS,
        entries=settings.archive_max_entries,
        bytes=settings.archive_max_bytes,
        ratio=settings.archive_max_ratio,
    )
    if isinstance(found, int):
        is_refused = found == REFUSED
        return Read(TextState.REFUSED if is_refused else TextState.FAILED)
    text = found.decode()
    return Read(TextState.DONE, text) if text else Read(TextState.EMPTY)


def draw(data: bytes, kind: str, title: str, found: Read) -> Drawn:
    """Return a picture of the first page, else of the text, else nothing."""
    if found.state is TextState.REFUSED:
        return NOTHING
    if kind in IMAGES:
        return drawn("image", data, PreviewState.PAGE)
    made = data if kind == "pdf" else office_pdf(data, kind)
    page = drawn("pdf", made, PreviewState.PAGE) if made else NOTHING
    if page is NOTHING and found.text:
        return drawn("text", found.text.encode(), PreviewState.TEXT, title)
    return page


def drawn(kind: str, data: bytes, state: PreviewState, title: str = "") -> Drawn:
    fonts = list(pdf.own_files().values())
    found = run(DRAW, kind, data, DRAW_SECONDS, title=title, fonts=fonts)
    if isinstance(found, int):
        return NOTHING
    told, _, picture = found.partition(b"\n")
    return Drawn(state, picture, **json.loads(told))


def office_program() -> str | None:
    """Return the path of LibreOffice, None where it is not installed or not wanted."""
    return shutil.which(settings.office_program) if settings.office_program else None


def office_pdf(data: bytes, kind: str) -> bytes | None:
    """Return an office file as PDF, None if LibreOffice cannot do it."""
    program = office_program()
    if kind not in OFFICE or program is None:
        return None
    with ONE_OFFICE, tempfile.TemporaryDirectory(prefix="inforo-") as name:
        folder = Path(name)
        (folder / f"file.{kind}").write_bytes(data)
        convert(program, folder, f"file.{kind}")
        made = folder / "out" / "file.pdf"
        return made.read_bytes() if made.exists() else None


def convert(program: str, folder: Path, name: str) -> None:
    """Run LibreOffice; when its time is over, all its processes end."""
    arguments = [str(CONVERT), program, str(folder), name]
    with subprocess.Popen(  # noqa: S603 (our own interpreter and file)
        [sys.executable, "-I", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(OFFICE_SECONDS)
        except subprocess.TimeoutExpired:
            log.warning("LibreOffice took longer than %s seconds", OFFICE_SECONDS)
        finally:
            end(process.pid)


def end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
