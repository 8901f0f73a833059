"""The main job, end to end and without JavaScript: find, join, ask, contribute.

One story in the order in which it happens; every person has a browser of their own. Doris
coordinates another Land: after each chapter her lists and numbers are what they were before.
"""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from inforo import jobs
from inforo.accounts.models import Account
from inforo.authz import Role
from inforo.db import session
from inforo.mail import Mail
from inforo.vocabularies.models import Term
from tests import factories
from tests.browser import Browser, Page
from tests.mailings.sending import wait_for_mails
from tests.reference import MANNHEIM

ADDRESS = "petra.neumann@mannheim.example"
QUESTION = "Wer kennt Stillcafés im Stadtteil?"
FOUND = "Netzwerk Frühe Hilfen am Neckar"
GIVEN = "Stillcafé im Mehrgenerationenhaus"
REASONS = ("Dort lesen die Richtigen mit.", "Die Frage ist beantwortet.")
LISTS_OF_DORIS = (
    "/",
    "/arbeitskorb/",
    "/arbeitskorb/?stand=wartet",
    "/arbeitskorb/?stand=erledigt",
    "/arbeitskorb/protokoll",
    "/konto/benachrichtigungen",
)


class Story:
    """The people with their browsers, two groups of Land A, and one example to find."""

    def __init__(self, new_browser: Callable[[], Browser]) -> None:
        self.petra = new_browser()
        self.bernd = new_browser().sign_in(factories.make_bernd())
        self.clara = new_browser().sign_in(make_clara_of_the_office())
        self.doris = new_browser().sign_in(factories.make_doris())
        olga = factories.make_account("Olga")
        first = factories.make_group("Rund um die Geburt", managers=(olga,))
        second = factories.make_group("Beratung im Stadtteil", managers=(olga,))
        self.group, self.other_group = str(first.id), str(second.id)
        topics = select(Term).where(Term.key.in_(["fruehe-kindheit-0-3", "fruehe-hilfen"]))
        factories.make_example(FOUND, author=olga, terms=list(session.scalars(topics)))
        jobs.work_all()
        self.before = self.seen_by_doris()

    def seen_by_doris(self) -> list[str]:
        """Return what her lists show, without what everybody may read on the start page."""
        return [shown(self.doris.open(url)) for url in LISTS_OF_DORIS]

    def doris_sees_nothing_of_it(self) -> None:
        jobs.work_all()
        assert self.seen_by_doris() == self.before


def make_clara_of_the_office() -> Account:
    """Make a coordinator who works for no municipality: nobody reviews what is their own."""
    clara = factories.make_account("Clara", municipality=None, state_code="BW")
    factories.grant(clara, Role.COORDINATOR, office=factories.make_office("BW"))
    return clara


def shown(page: Page) -> str:
    """Return lists and numbers; of the overview, which has news for everybody, the numbers."""
    header = page.html.select_one("header").get_text(" ", strip=True)
    return header if page.url == "/" else header + page.main


@pytest.fixture
def story(new_browser) -> Story:
    return Story(new_browser)


def mails_to_petra() -> list[Mail]:
    jobs.work_all()
    wait_for_mails()
    statement = select(Mail).where(Mail.address == ADDRESS).order_by(Mail.id)
    return list(session.scalars(statement))


def address_in(mail: Mail) -> str:
    """Return the first address of the platform a mail names."""
    return re.search(r"http://localhost(/[^\s>]+)", mail.text)[1]


def titles_found(browser: Browser, words: str) -> list[str]:
    page = browser.open("/").submit("header-q-form", q=words)
    return [link.get_text().strip() for link in page.html.select("main .results a")]


def find_and_read(story: Story) -> None:
    results = story.petra.open("/").submit("header-q-form", q="fruehe hilfen")

    example = results.follow(FOUND)

    assert example.html.h1.get_text(strip=True) == FOUND
    assert "Mannheim" in example.main


def register(story: Story) -> None:
    form = story.petra.open("/").follow("Registrieren")
    form = form.submit(
        "register",
        button="municipality_search",
        municipality_query="manheim",
        name="Petra Neumann",
        email=ADDRESS,
        function="Netzwerkkoordination",
        reason="Ich baue unsere Präventionskette auf.",
    )
    choice = form.html.select_one(f"#register [name=municipality][value='{MANNHEIM}']")
    assert choice, "a misspelt name finds the municipality"
    form.submit(
        "register", municipality=choice["value"], password=factories.PASSWORD, terms="y"
    )

    [mail] = mails_to_petra()
    page = story.petra.open(address_in(mail)).submit("confirm", password=factories.PASSWORD)

    assert "Koordinierungsstelle KGC BW" in page.main
    story.petra.open("/diskussionen/neu", status=403)


def approve(story: Story) -> None:
    item = story.clara.open("/arbeitskorb/").follow("Petra Neumann")
    case = item.follow("Ansehen und entscheiden")
    story.doris.open(item.url, status=404)
    story.doris.open(case.url, status=404)

    case.submit("approve")

    assert "Willkommen" in mails_to_petra()[-1].subject
    story.doris.open(case.url, status=404)


def ask(story: Story) -> Page:
    form = story.petra.open("/diskussionen/neu")
    preview = form.submit(
        "thread",
        button="preview",
        title=QUESTION,
        body="Wer hat eines **eingerichtet**?",
        group_id=story.group,
    )
    audience = preview.html.select_one("#audience").text
    assert re.fullmatch(r"sichtbar für \d+ Personen", audience.strip())

    waiting = preview.submit("thread")
    assert "wartet auf Freigabe" in waiting.main
    story.doris.open(waiting.url, status=404)
    thread = story.clara.open(waiting.url).submit("approve")

    assert "freigegeben" in mails_to_petra()[-1].subject
    thread = story.petra.open(thread.url)
    assert thread.html.h1.get_text(strip=True) == QUESTION
    assert "eingerichtet" in thread.main
    return thread


def answer(story: Story, thread: Page) -> None:
    story.bernd.open(thread.url).submit("reply", body="Bei uns gibt es **drei** davon.")

    mail = mails_to_petra()[-1]

    assert QUESTION in mail.subject
    assert "Bernd" in mail.text
    assert "Bei uns gibt es drei davon." in story.petra.open(address_in(mail)).main


def move_and_lock(story: Story, thread: Page) -> None:
    links = {link["href"] for link in story.doris.open(thread.url).html.select("a[href]")}
    moving, locking = (
        story.clara.open(thread.url).follow(label) for label in ("verschieben", "Schließen")
    )
    assert links.isdisjoint({moving.url, locking.url})

    preview = moving.submit("move", group_id=story.other_group, reason=REASONS[0])
    preview.submit("confirm", button="confirm")
    locking.submit("decide", reason=REASONS[1])

    told = [mail.text for mail in mails_to_petra()[-2:]]
    assert [reason in text for reason, text in zip(REASONS, told, strict=True)] == [True, True]
    page = story.petra.open(thread.url)
    assert "Beratung im Stadtteil" in page.text
    assert REASONS[1] in page.main
    assert not page.has_form("reply")
    story.doris.open(moving.url, status=403)
    story.doris.open(locking.url, status=403)


def contribute(story: Story) -> None:
    form = story.petra.open("/werkzeugkiste/beitragen").follow("Kurz beschreiben")

    page = form.submit(
        "new",
        button="submit",
        title=GIVEN,
        what="Jeden Mittwoch ist das Café für stillende Mütter offen.",
        whom="Mütter im Stadtteil, die wenig Menschen kennen.",
        outcome="Zwanzig Mütter kommen regelmäßig.",
    )

    assert "Koordinierungsstelle" in page.main
    for browser in (story.bernd, story.doris, story.clara):
        assert GIVEN not in titles_found(browser, "stillcafe")


def publish(story: Story) -> None:
    item = story.clara.open("/arbeitskorb/").follow(GIVEN)
    review = item.follow("Ansehen und entscheiden")
    number = review.url.rsplit("/", 1)[1]
    hidden = [item.url, review.url, f"/werkzeugkiste/beitragen/{number}/zuordnung"]
    hidden.append(f"/werkzeugkiste/beispiele/{number}")
    for url in hidden:
        story.doris.open(url, status=404)
    assert not review.has_form("publish"), "phase and field are missing"

    step = review.follow("Text ergänzen").follow("Zuordnung")
    step.submit("edit", age_phase=["fruehe-kindheit-0-3"], field_of_action=["fruehe-hilfen"])
    story.clara.open(review.url).submit("publish")
    assert GIVEN not in titles_found(story.bernd, "stillcafe"), "its author reads it first"
    asked = mails_to_petra()[-1]
    assert "freigeben" in asked.subject
    story.petra.open(address_in(asked)).submit("release")

    assert GIVEN in titles_found(story.bernd, "stillcafe")
    assert GIVEN in titles_found(Browser(story.petra.client.application), "Still-Cafés")
    assert GIVEN in mails_to_petra()[-1].subject
    story.doris.open(review.url, status=404)


def test_a_stranger_finds_joins_asks_and_contributes(story):
    find_and_read(story)
    register(story)
    story.doris_sees_nothing_of_it()
    approve(story)
    story.doris_sees_nothing_of_it()
    thread = ask(story)
    answer(story, thread)
    move_and_lock(story, thread)
    story.doris_sees_nothing_of_it()
    contribute(story)
    story.doris_sees_nothing_of_it()
    publish(story)
    story.doris_sees_nothing_of_it()
