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
from inforo.authz import Role
from inforo.capturing.models import ExampleRelease
from inforo.collections.models import Entry
from inforo.contents.jobs import process_file
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.discussions.models import Post
from inforo.doors.actions import Limits, open_door
from inforo.doors.models import DoorRule
from inforo.exchange import actions as exchange
from inforo.handovers.actions import offer
from inforo.libraries.actions import order_archive
from inforo.mail import Mail
from inforo.notifications.models import Notification
from inforo.offices import actions as offices
from inforo.offices.models import WorkKind, WorkNote
from inforo.paths.models import StepKind
from inforo.reports.models import Report, ReportReason
from inforo.responses.jobs import finish_enquiries
from inforo.reviews.models import Reading, Review, ReviewRating, Stage
from inforo.rising.models import HelpRequest
from inforo.toolbox import editions
from inforo.toolbox.example_parts import ExampleCapture, ExampleFile, ExampleStep
from inforo.toolbox.states import ExampleState, ObstacleAudience
from inforo.vocabularies import queries as vocabularies
from tests import factories
from tests.adoptions.making import make_adoption
from tests.approvals.making import make_held, make_held_answer
from tests.articles.making import make_article
from tests.collections.making import make_collection, make_link
from tests.conversations.making import answer, first_message, make_conversation
from tests.conversations.making import report as report_message
from tests.enquiries import making as asking
from tests.enquiries.making import (
    answer_for,
    invitation_of,
    make_enquiry,
    make_running,
)
from tests.events.making import make_event
from tests.exchange.importing import row, table, then, upload
from tests.harvesting.making import make_harvest
from tests.libraries.making import add_file
from tests.openings.making import make_open, propose
from tests.paths.making import add_step, make_path
from tests.polls.making import make_poll, vote_as
from tests.reference import KREUZBERG, MANNHEIM, MUENSTER
from tests.uploads.making import make_attached, picture
from tests.wiki.making import change, make_page

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
    found += waiting_import()
    found += private_messages(olga)
    session.commit()
    jobs.work_all()
    return found


def enquiries(olga) -> list[str]:
    """Enquiries of Olga's town: not sent, waiting, running and ended, to nobody of PEOPLE."""
    now, elsewhere = clock.now(), {"states": ["BE"]}
    questions = tuple(one | {"label": "KANARIE-abfrage"} for one in asking.QUESTIONS)
    words = {"title": "KANARIE-abfrage Sumpfdotterblume", "questions": questions}
    made = [
        make_enquiry(olga, **words),
        make_enquiry(olga, submitted_at=now, **words),
        make_running(olga, target=elsewhere, **words),
    ]
    ended = make_running(olga, target=elsewhere, is_named=True, **words)
    answer_for(ended, KREUZBERG, "ja", 1, "KANARIE-abfrage")
    ended.closed_at = now
    session.commit()
    finish_enquiries()
    parts = ("", "/fragen", "/empfang", "/versand", "/ergebnis", "/ergebnis/kommunen")
    parts += ("/ergebnis.csv", "/ergebnis.pdf")
    found = [f"{one.path}{part}" for one in (*made, ended) for part in parts]
    return [*found, f"/kommunalabfragen/antworten/{invitation_of(ended, KREUZBERG).id}"]


def waiting_import() -> list[str]:
    """An import that is made but not released: editors decide, nobody else knows of it."""
    rows = (row(1, "KANARIE-eingereicht Import"), row(2, "KANARIE-eingereicht", "Nirgendwo"))
    editor = factories.make_account("Editha")
    factories.grant(editor, Role.EDITOR)
    batch = then(upload(table(*rows), by=editor), exchange.start)
    where = f"/redaktion/import/{batch.id}"
    return [where, f"{where}/stand", f"{where}/abgewiesen.csv"]


def private_messages(olga) -> list[str]:
    """Olga and Otto write to each other; Otto reports a message: one admin reads that one."""
    otto = factories.make_account("Otto", municipality=MANNHEIM)
    made = make_conversation(
        olga,
        otto,
        subject="KANARIE-beitrag Sumpfdotterblume",
        body="KANARIE-beitrag zur Sumpfdotterblume",
    )
    answer(olga, made, "KANARIE-meldung Sumpfdotterblume")
    reported = report_message(otto, first_message(made, 2))
    where = f"/nachrichten/{made.id}"
    parts = ("", "?seite=1", "/neues", "/loeschen", "/verlassen")
    return [
        *(f"{where}{part}" for part in parts),
        f"/nachrichten/melden/{first_message(made).id}",
        f"/arbeitskorb/nachrichten/{reported.id}",
        "/nachrichten/?q=sumpfdotterblume",
        f"/nachrichten/neu?an={otto.id}",
    ]


def private_collections(olga) -> list[str]:
    """A collection of Olga's with a note, shared by a link nobody here has."""
    example = factories.make_example("Sumpfdotterblume öffentlich", author=olga)
    collection = make_collection(
        olga, example, title="KANARIE-Sammlung", description="KANARIE-Zweck"
    )
    for entry in session.scalars(select(Entry)):
        entry.note = "KANARIE-Notiz"
    make_link(collection)
    closed = factories.make_group("Geschlossen sammelnd", audience="closed", members=(olga,))
    thread = factories.make_thread("KANARIE-Frage", group=closed, author=olga)
    make_collection(olga, thread, group=closed, title="KANARIE-Gruppensammlung")
    where = f"/merkliste/{collection.id}"
    return [
        f"/gruppen/{closed.slug}",
        where,
        f"{where}/sammlung.csv",
        f"{where}/teilen",
        "/merkliste/geteilt/1",
    ]


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
    circle = factories.make_group(
        "KANARIE-beitrag-kreis", audience="hidden", members=(olga,), slug="sumpfkreis"
    )
    dated = make_event("Termin Sumpfdotterblume", author=olga, group=circle)
    waiting = make_event("Termin wartet", author=olga, group=circle, state="submitted")
    made += [dated, waiting]
    parts = ("", "-x", ".ics", "/bearbeiten", "/dateien", "/verlauf")
    found = [f"{one.address}{part}" for one in made for part in parts]
    return [*found, "/termine/?gruppe=sumpfkreis", "/termine/neu?gruppe=sumpfkreis"]


def closed_answers(thread, olga) -> list[str]:
    """Ask for help, tell an outcome, and begin an example, all inside a closed group."""
    helper = factories.make_account("Henny")
    factories.save(HelpRequest(thread_id=thread.id, account_id=helper.id))
    outcome = factories.make_post(thread, "KANARIE-beitrag-ergebnis", author=olga)
    thread.outcome_post_id, thread.outcome_at = outcome.id, clock.now()
    thread.answer_post_id, thread.answered_at = outcome.id, clock.now()
    writer = factories.make_account("Otto")
    other = factories.make_post(thread, "KANARIE-beitrag-antwort", author=writer)
    example = make_harvest(olga, thread, "KANARIE-entwurf")
    public = factories.make_example("Sumpfdotterblume geerntet", author=olga)
    public.origin_thread_id = thread.id
    session.commit()
    assert other.body not in example.approach
    pages = ("hilfe", "ergebnis", "praxisbeispiel")
    found = [f"/diskussionen/{thread.id}/{page}" for page in pages]
    found.append(f"/werkzeugkiste/beitragen/{example.id}/zustimmungen")
    return [*found, f"/werkzeugkiste/beispiele/{public.id}"]


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
        poll = make_poll(
            thread, "KANARIE-beitrag-wahl", question="KANARIE-beitrag", is_named=True
        )
        vote_as(olga, poll, 1)
        found += [f"/diskussionen/{thread.id}", f"/diskussionen/{thread.id}-x"]
        found += [f"/diskussionen/{thread.id}/umfrage"]
        found += closed_answers(thread, olga)
        found += [f"/beitraege/{post.id}", f"/beitraege/{post.id}/verlauf"]
        found += [f"/beitraege/{post.id}/melden", f"/gruppen/{group.slug}/mitglieder"]
        found += [f"/diskussionen/{thread.id}/wiedervorlage", f"/neues?diskussion={thread.id}"]
        found.append(f"/beitraege/{post.id}/weiterlesen")
        found.append(report(post, olga))
        found.append(path_to(thread))
        found += attach_to(post)
        found += opened_copies(group, olga)
        found += hidden_library(group, olga)
        found += pages_of(group, olga)
        found += around(group, olga)
    return found


def around(group, olga) -> list[str]:
    """Put a group inside a protected one, a link into it, and an offer to lead it."""
    group.rules, group.rules_html = "KANARIE-beitrag-regel", "<p>KANARIE-beitrag-regel</p>"
    part = factories.make_group(
        f"KANARIE-teil {group.id} Seerosenteich",
        audience="closed",
        admission="request",
        purpose="KANARIE-teil-zweck sumpfdotterblume",
        managers=(olga,),
        parent_id=group.id,
        sheltered_by_id=group.id,
        state=group.state_code,
        programme_key=group.programme_key,
    )
    limits = Limits(DoorRule.APPROVAL, 5, clock.now() + timedelta(days=7), note="KANARIE-tuer")
    door = open_door(factories.actor(olga), group, limits)
    taker = factories.make_account("Tilda")
    member = factories.join(group, taker)
    offered = offer(factories.actor(olga), group, member, "KANARIE-uebergabe", stays=True)
    base = f"/gruppen/{group.slug}"
    return [
        f"/gruppen/{part.slug}",
        f"/gruppen/{part.slug}/mitglieder",
        f"{base}/untergruppe",
        f"{base}/einladungslinks",
        f"{base}/per-mail-einladen",
        f"{base}/leitung-anbieten/{taker.id}",
        f"/gruppen/uebergaben/{offered.id}",
        f"/einladung/gruppe/{door.token_hash}",
    ]


def attach_to(post) -> list[str]:
    """Add a file and a picture with the word in name, text and description; where they are."""
    note = make_attached(post, "KANARIE-beitrag.txt", b"KANARIE-beitrag sumpfdotterblume")
    process_file(key=note.file.key)
    plan = make_attached(post, "KANARIE-beitrag.png", picture(), "KANARIE-beitrag-bild")
    return [note.path, plan.path, f"{note.path}/vorschau", f"{plan.path}/vorschau"]


def pages_of(group, olga) -> list[str]:
    """Let a protected group write pages; also one that was taken out."""
    page = make_page(group, "KANARIE-beitrag Sumpfdotterblume", "KANARIE-beitrag", author=olga)
    change(page, "KANARIE-beitrag anders [[KANARIE-beitrag-rot]]", note="KANARIE-beitrag")
    propose(page, olga, "public")
    opened_beside(group, olga)
    gone = make_page(group, "KANARIE-beitrag fort", "KANARIE-beitrag", parent=page)
    gone.deleted_at, gone.deleted_reason = clock.now(), "KANARIE-beitrag"
    where = f"/gruppen/{group.slug}/seiten/"
    parts = (
        "",
        "-x",
        "/verlauf",
        "/verlauf/1",
        "/vergleich",
        "/druck",
        "/bearbeiten",
    )
    return [where, f"{where}neu", f"{where}{gone.id}"] + [
        f"{where}{page.id}{part}" for part in parts
    ]


def opened_copies(group, olga) -> list[str]:
    """Let everybody read two posts of a thread in which more stands, and more comes later."""
    words = "Seit gestern blühen sie. @[KANARIE-beitrag] [wo](/gruppen/kanarie-beitrag)"
    thread = factories.make_thread("Offene Frage", group=group, author=olga, posts=(words,))
    post = session.scalar(select(Post).where(Post.thread_id == thread.id))
    files_there = attach_to(post)
    opening = make_open(thread, olga, "public")
    clock.shift(timedelta(seconds=5))
    post.body = post.body_html = "KANARIE-beitrag geändert"
    thread.title = "KANARIE-beitrag geändert"
    factories.make_post(thread, "KANARIE-beitrag später Sumpfdotterblume", author=olga)
    make_poll(thread, "KANARIE-beitrag-wahl", question="KANARIE-beitrag")
    return [opening.outside_path, thread.path, *files_there]


def opened_beside(group, olga) -> None:
    """Let everybody read one page, whose links and neighbours stay in the group."""
    page = make_page(group, "Offene Seite", "Siehe Sumpfdotterblume.", author=olga)
    make_page(group, "KANARIE-beitrag darunter", "KANARIE-beitrag", parent=page, author=olga)
    make_open(page, olga, "public")


def hidden_library(group, olga) -> list[str]:
    """Give a group few may read a file, and an archive of all its files."""
    group_file = add_file(
        group,
        "KANARIE-beitrag.txt",
        b"KANARIE-beitrag Sumpfdotterblume",
        by=olga,
        description="KANARIE-beitrag Seerosenteich",
    )
    opened = add_file(
        group, "KANARIE-beitrag offen.txt", b"Sumpfdotterblume", by=olga, title="Offene Datei"
    )
    make_open(opened, olga, "public")
    archive = order_archive(factories.actor(olga), group)
    where = f"/gruppen/{group.slug}/dateien"
    one = f"{where}/{group_file.id}"
    parts = ("", "/fassungen/1", "/vorschau", "/bearbeiten", "/neue-fassung", "/loeschen")
    found = [where, f"{where}/neu", f"{where}/geloescht", *(one + part for part in parts)]
    outside = f"/veroeffentlicht/dateien/{opened.id}"
    found += [f"{outside}-offene-datei", f"{outside}/datei", f"{outside}/vorschau"]
    found.append(f"/veroeffentlicht/dateien/{group_file.id}/datei")
    return [*found, f"{where}/archiv/{archive.key}", f"{where}/archiv/{archive.key}/datei"]


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
    found += [f"/diskussionen/{hidden.id}", f"/diskussionen/{thread.id}"]
    waiting = [
        make_held(
            "KANARIE-wartet Sumpfdotterblume", "KANARIE-wartet", author=olga, group=group
        ),
        make_held_answer(thread, "KANARIE-wartet Sumpfdotterblume", author=olga),
    ]
    return [*found, *(held.path for held in waiting), f"{waiting[0].path}/bearbeiten"]


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
    insiders = {"Olga", "Otto", "Tilda", "Clara", "Carla", "Carola", "KANARIE-antrag Petunia"}
    names = dict(session.execute(select(Account.id, Account.name)).all())
    told = session.scalars(select(Notification)).all()
    mails = session.scalars(select(Mail)).all()

    for message in told:
        if WORD in f"{message.title} {message.text} {message.url}".lower():
            assert names[message.account_id] in insiders
    for mail in mails:
        if WORD in f"{mail.subject} {mail.text} {mail.html}".lower():
            assert mail.name in insiders
