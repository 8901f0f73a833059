"""What may be uploaded: a list of types, each proven by content, never by name alone.

Office files are archives: their unpacked size, ratio, number and names of entries are
checked before anything reads them, and macros are refused. Pictures are made anew.
"""

import io
import stat
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from werkzeug.datastructures import FileStorage

from inforo import images
from inforo.config import settings
from inforo.errors import DomainError
from inforo.i18n import _

NAME_LENGTH = 120
READ_STEP = 1_000_000
OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
OFFICE = {
    "docx": f"{OOXML}wordprocessingml.document",
    "xlsx": f"{OOXML}spreadsheetml.sheet",
    "pptx": f"{OOXML}presentationml.presentation",
    "odt": f"{ODF}text",
    "ods": f"{ODF}spreadsheet",
    "odp": f"{ODF}presentation",
}
PLAIN = {"txt": "text/plain", "csv": "text/csv"}
IMAGES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
EXTENSIONS = ("pdf", *OFFICE, *PLAIN, *IMAGES)
ACCEPT = ",".join(f".{extension}" for extension in EXTENSIONS)
# Both formats know no other packing; Python unpacks the others without end at one go.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
MACROS = ("vbaproject.bin", "vbadata.xml", "/activex/", "basic/", "scripts/")
MARKUP = ("<!doctype", "<html", "<script", "<svg", "<?xml", "<body", "<iframe")
BLANKS = "\t\n\r\f"


class FileRefused(DomainError):
    """An upload is not taken; the sentence says why and what helps."""

    status = 422


@dataclass(frozen=True)
class CheckedFile:
    """An upload that may be stored: its name, type and (for pictures: new) content."""

    name: str
    content_type: str
    data: bytes


def check(upload: FileStorage) -> CheckedFile:
    """Return the upload as it may be stored, or raise FileRefused with a German sentence."""
    name = clean_name(upload.filename or "")
    data = upload.stream.read(settings.upload_max_bytes + 1)
    upload.close()
    return check_data(name, data)


def check_data(name: str, data: bytes) -> CheckedFile:
    """Check a file given by name and content."""
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    if extension not in EXTENSIONS:
        raise FileRefused(
            _(
                "Dateien der Art „%(kind)s“ nehmen wir nicht an. Möglich sind PDF, Word, "
                "Excel, PowerPoint, OpenDocument, Text, CSV und Bilder (PNG, JPEG, WebP, GIF).",
                kind=extension or name,
            )
        )
    if not data:
        raise FileRefused(_("Die Datei „%(name)s“ ist leer.", name=name))
    refuse_too_big(name, extension, len(data))
    if extension in IMAGES:
        return check_image(name, extension, data)
    if extension in PLAIN:
        return CheckedFile(name, f"{PLAIN[extension]}; charset={charset_of(name, data)}", data)
    if extension in OFFICE:
        check_office(name, extension, data)
        return CheckedFile(name, OFFICE[extension], data)
    if not data.startswith(b"%PDF-") or "pdf" not in kinds_of(data):
        raise not_what_it_says(name)
    return CheckedFile(name, "application/pdf", data)


def clean_name(given: str) -> str:
    """Return a file name of at most 120 characters: NFC, no path, controls or bidi marks."""
    normal = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    safe = "".join(char for char in normal if unicodedata.category(char)[0] != "C")
    safe = "".join("_" if char in '<>:"|?*' else char for char in safe).strip(" .")
    stem, dot, extension = safe.rpartition(".")
    if not dot:
        return safe[:NAME_LENGTH] or "Datei"
    return f"{(stem.strip(' .') or 'Datei')[: NAME_LENGTH - len(extension) - 1]}.{extension}"


def refuse_too_big(name: str, extension: str, size: int) -> None:
    image = extension in IMAGES
    limit = settings.upload_image_max_bytes if image else settings.upload_max_bytes
    if size > limit:
        raise FileRefused(
            _(
                "Die Datei „%(name)s“ ist zu groß. Erlaubt sind %(limit)s MB.",
                name=name,
                limit=limit // 1_000_000,
            )
        )


def kinds_of(data: bytes) -> set[str]:
    """Return the extensions the first bytes of the content speak for."""
    try:
        found = puremagic.magic_string(data[:8192])
    except (puremagic.PureError, ValueError):
        return set()
    return {match.extension.removeprefix(".") for match in found}


def not_what_it_says(name: str) -> FileRefused:
    return FileRefused(
        _(
            "Der Inhalt von „%(name)s“ passt nicht zur Endung, oder die Datei ist beschädigt. "
            "Bitte speichern Sie sie in ihrem Programm noch einmal.",
            name=name,
        )
    )


def charset_of(name: str, data: bytes) -> str:
    """Return the charset of a plain text, or refuse what is none or hides markup."""
    try:
        text, charset = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, charset = data.decode("cp1252", errors="replace"), "windows-1252"
    if any(ord(char) < 32 and char not in BLANKS for char in text) or "\ufffd" in text:
        raise not_what_it_says(name)
    start = text[:2_000].lower().lstrip()
    if any(mark in start for mark in MARKUP):
        raise FileRefused(
            _("„%(name)s“ enthält Webseiten-Code. Bitte laden Sie reinen Text hoch.", name=name)
        )
    return charset


def check_image(name: str, extension: str, data: bytes) -> CheckedFile:
    """Return the picture made anew, without metadata."""
    limits = images.Limits(settings.image_max_pixels, settings.image_max_side, 200)
    try:
        kind, cleaned = images.reencode(data, limits)
    except images.TooLarge as error:
        raise FileRefused(
            _(
                "Das Bild „%(name)s“ ist zu groß (%(size)s). Bitte verkleinern Sie es auf "
                "höchstens %(side)s Bildpunkte Seitenlänge.",
                name=name,
                size=str(error),
                side=min(limits.side, 6_000),
            )
        ) from error
    except images.Broken as error:
        raise not_what_it_says(name) from error
    if kind != IMAGES[extension]:
        raise not_what_it_says(name)
    return CheckedFile(name, f"image/{kind.lower()}", cleaned)


def check_office(name: str, extension: str, data: bytes) -> None:
    """Refuse archives that are bombs, carry macros, or are not the document they claim."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            check_entries(name, entries, len(data))
            check_document(name, extension, archive)
            read_through(archive, entries)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, EOFError) as error:
        raise not_what_it_says(name) from error
    except (OSError, ValueError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise not_what_it_says(name) from error


def check_entries(name: str, entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > settings.archive_max_entries
        or unpacked > settings.archive_max_bytes
        or unpacked > packed * settings.archive_max_ratio
    ):
        raise FileRefused(
            _("„%(name)s“ wäre ausgepackt zu groß. Bitte verkleinern Sie Bilder.", name=name)
        )
    if any(is_dangerous(entry) for entry in entries):
        raise not_what_it_says(name)
    if any(mark in entry.filename.lower() for entry in entries for mark in MACROS):
        raise has_macros(name)


def has_macros(name: str) -> FileRefused:
    return FileRefused(
        _(
            "„%(name)s“ enthält Makros oder Skripte. Bitte speichern Sie die Datei ohne sie.",
            name=name,
        )
    )


def is_dangerous(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry leaves its folder, is a link, encrypted, or packed as a bomb."""
    if entry.compress_type not in PACKED:
        return True
    path = entry.filename.replace("\\", "/")
    leaves = path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]
    return leaves or stat.S_ISLNK(entry.external_attr >> 16) or bool(entry.flag_bits & 1)


def check_document(name: str, extension: str, archive: zipfile.ZipFile) -> None:
    """Make sure the archive says of itself that it is the document its name promises."""
    if extension.startswith("od"):
        if beginning(archive, "mimetype").strip() != OFFICE[extension]:
            raise not_what_it_says(name)
        return
    types = beginning(archive, "[Content_Types].xml")
    if "macroenabled" in types.lower():
        raise has_macros(name)
    if f"{OFFICE[extension]}.main+xml" not in types:
        raise not_what_it_says(name)


def beginning(archive: zipfile.ZipFile, entry: str) -> str:
    """Return the text of an entry, as much of it as an honest file has."""
    with archive.open(entry) as content:
        return content.read(READ_STEP).decode("utf-8", "replace")


def read_through(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack every entry once, so that sizes and checksums are proven, not just claimed."""
    for entry in entries:
        with archive.open(entry) as content:
            while content.read(READ_STEP):
                pass
