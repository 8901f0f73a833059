"""Nothing hidden shows anywhere: a world full of the word KANARIE, crawled by everybody.

Each person opens every page without arguments, follows the links found there, searches for
words of the hidden things and tries their addresses. No byte of any answer, and no mail or
notification, may hold the word: neither page nor title, count, redirect or header.
"""

import io
import re
import zipfile
from collections import deque
from datetime import timedelta
from html import unescape
from urllib.parse import quote, urlsplit

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from inforo import clock, files, jobs
from inforo.accounts.models import Account
from inforo.applications.models import Application, ApplicationState
from inforo.capturing.models import ExampleRelease
from inforo.collections.models import Entry
from inforo.contents.jobs import process_file
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.mail import Mail
from inforo.notifications.models import Notification
from inforo.offices import actions as offices
from inforo.offices.models import WorkKind, WorkNote
from inforo.paths.models import StepKind
from inforo.reports.models import Report, ReportReason
from inforo.reviews.models import Reading, Review, ReviewRating, Stage
from inforo.toolbox import editions
from inforo.toolbox.models import (
    ExampleCapture,
    ExampleFile,
    ExampleState,
    ExampleStep,
    ObstacleAudience,
)
from inforo.vocabularies import queries as vocabularies
from tests import factories
from tests.adoptions.making import make_adoption
from tests.articles.making import make_article
from tests.collections.making import make_collection, make_link
from tests.events.making import make_event
from tests.paths.making import add_step, make_path
from tests.reference import MANNHEIM, MUENSTER

WORD = "kanarie"
# What was written in protected groups: not even the Land's office reads it.
WRITTEN = "kanarie-beitrag"
# What only the office of the Land, the editors and its author know.
SUBMITTED = "kanarie-eingereicht"
# What members may read in published examples, and nobody else.
FOR_MEMBERS = "kanarie-stolperstein"
MOST_PAGES = 150
# The sign-in page leads back to the address somebody asked for, whatever it was.
SKIPPED = ("/static", "//", "/konto/anmelden?")
LINK = re.compile(r"""(?:href|src|action|data-source)="(/[^"#]*)""")
# Innocent words of the hidden things; the search page repeats what is asked for.
QUESTIONS = ("sumpfdotterblume", "Sumpfdotterblumen Hausbesuch", "Seerosenteich", "Petunia")

PEOPLE = {
    "guest": None,
    "applicant": factories.make_applicant,
    "anna": factories.make_anna,
    "bernd": factories.make_bernd,
    "doris": factories.make_doris,
    "gustav": factories.make_profile_editor,
    "emil": factories.make_emil,
}


@pytest.fixture
def addresses() -> list[str]:
    """Fill the platform with things of Land A that are nobody's business; where they are."""
    olga = factories.make_account("Olga", municipality=MANNHEIM)
    found = closed_worlds(olga)
    found += unpublished_examples(olga)
    found += told_in_a_conversation()
    found += told_to_members(olga)
    found += application()
    found += hidden_words(olga)
    found += private_collections(olga)
    found += news(olga)
    session.commit()
    jobs.work_all()
    return found


def private_collections(olga) -> list[str]:
    """A collection of Olga's with a note, shared by a link nobody here has."""
    example = factories.make_example("Sumpfdotterblume öffentlich", author=olga)
    collection = make_collection(
        olga, example, title="KANARIE-Sammlung", description="KANARIE-Zweck"
    )
    for entry in session.scalars(select(Entry)):
        entry.note = "KANARIE-Notiz"
    make_link(collection)
    where = f"/merkliste/{collection.id}"
    return [where, f"{where}/sammlung.csv", f"{where}/teilen", "/merkliste/geteilt/1"]


def news(olga) -> list[str]:
    """Articles and events of which nobody knows, of which offices and of which members know."""
    made = [
        make(f"{word} Sumpfdotterblume", author=olga, state=state, audience=audience)
        for make in (make_article, make_event)
        for word, state, audience in (
            ("KANARIE-entwurf", "draft", "public"),
            ("KANARIE-eingereicht", "submitted", "public"),
            ("KANARIE-eingereicht", "checked", "members"),
            ("KANARIE-stolperstein", "published", "members"),
            ("KANARIE-stolperstein", "archived", "members"),
        )
    ]
    parts = ("", "-x", ".ics", "/bearbeiten", "/dateien", "/verlauf")
    return [f"{one.address}{part}" for one in made for part in parts]


def attach_hidden_file(example) -> str:
    """Give an example a file whose name and text hold the word; return its address."""
    words = "KANARIE-entwurf" if example.state is ExampleState.DRAFT else "KANARIE-eingereicht"
    data = f"{words} Sumpfdotterblume Seerosenteich".encode()
    stored = files.store_bytes(data, f"{words}.txt", owner_id=None)
    attached = ExampleFile(example_id=example.id, file=stored, title=words)
    session.add(attached)
    session.commit()
    process_file(key=stored.key)
    return f"/werkzeugkiste/beispiele/{example.id}/dateien/{attached.id}"


def closed_worlds(olga) -> list[str]:
    closed = factories.make_group(
        "Vertrauter Kreis Seerosenteich",
        audience="closed",
        admission="request",
        managers=(olga,),
        description="KANARIE-beitrag-beschreibung",
        description_html="<p>KANARIE-beitrag-beschreibung</p>",
        welcome="KANARIE-beitrag-willkommen",
        programme_key="fruehe-hilfen",
    )
    hidden = factories.make_group(
        "KANARIE-verborgen Seerosenteich",
        audience="hidden",
        admission="invite",
        managers=(olga,),
        purpose="KANARIE-verborgen-zweck sumpfdotterblume",
        description="KANARIE-verborgen-beschreibung",
    )
    found = [f"/gruppen/{hidden.slug}", f"/gruppen/{closed.slug}/verlauf"]
    for group in (closed, hidden):
        thread = factories.make_thread(
            "KANARIE-beitrag Sumpfdotterblume",
            group=group,
            author=olga,
            posts=("KANARIE-beitrag-frage zur Sumpfdotterblume",),
        )
        post = factories.make_post(thread, "KANARIE-gemeldet", author=olga)
        found += [f"/diskussionen/{thread.id}", f"/diskussionen/{thread.id}-x"]
        found += [f"/beitraege/{post.id}", f"/beitraege/{post.id}/verlauf"]
        found += [f"/beitraege/{post.id}/melden", f"/gruppen/{group.slug}/mitglieder"]
        found.append(report(post, olga))
        found.append(path_to(thread))
    return found


def path_to(thread) -> str:
    """Publish a path for all that leads to a thread few may know; where its step is."""
    path = make_path(f"Lernpfad {thread.id}")
    step = add_step(path, StepKind.THREAD, thread_id=thread.id)
    return f"{path.path}?schritt={step.id}"


def report(post, reporter) -> str:
    made = factories.save(
        Report(
            post=post,
            reporter=reporter,
            reason=ReportReason.OTHER,
            text="KANARIE-meldung",
            state_code="BW",
        )
    )
    url = f"/arbeitskorb/meldungen/{made.id}"
    item = offices.open_item(
        WorkKind.REPORT, made, title="KANARIE-meldung", url=url, author_id=reporter.id
    )
    session.commit()
    return f"/arbeitskorb/vorgaenge/{item.id}"


def unpublished_examples(olga) -> list[str]:
    draft = factories.make_example(
        "KANARIE-entwurf Sumpfdotterblume",
        author=olga,
        state=ExampleState.DRAFT,
        summary="KANARIE-entwurf mit Hausbesuch",
    )
    submitted = factories.make_example(
        "KANARIE-eingereicht Sumpfdotterblume",
        author=olga,
        state=ExampleState.SUBMITTED,
        summary="KANARIE-eingereicht mit Hausbesuch",
    )
    hidden_files = [attach_hidden_file(example) for example in (draft, submitted)]
    session.add(
        ExampleStep(
            example_id=submitted.id,
            action="note",
            actor_id=factories.make_clara().id,
            text="KANARIE-eingereicht-intern",
            is_internal=True,
        )
    )
    seat = told_by_reader(submitted)
    url = f"/arbeitskorb/beispiele/{submitted.id}"
    item = offices.open_item(
        WorkKind.EXAMPLE, submitted, title=submitted.title, url=url, author_id=olga.id
    )
    session.commit()
    adoption = make_adoption(
        submitted, MUENSTER, adapted="KANARIE-eingereicht", contact_name="KANARIE-eingereicht"
    )
    places = ("/werkzeugkiste/beispiele", "/werkzeugkiste/beitragen", "/arbeitskorb/beispiele")
    ids = (draft.id, submitted.id)
    return [f"{place}/{number}" for place in places for number in ids] + [
        seat,
        f"{url}/gespraech",
        f"/werkzeugkiste/beispiele/{draft.id}/verlauf",
        f"/werkzeugkiste/beispiele/{submitted.id}/uebernahmen",
        f"/werkzeugkiste/beispiele/{submitted.id}/uebernehmen",
        f"/werkzeugkiste/beispiele/{submitted.id}/wirkung",
        f"/werkzeugkiste/vergleich?beispiel={submitted.id}&beispiel={draft.id}",
        f"/uebernahmen/{adoption.id}/bearbeiten",
        f"/arbeitskorb/vorgaenge/{item.id}",
        *hidden_files,
        *(f"{address}/vorschau" for address in hidden_files),
    ]


def told_by_reader(submitted) -> str:
    """Let a reader write a sentence only that reader knows until both have handed in."""
    review = factories.save(Review(example_id=submitted.id, stage=Stage.CRITERIA))
    reader = factories.make_coordinator("BW", "Carla")
    seat = Reading(review_id=review.id, seat=1, reader_id=reader.id)
    seat.ratings = [
        ReviewRating(
            criterion_key=vocabularies.choices("criterion")[0][0],
            level=2,
            sentence="KANARIE-lesung Sumpfdotterblume",
        )
    ]
    factories.save(seat)
    factories.save(Reading(review_id=review.id, seat=2))
    return f"/arbeitskorb/lesungen/{seat.id}"


def told_in_a_conversation() -> list[str]:
    """Let a coordinator write down what somebody tells, and send it to be released."""
    carla = factories.make_coordinator("BW", "Carola")
    told = factories.make_example(
        "KANARIE-erfasst Sumpfdotterblume",
        state=ExampleState.DRAFT,
        summary="KANARIE-erfasst mit Hausbesuch",
        contact_name="KANARIE-erfasst",
    )
    told.author_id = None
    told.capture = ExampleCapture(
        account_id=carla.id, name="KANARIE-erfasst", email="kanarie@stadt.example"
    )
    factories.save(
        ExampleRelease(
            example_id=told.id,
            token_hash="-",
            name="KANARIE-erfasst",
            email="kanarie@stadt.example",
            expires_at=clock.now() + timedelta(days=9),
        )
    )
    places = ("werkzeugkiste/beispiele", "werkzeugkiste/beitragen", "arbeitskorb/erfassen")
    found = [f"/{place}/{told.id}" for place in places]
    return [*found, "/freigabe/-", f"/werkzeugkiste/beitragen/{told.id}/grunddaten"]


def told_to_members(olga) -> list[str]:
    """Publish an example whose stumbling blocks are for members only."""
    example = factories.make_example(
        "Tauschregal im Treppenhaus",
        author=olga,
        summary="Ein Regal mit Hausbesuch der Petunia.",
        obstacles="KANARIE-stolperstein Sumpfdotterblume",
        lessons="KANARIE-stolperstein",
        obstacles_audience=ObstacleAudience.MEMBERS,
    )
    editor = factories.actor(olga)
    editions.keep(editor, example, snapshot(example))
    example.obstacles = "KANARIE-stolperstein anders"
    editions.keep(editor, example, snapshot(example))
    page = f"/werkzeugkiste/beispiele/{example.id}"
    kept = f"{page}-tauschregal-im-treppenhaus/fassungen"
    return [
        page,
        f"/werkzeugkiste/vergleich?beispiel={example.id}",
        "/suche?q=Tauschregal",
        *(f"{page}/zitat.{name}" for name in ("bib", "ris")),
        *(f"{page}/{name}" for name in ("beispiel.jsonld", "beispiel.pdf", "steckbrief.pdf")),
        *(f"{kept}/{name}" for name in ("", "1", "2", "vergleich?von=1&bis=2")),
    ]


def application() -> list[str]:
    petunia = factories.make_account("KANARIE-antrag Petunia", approved_at=None)
    made = factories.save(
        Application(
            account=petunia,
            state=ApplicationState.OPEN,
            reason="KANARIE-antrag-begruendung",
            state_code="BW",
        )
    )
    url = f"/arbeitskorb/anmeldungen/{made.id}"
    item = offices.open_item(
        WorkKind.APPLICATION, made, title=petunia.name, url=url, author_id=petunia.id
    )
    session.flush()
    session.add(WorkNote(item_id=item.id, text="KANARIE-notiz"))
    session.commit()
    return [url, f"/arbeitskorb/vorgaenge/{item.id}", f"/personen/{petunia.id}"]


def hidden_words(olga) -> list[str]:
    """Hide a post and a thread of an open group."""
    group = factories.make_group("Offener Kreis", audience="public", managers=(olga,))
    thread = factories.make_thread("Offene Frage", group=group, author=olga)
    post = factories.make_post(
        thread,
        "KANARIE-versteckt Sumpfdotterblume",
        author=olga,
        hidden_at=thread.created_at,
        hidden_reason="KANARIE-grund",
    )
    hidden = factories.make_thread(
        "KANARIE-versteckt Sumpfdotterblume",
        group=group,
        author=olga,
        hidden_at=thread.created_at,
        hidden_reason="KANARIE-grund",
    )
    found = [f"/beitraege/{post.id}", f"/beitraege/{post.id}/verlauf"]
    return [*found, f"/diskussionen/{hidden.id}", f"/diskussionen/{thread.id}"]


def first_pages(app) -> list[str]:
    """Return every page that needs no argument."""
    return [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments and rule.endpoint != "static"
    ]


def searches() -> list[str]:
    asked = [f"/suche?q={question}" for question in QUESTIONS]
    asked += [f"/suche/vorschlaege?q={question[:6]}" for question in QUESTIONS]
    lists = ("/werkzeugkiste/", "/werkzeugkiste/werkzeuge/", "/diskussionen/", "/gruppen/")
    asked += [f"{page}?q=sumpfdotterblume" for page in lists]
    return [*asked, "/personen/?q=Petunia", "/arbeitskorb/?land=BW", "/laender/BW"]


def crawl(browser, start: list[str], most: int = MOST_PAGES):
    """Open pages and what they link to, those without filters first; yield the answers."""
    plain, filtered = deque(start), deque[str]()
    seen, count = set(start), 0
    while (plain or filtered) and count < most:
        address = (plain or filtered).popleft()
        count += 1
        response = browser.client.get(address)
        yield address, response
        if response.mimetype != "text/html":
            continue
        found = [unescape(link) for link in LINK.findall(response.text)]
        found += [response.location] if response.location else []
        for link in found:
            target = link if link.startswith("/") else urlsplit(link).path
            if target not in seen and not target.startswith(SKIPPED):
                seen.add(target)
                (filtered if "?" in target else plain).append(target)


def words_in(response) -> str:
    """Return what an answer says; PDF and Office files are packed, lines of dates folded."""
    data = response.get_data()
    if response.mimetype == "text/calendar":
        data = data.replace(b"\r\n ", b"")
    if response.mimetype == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist())
    return data.decode(errors="replace")


def leaks(browser, start: list[str], words: tuple[str, ...], but: tuple[str, ...] = ()):
    """Return the addresses whose answer holds one of the words, apart from allowed ones."""
    found = []
    for address, response in crawl(browser, start):
        body = words_in(response)
        text = (body + str(response.headers)).lower()
        for allowed in but:
            text = text.replace(allowed, "")
        for asked in (address, quote(address, safe="")):  # the sign-in page leads back to it
            text = text.replace(asked.lower(), "")
        found += [
            (address, response.status_code, text[max(0, at - 60) : at + 60])
            for at in [text.find(word) for word in words]
            if at >= 0
        ]
    return found


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_from_outside_ever_reads_the_word(app, browser, addresses, person):
    if PEOPLE[person]:
        browser.sign_in(PEOPLE[person]())
    allowed = (SUBMITTED,) if person == "emil" else ()
    if person not in {"guest", "applicant"}:
        allowed = (*allowed, FOR_MEMBERS)
    start = [*addresses, *searches(), *first_pages(app)]

    assert leaks(browser, start, (WORD,), allowed) == []


@pytest.mark.parametrize("make", [factories.make_clara, factories.make_frieda])
def test_offices_do_not_read_what_protected_groups_write(app, browser, addresses, make):
    browser.sign_in(make())
    start = [*addresses, *searches(), *first_pages(app)]

    assert leaks(browser, start, (WRITTEN,)) == []


@pytest.mark.parametrize("person", ["guest", "applicant"])
def test_closed_groups_are_not_even_named_outside(app, browser, addresses, person):
    if PEOPLE[person]:
        browser.sign_in(PEOPLE[person]())
    start = ["/gruppen/", "/suche?q=Vertrauter+Kreis", "/laender/BW", *first_pages(app)]

    named = leaks(browser, start, ("seerosenteich",))

    assert named == []


@pytest.mark.parametrize("person", ["guest", "applicant"])
def test_contacts_and_mere_interest_stay_among_members(app, browser, person):
    if PEOPLE[person]:
        browser.sign_in(PEOPLE[person]())
    example, tool = factories.make_example(), factories.make_tool()
    for thing in (example, tool):
        make_adoption(
            thing, MANNHEIM, contact_name="Seerosenteich", contact_phone="Seerosenteich"
        )
        make_adoption(thing, MUENSTER, stage="interessiert", adapted="Seerosenteich")
    start = [
        f"/werkzeugkiste/beispiele/{example.id}/uebernahmen",
        f"/werkzeugkiste/werkzeuge/{tool.id}/uebernahmen",
        f"/werkzeugkiste/vergleich?beispiel={example.id}",
        f"/kommunen/{MUENSTER}",
        *first_pages(app),
    ]

    assert leaks(browser, start, ("seerosenteich",)) == []


def test_office_reads_the_reported_post_and_nothing_around_it(browser, addresses):
    browser.sign_in(factories.make_clara())
    number = session.scalar(select(Report.id).order_by(Report.id))

    page = browser.open(f"/arbeitskorb/meldungen/{number}")

    assert "KANARIE-gemeldet" in page.text
    assert WRITTEN not in page.response.text.lower()


def test_no_message_carries_the_word_out(addresses):
    insiders = {"Olga", "Clara", "KANARIE-antrag Petunia"}
    names = dict(session.execute(select(Account.id, Account.name)).all())
    told = session.scalars(select(Notification)).all()
    mails = session.scalars(select(Mail)).all()

    for message in told:
        if WORD in f"{message.title} {message.text} {message.url}".lower():
            assert names[message.account_id] in insiders
    for mail in mails:
        if WORD in f"{mail.subject} {mail.text} {mail.html}".lower():
            assert mail.name in insiders
