"""Every write on enquiries before and while they run. Nothing here commits; the caller does.

What concerns answers stands in `answering`.
"""

from datetime import date
from typing import Any

from inforo import audit, text
from inforo.authz import Actor
from inforo.clock import now, today
from inforo.config import settings
from inforo.db import session
from inforo.enquiries import jobs, policy, queries
from inforo.enquiries.models import (
    FEWEST_QUESTIONS,
    MOST_QUESTIONS,
    Enquiry,
    EnquiryQuestion,
)
from inforo.errors import DomainError
from inforo.i18n import _, _l
from inforo.notifications.actions import mark_subject_read, notify
from inforo.notifications.models import Event
from inforo.offices.actions import close_item, open_item
from inforo.offices.models import WorkKind
from inforo.offices.queries import coordinators_of_state
from inforo.offices.workdays import working_day_after


class Incomplete(DomainError):
    """An enquiry is handed in before it is finished."""

    status = 422


# Writing --------------------------------------------------------------------------------


def create(actor: Actor, title: str, purpose: str) -> Enquiry:
    """Begin an enquiry: of the person's municipality, or of the office of staff."""
    enquiry = Enquiry(
        author_id=actor.account_id,
        ags=None if actor.is_staff else actor.municipality_ags,
        state_code=actor.state_code,
        target={},
    )
    describe(enquiry, title, purpose)
    session.add(enquiry)
    session.flush()
    return enquiry


def describe(enquiry: Enquiry, title: str, purpose: str) -> None:
    enquiry.title, enquiry.purpose = title, purpose
    enquiry.purpose_html = text.render_markdown(purpose)
    enquiry.changed_at = now()


def set_target(enquiry: Enquiry, values: dict[str, Any]) -> None:
    """Keep whom it goes to, until when, and who reads the result."""
    for name, value in values.items():
        setattr(enquiry, name, value)
    enquiry.changed_at = now()


def add_question(enquiry: Enquiry, values: dict[str, Any]) -> EnquiryQuestion:
    if len(enquiry.questions) >= MOST_QUESTIONS:
        raise DomainError(
            _("Eine Abfrage hat höchstens %(count)s Fragen.", count=MOST_QUESTIONS)
        )
    question = EnquiryQuestion(position=len(enquiry.questions) + 1, **values)
    enquiry.questions.append(question)
    enquiry.changed_at = now()
    session.flush()
    return question


def edit_question(enquiry: Enquiry, question: EnquiryQuestion, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(question, name, value)
    enquiry.changed_at = now()


def move_question(enquiry: Enquiry, question: EnquiryQuestion, step: int) -> None:
    """Let a question change places with the one before or behind it."""
    order = list(enquiry.questions)
    here = order.index(question)
    there = here + step
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    number(enquiry, order)


def remove_question(enquiry: Enquiry, question: EnquiryQuestion) -> None:
    enquiry.questions.remove(question)
    number(enquiry, list(enquiry.questions))


def number(enquiry: Enquiry, order: list[EnquiryQuestion]) -> None:
    for position, question in enumerate(order, 1):
        question.position = position
    enquiry.changed_at = now()


def discard(actor: Actor, enquiry: Enquiry) -> None:
    """Forget an enquiry that never went out."""
    close_item(actor, WorkKind.ENQUIRY, enquiry, _l("zurückgezogen"))
    session.delete(enquiry)


# Going out ------------------------------------------------------------------------------


def missing(enquiry: Enquiry) -> list[str]:
    """Return what has to be done before the enquiry can go out, as sentences."""
    found = []
    if len(enquiry.questions) < FEWEST_QUESTIONS:
        found.append(
            _(
                "Es fehlen Fragen: Bitte stellen Sie mindestens %(count)s.",
                count=FEWEST_QUESTIONS,
            )
        )
    if enquiry.ends_on is None:
        found.append(_("Bitte legen Sie fest, an wen die Abfrage geht und bis wann."))
    elif enquiry.ends_on < earliest_end(enquiry):
        found.append(
            _(
                "Bitte wählen Sie einen späteren letzten Tag: Es sollen mindestens %(count)s "
                "Arbeitstage bleiben.",
                count=settings.enquiry_working_days,
            )
        )
    return found


def earliest_end(enquiry: Enquiry) -> date:
    return working_day_after(settings.enquiry_working_days, today(), enquiry.state_code)


def hand_in(actor: Actor, enquiry: Enquiry) -> bool:
    """Send it, or ask the office to approve it; tell whether it went out at once."""
    wrong = missing(enquiry)
    if wrong:
        raise Incomplete(" ".join(wrong))
    if queries.count_open_of(actor.account_id) >= settings.enquiries_open:
        raise DomainError(
            _(
                "Sie haben schon %(count)s Abfragen, die warten oder laufen. Bitte warten Sie, "
                "bis eine davon beendet ist.",
                count=settings.enquiries_open,
            )
        )
    enquiry.submitted_at, enquiry.changed_at = now(), now()
    enquiry.returned_at, enquiry.return_reason = None, ""
    if policy.may_send_directly(actor, enquiry):
        send_out(actor, enquiry)
        return True
    ask_office(enquiry)
    return False


def ask_office(enquiry: Enquiry) -> None:
    title = _l("Kommunalabfrage: %(title)s", title=enquiry.title)
    open_item(
        WorkKind.ENQUIRY, enquiry, title=title, url=enquiry.path, author_id=enquiry.author_id
    )
    for person in coordinators_of_state(enquiry.state_code):
        if person.id != enquiry.author_id:
            notify(
                person,
                Event.WORK,
                key=f"enquiry:{enquiry.id}:{moment()}",
                title=title,
                url=enquiry.path,
                text=_l("Die Abfrage wartet auf Ihre Freigabe."),
                subject=f"enquiries:{enquiry.id}",
            )


def moment() -> str:
    return f"{now().timestamp():.0f}"


def send_out(actor: Actor, enquiry: Enquiry) -> None:
    """Let the worker write to the municipalities; a late approval leaves enough days."""
    enquiry.approved_at, enquiry.approved_by_id = now(), actor.account_id
    enquiry.ends_on = max(enquiry.ends_on or today(), earliest_end(enquiry))
    audit.record(actor, "send_enquiry", enquiry, title=enquiry.title)
    jobs.send_out.later(enquiry_id=enquiry.id)


def approve(actor: Actor, enquiry: Enquiry) -> None:
    send_out(actor, enquiry)
    close_item(actor, WorkKind.ENQUIRY, enquiry, _l("freigegeben"))
    tell_author(
        actor, enquiry, _l("Ihre Abfrage ist freigegeben: %(title)s", title=enquiry.title)
    )


def send_back(actor: Actor, enquiry: Enquiry, reason: str) -> None:
    """Give it back to who asks, with the reason; it can be changed and handed in again."""
    enquiry.returned_at, enquiry.return_reason = now(), reason
    audit.record(actor, "return_enquiry", enquiry, reason, title=enquiry.title)
    close_item(actor, WorkKind.ENQUIRY, enquiry, _l("zurückgegeben"))
    title = _l("Ihre Abfrage wurde zurückgegeben: %(title)s", title=enquiry.title)
    tell_author(actor, enquiry, title, _l("Begründung: %(reason)s", reason=reason))


def tell_author(actor: Actor, enquiry: Enquiry, title: Any, words: Any = "") -> None:
    if enquiry.author is not None and not actor.is_me(enquiry.author_id):
        notify(
            enquiry.author,
            Event.DECISION,
            key=f"enquiry-decided:{enquiry.id}:{moment()}",
            title=title,
            url=enquiry.path,
            text=words,
            subject=f"enquiries:{enquiry.id}",
            actor=actor,
        )


# While it runs --------------------------------------------------------------------------


def extend(actor: Actor, enquiry: Enquiry, ends_on: date) -> None:
    """Give more time, once."""
    enquiry.ends_on, enquiry.extended_at, enquiry.reminded_at = ends_on, now(), None
    record(actor, "extend_enquiry", enquiry)


def close(actor: Actor, enquiry: Enquiry) -> None:
    """End it before its day; a sweep compiles the result."""
    enquiry.closed_at = now()
    record(actor, "close_enquiry", enquiry)


def withdraw(actor: Actor, enquiry: Enquiry, reason: str) -> None:
    """Take it back with a reason; nobody reads what was answered."""
    enquiry.withdrawn_at, enquiry.withdrawal_reason = now(), reason
    record(actor, "withdraw_enquiry", enquiry, reason)
    title = _l("Ihre Abfrage wurde zurückgezogen: %(title)s", title=enquiry.title)
    tell_author(actor, enquiry, title, _l("Begründung: %(reason)s", reason=reason))
    jobs.tell_withdrawn.later(enquiry_id=enquiry.id)


def record(actor: Actor, action: str, enquiry: Enquiry, reason: str = "") -> None:
    audit.record(actor, action, enquiry, reason, title=enquiry.title)


def archive(enquiry: Enquiry, *, is_wanted: bool) -> None:
    enquiry.archived_at = now() if is_wanted else None


def note_seen(actor: Actor, enquiry: Enquiry) -> None:
    mark_subject_read(actor, f"enquiries:{enquiry.id}")
