"""Nothing leads from a published question to who asked: everybody looks everywhere.

Ursula asks, writes follow-ups, accepts an answer. Her number, name and municipality, and the
words she wrote to the office, stand on no page, in no file, mail, log or row but her own.
"""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import String, cast, select

from inforo import jobs
from inforo.accounts.models import Account
from inforo.audit import LogEntry
from inforo.confidences import actions
from inforo.confidences.models import Confidence
from inforo.db import Base, session
from inforo.discussions import actions as discussions
from inforo.discussions.models import Post
from inforo.jobs import QueuedJob
from inforo.mail import Mail
from inforo.notifications.models import Notification
from inforo.reports.models import Report, ReportReason
from inforo.search.models import SearchDocument, SearchText
from tests import factories
from tests.confidences.making import case, make_proposed
from tests.factories import actor, save
from tests.mailings.sending import wait_for_mails
from tests.reference import BRUCHSAL
from tests.test_canary import crawl, first_pages, words_in

NUMBER = 700_123_457
NAME = "kanariella"
SECRET = "kanariengeheim"
PLACE = "bruchsal"
PUBLISHED = "Sumpfdotterblume ohne Namen"
# Where members may find her, and her municipality, whatever she asks.
KNOWN = re.compile(
    r"/(personen|kommunen|laender|werkzeugkiste|strategie|konto|registrieren|suche)"
)

PEOPLE = {
    "guest": None,
    "applicant": factories.make_applicant,
    "anna": factories.make_anna,
    "manager": lambda: member("Manuela"),
    "colleague": lambda: factories.make_coordinator("BW", "Carola"),
    "luise": factories.make_luise,
    "doris": factories.make_doris,
    "emil": factories.make_emil,
    "frieda": factories.make_frieda,
}


def member(name: str) -> Account:
    return session.scalars(select(Account).where(Account.name == name)).one()


@pytest.fixture
def world() -> SimpleNamespace:
    """A question that went the whole way, with answers, follow-up and a report."""
    publish()
    jobs.work_all()
    go_on()
    jobs.work_all()
    wait_for_mails()
    jobs.work_all()
    question = session.scalars(select(Confidence)).one()
    return SimpleNamespace(
        number=question.id, thread_id=question.thread_id, group=question.group.slug
    )


def publish() -> None:
    clara, bernd = factories.make_clara(), factories.make_bernd()
    ursula = factories.make_account("Kanariella", municipality=BRUCHSAL, id=NUMBER)
    manager = factories.make_account("Manuela")
    group = factories.make_group(
        "Offene Runde", audience="public", managers=(manager,), members=(clara, bernd)
    )
    question = make_proposed(
        ursula, clara, group=group, title=PUBLISHED, body="Wie geht das mit der Blume?"
    )
    question.title, question.body = "Kanariengeheim", "Bei uns in Bruchsal kanariengeheim."
    session.commit()
    actions.write(actor(ursula), case(question, ursula), "Kanariengeheim gesagt.")
    actions.write(actor(clara), case(question, clara), "Kanariengeheim gefragt.")
    actions.release(case(question, ursula), "1")
    session.commit()
    actions.publish(actor(clara), case(question, clara))
    session.commit()


def go_on() -> None:
    """Answer, ask on, accept, report."""
    question = session.scalars(select(Confidence)).one()
    ursula, clara, bernd = (member(name) for name in ("Kanariella", "Clara", "Bernd"))
    answer = discussions.reply(actor(bernd), question.thread, "Bei uns so, @Manuela.")
    actions.write(actor(ursula), case(question, ursula), "Und bei kleinen?", for_thread=True)
    said = actions.queries.messages_of(question)[-1]
    post = actions.relay(actor(clara), case(question, clara), said)
    actions.accept(case(question, ursula), answer)
    reason, state = ReportReason.OTHER, "BW"
    save(Report(post=post, reporter=bernd, reason=reason, text="Prüfen", state_code=state))


def addresses(world) -> list[str]:
    thread = world.thread_id
    posts = session.scalars(select(Post.id).where(Post.thread_id == thread)).all()
    found = [
        f"/diskussionen/{thread}",
        f"/diskussionen/{thread}/mails",
        f"/gruppen/{world.group}",
    ]
    found += [f"/gruppen/{world.group}/mitglieder-x", f"/neues?diskussion={thread}"]
    for post in posts:
        found += [
            f"/beitraege/{post}",
            f"/beitraege/{post}/verlauf",
            f"/beitraege/{post}/melden",
        ]
        found += [f"/beitraege/{post}/moderieren", f"/diskussionen/{thread}?zitat={post}"]
    found += [
        f"/diskussionen/{thread}/beitraege-verschieben",
        f"/diskussionen/{thread}/bearbeiten",
    ]
    found += [f"/vertraulich/{world.number}", "/arbeitskorb/protokoll", "/arbeitskorb/"]
    found += [
        "/arbeitskorb/?stand=erledigt",
        "/arbeitskorb/vorgaenge/1",
        "/arbeitskorb/meldungen/1",
    ]
    found += [
        "/suche?q=Sumpfdotterblume",
        "/suche?q=kanariengeheim",
        "/diskussionen/?sort=neueste",
    ]
    return [*found, f"/diskussionen/{thread}/wiedervorlage"]


@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_leads_to_who_asked(app, browser, world, person):
    start = addresses(world)
    if PEOPLE[person]:
        browser.sign_in(PEOPLE[person]())

    assert traces(crawl(browser, [*start, *first_pages(app)])) == []


def traces(answers) -> list[tuple[str, str]]:
    """Return addresses that hold one of the words; directories may know that she exists."""
    found = []
    for address, response in answers:
        text = (words_in(response) + str(response.headers)).lower()
        text = (
            text.replace(address.lower(), "")
            .replace("q=kanariengeheim", "")
            .replace("title=kanariengeheim", "")
        )
        text = text.replace("„kanariengeheim“", "").replace('value="kanariengeheim"', "")
        is_known = bool(KNOWN.match(address))
        words = (SECRET,) if is_known else (SECRET, NAME, PLACE, str(NUMBER))
        found += [
            (address, text[max(0, text.find(word) - 80) : text.find(word) + 40])
            for word in words
            if word in text
        ]
    return found


def test_her_own_page_does_not_name_the_question(browser, world):
    page = browser.sign_in(factories.make_anna()).open(f"/personen/{NUMBER}")

    assert "Sumpfdotterblume" not in page.text
    assert str(world.thread_id) not in re.findall(r"/diskussionen/(\d+)", page.response.text)


def test_no_message_to_others_holds_a_trace(world):
    for told in session.scalars(select(Notification)):
        if told.account_id == NUMBER:
            assert told.subject == f"confidences:{world.number}"
            assert not told.url.startswith(("/diskussionen", "/beitraege"))
            continue
        words = f"{told.title} {told.text} {told.url} {told.about} {told.dedupe_key}".lower()
        assert not [w for w in (NAME, SECRET, PLACE, str(NUMBER)) if w in words], words
    mails = session.scalars(select(Mail).where(Mail.account_id != NUMBER)).all()
    assert mails
    for mail in mails:
        words = f"{mail.subject} {mail.text} {mail.html} {mail.headers}".lower()
        assert not [w for w in (NAME, SECRET, PLACE, str(NUMBER)) if w in words], words


def test_no_row_but_her_own_knows_who_asked(world):
    """Read every table: where does her number stand?"""
    known = {
        "accounts.id",
        "confidences.asker_id",
        "confidence_messages.author_id",
        "mails.account_id",
        "notifications.account_id",
        "search_texts.path",  # of her page in the directory
    }
    found = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            text = cast(column, String)
            if session.scalar(select(column).where(text.contains(str(NUMBER))).limit(1)):
                found.add(f"{table.name}.{column.name}")

    allowed = {"notifications.dedupe_key", "mails.dedupe_key", "notifications.url"}
    assert found - allowed <= known


def test_log_and_orders_of_work_do_not_know_her(world):
    assert NUMBER not in session.scalars(select(LogEntry.actor_id)).all()
    assert not [
        row for row in session.scalars(select(QueuedJob)) if str(NUMBER) in str(row.arguments)
    ]


def test_search_finds_the_words_that_were_released_only(world):
    texts = " ".join(
        str(vars(row))
        for model in (SearchDocument, SearchText)
        for row in session.scalars(select(model))
    ).lower()

    assert "sumpfdotterblume" in texts
    assert SECRET not in texts


def test_following_and_counts_do_not_tell_of_her(world):
    watches = Base.metadata.tables["watches"]
    rows = session.execute(select(watches).where(watches.c.thread_id == world.thread_id)).all()

    assert NUMBER not in [row.account_id for row in rows]
