"""Once a day: ask, remind, and mark what nobody confirmed.

Each example is one transaction: its mails lie in the outbox when it is committed, or there is
no trace of it. So a worker that dies in the middle asks nobody twice, and the next run goes on
where it stopped.
"""

import logging
import secrets
from datetime import timedelta
from typing import Any

from flask import url_for
from huey import crontab

from inforo import audit, mail, sessions
from inforo.authz import GUEST
from inforo.clock import now
from inforo.config import settings
from inforo.confirmations import queries
from inforo.confirmations.models import (
    Answer,
    ConfirmationMail,
    ConfirmationRound,
    Unreachable,
)
from inforo.confirmations.recipients import Recipient, recipients
from inforo.db import session
from inforo.i18n import _l
from inforo.jobs import sweep
from inforo.offices.actions import open_item
from inforo.offices.models import WorkKind
from inforo.toolbox.models import Example

log = logging.getLogger(__name__)
MAILINGS = 3
# How the answers are called in addresses.
WORDS = {Answer.CONFIRMED: "ja", Answer.CHANGE: "aendern", Answer.ENDED: "beendet"}


@sweep(crontab(minute="20", hour="4"))
def ask_for_confirmations() -> None:
    for example_id in queries.due_examples():
        try:
            work_on(example_id)
        except Exception:  # one broken example must not silence all behind it
            session.rollback()
            log.exception("example %s could not be asked about", example_id)


def work_on(example_id: int) -> None:
    """Do what is due for one example, in a transaction of its own."""
    session.commit()
    example = queries.find_example_to_ask(example_id)
    if example is not None:
        take_step(example)
    session.commit()


def take_step(example: Example) -> None:
    """Do what is due for one example: ask, remind, or note that nobody answered."""
    asked = queries.latest_round(example)
    if not example.is_published:
        if asked is not None:
            asked.close()
        return
    if asked is None or asked.ended_at is not None:
        ask(example, begin_round(example, asked))
    elif queries.is_needless(asked):
        asked.close()
    elif asked.due_at <= now():
        if asked.asked < MAILINGS:
            ask(example, asked)
        else:
            note_silence(example, asked)


def begin_round(example: Example, last: ConfirmationRound | None) -> ConfirmationRound:
    asked = ConfirmationRound(example=example, number=last.number + 1 if last else 1)
    session.add(asked)
    session.flush()
    return asked


def ask(example: Example, asked: ConfirmationRound) -> None:
    """Send one mailing; who cannot be reached is told to the office at once."""
    nobody_before = bool(asked.mails) and all(sent.has_failed for sent in asked.mails)
    asked.asked += 1
    asked.due_at = now() + timedelta(days=settings.confirm_reminder_days)
    people = recipients(example)
    unwilling = queries.refused([someone.digest for someone in people])
    sent = [ask_person(asked, someone, unwilling) for someone in people]
    if nobody_before or all(question.unreachable for question in sent):
        title = _l("Niemand erreichbar: %(title)s", title=example.title)
        hand_to_office(asked, title)


def ask_person(
    asked: ConfirmationRound, someone: Recipient, unwilling: set[str]
) -> ConfirmationMail:
    question = ConfirmationMail(
        round_id=asked.id,
        mailing=asked.asked,
        respondent=someone.respondent,
        account_id=someone.account.id if someone.account else None,
        address_digest=someone.digest,
        unreachable=reason_not_to(someone, unwilling),
    )
    asked.mails.append(question)
    if question.unreachable is None:
        secret = secrets.token_urlsafe(32)
        question.token_hash = sessions.digest(secret)
        question.mail = order_mail(asked, someone, secret)
    session.flush()
    return question


def reason_not_to(someone: Recipient, unwilling: set[str]) -> Unreachable | None:
    if not someone.address:
        return Unreachable.MISSING
    return Unreachable.REFUSED if someone.digest in unwilling else None


def order_mail(asked: ConfirmationRound, someone: Recipient, secret: str) -> mail.Mail | None:
    key = key_of(asked, someone)
    return mail.order(
        someone.address,
        "confirmations/ask",
        dedupe_key=f"{key}:{asked.asked}",
        name=someone.name,
        account_id=someone.account.id if someone.account else None,
        language=someone.account.language if someone.account else "de",
        unsubscribe_url=url_for("confirmations.refuse", secret=secret, _external=True),
        thread_key=key,
        example=asked.example,
        respondent=someone.respondent,
        mailing=asked.asked,
        mailings=MAILINGS,
        page_url=url_for("toolbox.show_example", example_id=asked.example_id, _external=True),
        urls={
            answer.value: url_for(
                "confirmations.answer", secret=secret, answer=word, _external=True
            )
            for answer, word in WORDS.items()
        },
    )


def key_of(asked: ConfirmationRound, someone: Recipient) -> str:
    """Return what names the question to a person; only of authors there may be several."""
    key = f"confirmation:{asked.id}:{someone.respondent.value}"
    account = someone.account
    if account is None or account.id == asked.example.author_id:
        return key
    return f"{key}:{account.id}"


def note_silence(example: Example, asked: ConfirmationRound) -> None:
    """Mark an example nobody confirmed, and let the office ask by telephone."""
    asked.close()
    example.miss_confirmation()
    audit.record(GUEST, "unconfirmed", example, title=example.title)
    hand_to_office(asked, _l("Nicht bestätigt: %(title)s", title=example.title))


def hand_to_office(asked: ConfirmationRound, title: Any) -> None:
    open_item(
        WorkKind.EXAMPLE,
        asked,
        title=title,
        url=url_for("confirmations.case", example_id=asked.example_id),
        author_id=asked.example.author_id,
    )
