"""A confidential question and a superior's approval, in a browser, wide, narrow, no script."""

import re

import pytest
from playwright.sync_api import expect

WAYS = [(1280, True), (360, True), (360, False)]


def look(visitor, name: str) -> None:
    """Check the page and keep a picture; without script axe cannot run."""
    if visitor.script:
        assert visitor.axe() == []
        assert visitor.overflow() <= 0
        visitor.screenshot(name)


def ask(anna, title: str) -> str:
    """Ask in confidence; return the number of the question."""
    page = anna.open("/vertraulich/")
    page.get_by_role("link", name="Vertraulich fragen").first.click()
    expect(page.get_by_label("Vertraulich über die Koordinierungsstelle")).to_be_checked()
    write(anna, title)
    look(anna, "confidence-form")
    page.get_by_role("button", name="Frage senden").click()
    expect(page.locator("main")).to_contain_text("Ihren Namen sieht nur")
    return re.search(r"/vertraulich/(\d+)", page.url)[1]


def write(visitor, title: str) -> None:
    """Fill in the form: with script the text goes into the editor."""
    field = "[contenteditable=true]" if visitor.script else "textarea[name=body]"
    visitor.page.get_by_label("Ihre Frage in einem Satz").fill(title)
    visitor.page.locator(field).first.fill("Unser Amt zögert.")


def take(clara, number: str):
    office = clara.open("/arbeitskorb/?art=confidence")
    office.get_by_role("link", name=f"Vertrauliche Frage Nr. {number}").click()
    office.get_by_role("button", name="Übernehmen").click()
    office.get_by_role("link", name="Ansehen und entscheiden").click()
    expect(office.locator("body")).to_contain_text("Anna Albrecht")
    return office


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_confidential_question_goes_its_way(visit, width, script):
    anna, clara = visitors(visit, width, script=script)
    number = ask(anna, f"Wie reden wir über Geld? {width} {script}")
    look(anna, f"confidence-asker-{width}")
    office = take(clara, number)
    look(clara, f"confidence-office-{width}")
    office.get_by_role("link", name="Text vorlegen").click()
    look(clara, f"confidence-proposal-{width}")
    office.get_by_role("button", name="Zur Freigabe vorlegen").click()

    anna.page.reload()
    look(anna, f"confidence-release-{width}")
    anna.page.get_by_role("button", name="Genau so freigeben").click()
    clara.open(f"/vertraulich/{number}")
    office.get_by_role("button", name="Jetzt veröffentlichen").click()
    office.get_by_role("link", name="Zur Diskussion").click()

    expect(office.locator("#beitrag-1")).to_contain_text("Vertrauliche Frage")
    expect(office.locator("#beitraege")).not_to_contain_text("Anna Albrecht")
    look(clara, f"confidence-thread-{width}")


def visitors(visit, width: int, *, script: bool):
    found = []
    for who in ("anna-albrecht", "clara-conrad"):
        visitor = visit(who, width=width, script=script)
        visitor.script = script
        found.append(visitor)
    return found


@pytest.mark.parametrize(("width", "script"), WAYS)
def test_superior_reads_and_approves(visit, width, script):
    anna, _clara = visitors(visit, width, script=script)
    title = f"Was kostet das? {width} {script}"
    page = anna.open("/diskussionen/neu?title=x")
    write(anna, title)
    page.get_by_role("button", name="Erst im Haus freigeben lassen").click()
    page.get_by_role("button", name="Link senden").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte nennen Sie die Person.")
    page.get_by_label("Wer soll es lesen?").fill("Viola Vorgesetzt")
    page.get_by_label("E-Mail-Adresse").fill("viola@amt.example")
    page.get_by_role("button", name="Link senden").click()
    expect(page.locator("main")).to_contain_text("wartet auf Antwort")
    look(anna, f"signoff-author-{width}")

    guest = visit(width=width, script=script)
    guest.script = script
    approve(guest, title, width)

    page.reload()
    expect(page.locator("main")).to_contain_text("genau diese Fassung freigegeben")


def approve(guest, title: str, width: int) -> None:
    mails = guest.open("/betrieb/postausgang")
    mails.get_by_role("link", name=re.compile("bittet Sie, einen Text zu lesen")).first.click()
    link = re.search(r"(/vorgesetzte/lesen/[0-9a-f]+)", mails.content())[1]
    read = guest.open(link)
    expect(read.locator("main")).to_contain_text(title)
    look(guest, f"signoff-superior-{width}")
    read.get_by_role("button", name="Text freigeben").click()
    expect(read.locator("h1")).to_contain_text("Danke")
