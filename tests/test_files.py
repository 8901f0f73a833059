"""Uploads: what is taken, what is refused, how it is stored, delivered and forgotten."""

import dataclasses
import io
import stat
import zipfile
from datetime import timedelta

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from werkzeug.datastructures import FileStorage

from inforo import clock, file_checks, files, images, storage
from inforo.config import settings
from inforo.db import session
from inforo.file_checks import FileRefused, check_data, clean_name
from inforo.toolbox.example_parts import ExampleFile
from tests import factories

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx():
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("Vereinbarung")
    document.save(stream)
    return stream.getvalue()


def xlsx():
    stream = io.BytesIO()
    book = Workbook()
    book.active.append(["Jahr", 2026])
    book.save(stream)
    return stream.getvalue()


def archive(entries, *, types=MAIN):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "[Content_Types].xml", f'<Types><Override ContentType="{types}"/></Types>'
        )
        for name, data in entries.items():
            made.writestr(name, data)
    return stream.getvalue()


def open_document(kind="text"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        made.writestr("content.xml", "<x/>")
    return stream.getvalue()


def picture(kind="PNG", size=(40, 20), **options):
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **options)
    return stream.getvalue()


def photo_with_place():
    exif = Image.Exif()
    exif[0x010F] = "KANARIE-KAMERA"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (IFDRational(49), IFDRational(29), IFDRational(0))
    return picture("JPEG", exif=exif.tobytes(), comment=b"KANARIE-KOMMENTAR")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("konzept.pdf", PDF, "application/pdf"),
        ("Vertrag.DOCX", docx(), file_checks.OFFICE["docx"]),
        ("liste.xlsx", xlsx(), file_checks.OFFICE["xlsx"]),
        ("text.odt", open_document(), file_checks.OFFICE["odt"]),
        ("text.txt", "Grüße\n".encode(), "text/plain; charset=utf-8"),
        ("alt.csv", "Straße;1\n".encode("cp1252"), "text/csv; charset=windows-1252"),
        ("bild.png", picture(), "image/png"),
        ("bild.jpg", picture("JPEG"), "image/jpeg"),
        ("bild.webp", picture("WEBP"), "image/webp"),
        ("bild.gif", picture("GIF"), "image/gif"),
    ],
)
def test_usual_files_are_taken(name, data, kind):
    checked = check_data(name, data)

    assert (checked.name, checked.content_type) == (name, kind)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bild.svg", b"<svg/>"),
        ("seite.html", b"<html>"),
        ("makro.docm", docx()),
        ("paket.zip", archive({})),
        ("programm.exe", b"MZ"),
        ("ohne-endung", b"Text"),
        ("doppelt.pdf.exe", PDF),
        ("leer.pdf", b""),
    ],
)
def test_other_types_are_refused_by_name(name, data):
    with pytest.raises(FileRefused) as refused:
        check_data(name, data)

    assert refused.value.status == 422


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bild.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("bild.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("bild.png", picture("JPEG")),
        ("konzept.pdf", b"<html>%PDF-1.7</html>"),
        ("konzept.pdf", docx()),
        ("vertrag.docx", PDF),
        ("vertrag.docx", xlsx()),
        ("vertrag.docx", archive({}, types="nichts")),
        ("vertrag.odt", open_document("spreadsheet")),
        ("vertrag.docx", docx()[:-40]),
        ("text.txt", b"<!DOCTYPE html><script>1</script>"),
        ("text.csv", b"<svg onload=alert(1)>"),
        ("text.txt", b"MZ\x00\x01\x02"),
        ("bild.png", picture()[:60]),
    ],
)
def test_disguised_and_broken_files_are_refused(name, data):
    with pytest.raises(FileRefused):
        check_data(name, data)


def test_zip_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(FileRefused, match="ausgepackt zu groß"):
        check_data("vertrag.docx", archive({"word/document.xml": b"0" * 30_000_000}))


def test_archive_with_too_many_entries_is_refused(app, monkeypatch):
    small = dataclasses.replace(app.extensions["settings"], archive_max_entries=10)
    monkeypatch.setitem(app.extensions, "settings", small)

    with pytest.raises(FileRefused, match="ausgepackt zu groß"):
        check_data("vertrag.docx", archive({f"word/{n}.xml": "x" for n in range(11)}))


def test_archive_that_lies_about_its_sizes_is_refused():
    honest = archive({"word/document.xml": b"0" * 3_000})
    position = honest.rindex(b"PK\x01\x02")
    lying = bytearray(honest)
    lying[position + 24 : position + 28] = (10).to_bytes(4, "little")

    with pytest.raises(FileRefused):
        check_data("vertrag.docx", bytes(lying))


@pytest.mark.parametrize(
    "entry", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "Basic/script.xml"]
)
def test_macros_are_refused(entry):
    with pytest.raises(FileRefused, match="Makros"):
        check_data("vertrag.docx", archive({entry: b"Sub AutoOpen"}))


def test_macro_document_renamed_to_docx_is_refused():
    data = archive({}, types="application/vnd.ms-word.document.macroEnabled.main+xml")

    with pytest.raises(FileRefused, match="Makros"):
        check_data("vertrag.docx", data)


@pytest.mark.parametrize("entry", ["../../etc/passwd", "/etc/passwd", "..\\win.ini", "C:/x"])
def test_entries_that_leave_their_folder_are_refused(entry):
    with pytest.raises(FileRefused):
        check_data("vertrag.docx", archive({entry: b"x"}))


def test_links_in_archives_are_refused():
    stream = io.BytesIO(archive({}))
    with zipfile.ZipFile(stream, "a") as made:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")

    with pytest.raises(FileRefused):
        check_data("vertrag.docx", stream.getvalue())


def test_huge_picture_in_a_small_file_is_refused_before_decoding():
    stream = io.BytesIO()
    Image.new("1", (13_000, 13_000)).save(stream, "PNG")
    assert len(stream.getvalue()) < 30_000

    with pytest.raises(FileRefused, match="13000 × 13000"):
        check_data("riesig.png", stream.getvalue())


def test_picture_with_too_many_pixels_is_refused():
    stream = io.BytesIO()
    Image.new("1", (8_000, 6_000)).save(stream, "PNG")

    with pytest.raises(FileRefused, match="zu groß"):
        check_data("riesig.png", stream.getvalue())


def test_animation_with_too_many_frames_is_refused():
    frames = [Image.new("RGB", (4, 4), (number, 0, 255 - number)) for number in range(210)]
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])

    with pytest.raises(images.TooLarge):
        images.reencode(stream.getvalue(), images.Limits(1_000_000, 1_000, 200))


def test_photo_loses_place_camera_and_comment_and_stands_upright():
    data = photo_with_place()
    assert b"KANARIE-KAMERA" in data

    cleaned = check_data("foto.jpg", data).data

    assert b"KANARIE" not in cleaned
    assert b"Exif" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as upright:
        assert upright.size == (20, 40)
        assert not upright.getexif()


def test_animation_keeps_its_frames():
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "green", "blue")]
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:], duration=50)

    with Image.open(io.BytesIO(check_data("bewegt.gif", stream.getvalue()).data)) as made:
        assert made.n_frames == 3


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\anna\\Vertrag.docx", "Vertrag.docx"),
        ("u\u0308ber.pdf", "über.pdf"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ('x"<y>.pdf', "x__y_.pdf"),
        (" .pdf", "pdf"),
        ("", "Datei"),
        ("ä" * 300 + ".pdf", "ä" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(given, name):
    assert clean_name(given) == name
    assert len(clean_name(given)) <= 120


def test_too_big_files_are_refused(app, monkeypatch):
    small = dataclasses.replace(app.extensions["settings"], upload_max_bytes=2_000_000)
    monkeypatch.setitem(app.extensions, "settings", small)

    with pytest.raises(FileRefused, match="2 MB"):
        check_data("text.txt", b"x" * 2_000_001)


def test_file_is_stored_under_a_random_key_only_the_platform_can_read():
    upload = FileStorage(io.BytesIO(PDF), "konzept.pdf")

    stored = files.store(upload, None)
    again = files.store_bytes(PDF, "konzept.pdf", None)
    session.commit()

    path = settings.instance / "files" / storage.path_of(stored.key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((settings.instance / "files").stat().st_mode) == 0o700
    assert len(stored.key) == 32
    assert stored.key != again.key
    assert stored.sha256 == again.sha256
    assert files.read(stored) == PDF


def test_quota_of_a_person_is_kept(app, monkeypatch):
    anna = factories.make_anna()
    small = dataclasses.replace(app.extensions["settings"], upload_account_bytes=60)
    monkeypatch.setitem(app.extensions, "settings", small)
    files.store_bytes(PDF, "eins.pdf", anna.id)
    session.commit()

    with pytest.raises(FileRefused, match="Speicherplatz"):
        files.store_bytes(PDF, "zwei.pdf", anna.id)


def test_unused_files_are_forgotten_after_a_day(each_storage):
    example = factories.make_example()
    used = files.store_bytes(b"gebraucht", "a.txt", None)
    unused = files.store_bytes(b"vergessen", "b.txt", None)
    session.add(ExampleFile(example_id=example.id, file=used))
    session.commit()
    stray = "f" * 32
    storage.put(stray, b"ohne Zeile")

    files.forget_unused_files()
    assert files.read(unused) == b"vergessen"
    clock.shift(timedelta(hours=25))
    files.forget_unused_files()

    assert files.read(used) == b"gebraucht"
    for key in (unused.key, stray):
        assert not storage.has(key)


def test_only_pictures_are_shown_inside_the_browser(each_storage):
    picture_file = files.store_bytes(picture(), "bild.png", None)
    text_file = files.store_bytes(b"Text", "text.txt", None)
    session.commit()

    inline = files.deliver(picture_file, as_attachment=False)
    attached = files.deliver(text_file, as_attachment=False)

    assert inline.headers["Content-Disposition"].startswith("inline")
    assert attached.headers["Content-Disposition"].startswith("attachment")
    assert inline.headers["Cache-Control"] == "private, no-store"
    assert inline.headers["Referrer-Policy"] == "no-referrer"
    inline.close()


def test_lost_content_is_a_missing_page(each_storage):
    stored = files.store_bytes(b"weg", "weg.txt", None)
    session.commit()
    storage.remove(stored.key)

    with pytest.raises(files.NotFound):
        files.deliver(stored)
