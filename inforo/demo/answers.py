"""Questions that rose, people who may be asked, and what came of questions in the demo."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from inforo import text
from inforo.db import session
from inforo.demo.source import Catalogue, ago
from inforo.discussions.actions import count_posts
from inforo.discussions.models import Post, Thread
from inforo.outcomes.models import OutcomeQuestion, Reply
from inforo.rising.models import HelpOutcome, HelpRequest, Rise
from inforo.rising.queries import first_answers
from inforo.rising.raising import note_answer_times

SHY = 4  # every fourth does not want to be asked
RISEN = "Auswertung der Einschulungsdaten im Kreis: Wer hilft bei der"
ASKED = ("katrin-lehmann", "anna-albrecht")
SETTLED = "Männer über 70 erreichen"
OUTCOME = (
    "**Was daraus wurde:** Wir haben mit der Werkstatt im Bauhof angefangen, jeden zweiten "
    "Donnerstag. Nach vier Monaten kommen neun Männer regelmäßig, drei bringen andere mit."
)
IN_VAIN = "Beteiligung von Eltern: Was tun, wenn immer dieselben kommen"


def load_answers(catalogue: Catalogue) -> None:
    for number, person in enumerate(catalogue.people.values()):
        if person.helps_with and number % SHY:
            person.may_be_asked_at = ago(days=200)
    load_rise(catalogue)
    tell_outcome(thread_called(SETTLED))
    thread = thread_called(IN_VAIN)
    thread.outcome_at = ago(days=40)
    session.add(reply_of(thread, Reply.NOTHING))
    session.flush()
    note_answer_times(first_answers())


def thread_called(title: str) -> Thread:
    return session.scalars(select(Thread).where(Thread.title.startswith(title))).one()


def load_rise(catalogue: Catalogue) -> None:
    """Let a question have asked two members: one cannot help, the other has not answered."""
    thread = thread_called(RISEN)
    session.add(Rise(thread_id=thread.id, asked_at=ago(days=8), helpers=len(ASKED)))
    outcomes: tuple[dict[str, Any], ...] = (
        {"outcome": HelpOutcome.DECLINED, "settled_at": ago(days=7)},
        {"outcome": HelpOutcome.WAITING},
    )
    for key, values in zip(ASKED, outcomes, strict=True):
        person = catalogue.people[key]
        session.add(
            HelpRequest(
                thread_id=thread.id, account_id=person.id, created_at=ago(days=8), **values
            )
        )


def tell_outcome(thread: Thread) -> None:
    post = Post(
        thread_id=thread.id,
        number=thread.post_count + 1,
        author_id=thread.author_id,
        body=OUTCOME,
        body_html=text.render_markdown(OUTCOME),
        created_at=thread.created_at + timedelta(days=100),
    )
    session.add(post)
    session.flush()
    count_posts(thread)
    thread.outcome_post_id, thread.outcome_at = post.id, post.created_at
    session.add(reply_of(thread, Reply.TOLD, post.id))


def reply_of(thread: Thread, reply: Reply, post_id: int | None = None) -> OutcomeQuestion:
    return OutcomeQuestion(
        thread_id=thread.id,
        account_id=thread.author_id or 0,
        step=1,
        reply=reply,
        post_id=post_id,
        replied_at=thread.outcome_at,
        created_at=thread.created_at + timedelta(days=92),
    )
