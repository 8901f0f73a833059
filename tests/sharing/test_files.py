"""Collections as files: PDF and Word by the worker, CSV at once, for who may have them."""

import csv
import io
from datetime import timedelta

from docx import Document
from sqlalchemy import select

from inforo import clock, jobs
from inforo.collections.models import Entry
from inforo.db import session
from inforo.municipalities.models import Municipality
from inforo.sharing.jobs import forget_exports
from inforo.sharing.models import Export, ShareLink
from inforo.toolbox.models import Example
from inforo.toolbox.states import ObstacleAudience
from tests import factories, pdf_checks
from tests.collections.making import make_collection, make_link

WHERE = "Kommune, Gruppe oder Land"
TEXT = "Fachkräfte besuchen Familien und hören zu. " * 8
TEXTS = dict.fromkeys(("problem", "goals", "approach", "evaluation_result"), TEXT)


def order(browser, collection, kind: str):
    """Order a file on the page of the collection; return the page that waits for it."""
    return browser.open(f"/merkliste/{collection.id}").submit(f"order-{kind}")


def load(browser, page):
    """Let the worker work, and fetch the file."""
    jobs.work_all()
    page = browser.open(page.url)
    assert "Ihre Datei ist fertig." in page.main
    return browser.client.get(page.html.select_one("#export a.kern-btn")["href"])


def test_pdf_has_contents_with_page_numbers_and_is_accessible(browser):
    anna = factories.make_anna()
    examples = [
        factories.make_example(f"Beispiel {word}", **TEXTS) for word in ("Eins", "Zwei")
    ]
    collection = make_collection(
        anna, *examples, factories.make_tool(), title="Größe & Überblick"
    )
    session.scalars(select(Entry)).first().note = "zuerst lesen"
    session.commit()
    browser.sign_in(anna)

    page = order(browser, collection, "pdf")
    assert "wird erstellt" in page.main
    assert page.follow("Stand aktualisieren").url == page.url
    answer = load(browser, page)

    sheet = pdf_checks.check(answer.data)
    assert sheet.title == "Größe & Überblick"
    assert sheet.bookmarks[1:3] == ["Inhalt", "1. Beispiel Eins"]
    numbers = [line.rsplit(" ", 1)[-1] for line in contents(sheet)]
    assert numbers == ["2", "3", "4"]
    assert "zuerst lesen" in sheet.text
    assert "Mustervereinbarung" in sheet.text
    assert (
        "filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%26%20%C3%9Cberblick.pdf"
        in (answer.headers["Content-Disposition"])
    )


def contents(sheet) -> list[str]:
    lines = sheet.reader.pages[0].extract_text().splitlines()
    return [line for line in lines if line[:2] in ("1.", "2.", "3.")]


def test_word_file_has_a_table_of_contents_and_headings(browser):
    anna = factories.make_anna()
    collection = make_collection(anna, factories.make_example("Besuche", **TEXTS))
    browser.sign_in(anna)

    answer = load(browser, order(browser, collection, "docx"))

    document = Document(io.BytesIO(answer.data))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Inhalt", "Besuche"]
    assert 'TOC \\o "1-1"' in document.element.xml
    assert "1. Besuche" in [p.text for p in document.paragraphs]
    [paper] = document.sections
    assert (round(paper.page_width.mm), round(paper.page_height.mm)) == (210, 297)
    foot = paper.footer.paragraphs[0]
    assert foot.text.startswith(f"inforo · {document.core_properties.title}")
    assert "NUMPAGES" in foot._p.xml


def rows_of(answer) -> list[list[str]]:
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def test_csv_opens_in_german_excel_and_holds_no_formula(browser):
    anna = factories.make_anna()
    evil = ("=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", "\t=1", " =1+1", "harmlos; mit Semikolon")
    examples = [factories.make_example(title) for title in evil]
    collection = make_collection(anna, *examples)
    browser.sign_in(anna)

    answer = browser.client.get(f"/merkliste/{collection.id}/sammlung.csv")

    table = rows_of(answer)
    assert table[0] == ["Nr.", "Art", "Titel", "Kurz gesagt", WHERE, "Notiz", "Adresse"]
    assert [row[2] for row in table[1:]] == [f"'{title}" for title in evil[:-1]] + [evil[-1]]
    assert table[1][4] == "Mannheim"
    assert table[1][6] == f"http://localhost/werkzeugkiste/beispiele/{examples[0].id}"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_file_holds_what_its_reader_may_see_when_it_is_made(browser):
    anna = factories.make_anna()
    withdrawn = factories.make_example("KANARIE-zurückgezogen")
    collection = make_collection(anna, withdrawn, factories.make_example("Bleibt"))
    browser.sign_in(anna)
    page = order(browser, collection, "pdf")
    withdrawn.withdraw()
    session.commit()

    sheet = pdf_checks.check(load(browser, page).data)

    assert "KANARIE" not in sheet.text
    assert "Bleibt" in sheet.text


def test_file_is_closed_when_something_in_it_was_withdrawn_since(browser):
    anna = factories.make_anna()
    example = factories.make_example("KANARIE-später")
    collection = make_collection(anna, example, factories.make_example("Bleibt"))
    browser.sign_in(anna)
    page = order(browser, collection, "pdf")
    load(browser, page)
    session.get_one(Example, example.id).withdraw()
    session.commit()

    answer = browser.client.get(f"{page.url}/laden")

    assert answer.status_code == 303
    assert "Inzwischen hat sich etwas geändert" in browser.open(page.url).main


def test_file_of_a_group_is_closed_to_who_left_it(browser):
    anna = factories.make_anna()
    group = factories.make_group("Kreis", audience="closed", members=(anna,))
    collection = make_collection(anna, factories.make_example("B"), group=group)
    browser.sign_in(anna)
    done, waiting = order(browser, collection, "pdf"), order(browser, collection, "docx")
    [membership] = session.scalars(
        select(factories.Membership).where(factories.Membership.account_id == anna.id)
    )
    load(browser, done)
    late = session.scalars(select(Export).where(Export.format == "docx")).one()
    late.finished_at, late.file_id = None, None
    session.delete(membership)
    session.commit()

    jobs.known_jobs["inforo.sharing.jobs.make_export"](export_id=late.id)

    assert late.file_id is None
    assert "Diese Sammlung gibt es nicht" in browser.open(waiting.url).main
    assert browser.client.get(f"{done.url}/laden").status_code == 404


def test_nobody_else_gets_the_file(browser, new_browser):
    anna = factories.make_anna()
    collection = make_collection(anna, factories.make_example())
    browser.sign_in(anna)
    page = order(browser, collection, "pdf")
    load(browser, page)

    for other in (new_browser(), new_browser().sign_in(factories.make_frieda())):
        other.open(page.url, 404)
        other.open(f"{page.url}/laden", 404)


def test_guest_with_a_link_gets_a_file_without_what_members_see(browser):
    anna = factories.make_anna()
    example = factories.make_example(
        "Besuche",
        contact_name="Erika",
        contact_email="kanarie@stadt.example",
        obstacles="KANARIE-Stolperstein",
        obstacles_audience=ObstacleAudience.MEMBERS,
    )
    link = make_link(make_collection(anna, example))

    page = browser.open(f"/merkliste/geteilt/{link.secret}").submit("order-pdf")
    sheet = pdf_checks.check(load(browser, page).data)

    assert "KANARIE" not in sheet.text.upper()
    assert "Erika" in sheet.text
    session.get_one(ShareLink, link.id).revoked_at = clock.now()
    session.commit()
    browser.open(page.url, 404)
    browser.open(f"{page.url}/laden", 404)


def test_the_same_file_is_made_once(browser):
    anna = factories.make_anna()
    collection = make_collection(anna, factories.make_example())
    browser.sign_in(anna)

    first = order(browser, collection, "pdf")
    load(browser, first)
    assert order(browser, collection, "pdf").url == first.url
    session.scalars(select(Entry)).one().note = "neu"
    session.commit()

    assert order(browser, collection, "pdf").url != first.url


def test_files_are_gone_after_a_week(browser):
    anna = factories.make_anna()
    collection = make_collection(anna, factories.make_example())
    browser.sign_in(anna)
    page = order(browser, collection, "docx")
    load(browser, page)

    clock.shift(timedelta(days=7, minutes=1))
    forget_exports()

    assert session.scalars(select(Export)).all() == []


def test_an_empty_collection_has_no_file_and_an_unknown_kind_is_refused(browser):
    anna = factories.make_anna()
    full, empty = make_collection(anna, factories.make_example()), make_collection(anna)
    browser.sign_in(anna)
    token = browser.open(f"/merkliste/{full.id}").html.select_one("[name=csrf_token]")["value"]

    for collection, kind, status in ((empty, "pdf", 409), (full, "exe", 400)):
        answer = browser.client.post(
            f"/merkliste/{collection.id}/datei", data={"csrf_token": token, "format": kind}
        )
        assert answer.status_code == status


def test_two_hundred_entries_become_a_file_within_the_limits(browser):
    anna = factories.make_anna()
    author = factories.make_account("Autorin")
    collection = make_collection(anna)
    for number in range(200):
        example = factories.make_example(f"Beispiel {number}", author=author, **TEXTS)
        session.add(Entry(collection_id=collection.id, example_id=example.id, position=number))
    session.commit()
    browser.sign_in(anna)
    page = order(browser, collection, "pdf")

    answer = load(browser, page)

    assert len(pdf_checks.Sheet(answer.data).pages) >= 200


def test_files_hold_discussions_and_municipalities_too(browser, new_browser):
    anna, mannheim = factories.make_anna(), session.get(Municipality, factories.MANNHEIM)
    open_thread = factories.make_thread(
        "Offene Frage", group=factories.make_group("Marktplatz", audience="public")
    )
    closed = factories.make_group(audience="closed", members=(anna,))
    secret = factories.make_thread("KANARIE", group=closed)
    collection = make_collection(anna, open_thread, secret, mannheim)
    link, number = make_link(collection), open_thread.id

    shared = rows_of(new_browser().client.get(f"/merkliste/geteilt/{link.secret}/sammlung.csv"))
    own = load(browser.sign_in(anna), order(browser, collection, "pdf"))

    assert [row[1:5] for row in shared[1:]] == [
        ["Diskussion", "Offene Frage", "0 Antworten", "Marktplatz"],
        ["kreisfreie Stadt", "Mannheim", "", "Baden-Württemberg"],
    ]
    assert shared[1][6].endswith(f"/diskussionen/{number}")
    text = pdf_checks.check(own.data).text
    assert "KANARIE" in text
    assert "Mannheim" in text
