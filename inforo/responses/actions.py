"""Every write on answers. Nothing here commits; the caller does."""

from typing import Any

from flask import url_for
from sqlalchemy import select

from inforo import mail, versions
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.enquiries import jobs, queries
from inforo.enquiries.models import Enquiry, EnquiryAnswer, EnquiryInvitation
from inforo.errors import DomainError
from inforo.i18n import _, _l
from inforo.notifications.actions import mark_subject_read
from inforo.notifications.models import Event
from inforo.notifications.queries import wishes
from inforo.responses.wording import in_words


class Over(DomainError):
    """Somebody answers while the enquiry ends or is taken back."""

    def __init__(self) -> None:
        super().__init__(_("Diese Abfrage nimmt keine Antworten mehr an."))


def save(  # noqa: PLR0913 (what an answer consists of)
    actor: Actor,
    invitation: EnquiryInvitation,
    values: dict[str, Any],
    *,
    version: str | None,
    respondent: str = "",
    is_final: bool,
) -> EnquiryAnswer:
    """Keep an answer of the municipality; with `is_final` it counts.

    `actor` is nobody where the link of the mail was used; `version` is that of the answer
    the form began with, 0 if there was none.
    """
    hold_still(invitation.enquiry)
    answer = queries.find_answer(invitation, to_change=True)
    if str(version or 0) != str(answer.version if answer else 0):
        raise versions.Conflict
    if answer is None:
        answer = EnquiryAnswer(invitation_id=invitation.id, enquiry_id=invitation.enquiry_id)
        session.add(answer)
    answer.values, answer.saved_at = values, now()
    answer.saved_by_id, answer.respondent = actor.account_id, respondent
    if is_final:
        answer.submitted_at = answer.submitted_at or now()
    session.flush()
    if is_final:
        confirm(actor, invitation, answer)
    return answer


def hold_still(enquiry: Enquiry) -> None:
    """Let nobody end the enquiry until this transaction does; refuse if it is over."""
    here = select(Enquiry.id).where(Enquiry.id == enquiry.id)
    session.scalar(here.with_for_update(read=True))
    session.refresh(enquiry, ["closed_at", "withdrawn_at", "ends_on", "approved_at"])
    if not enquiry.is_running:
        raise Over


def confirm(actor: Actor, invitation: EnquiryInvitation, answer: EnquiryAnswer) -> None:
    """Send a copy: to who answered, or to who got the link."""
    reader = session.get(Account, actor.account_id or invitation.account_id or 0)
    if reader is None or not reader.is_approved:
        return
    enquiry = invitation.enquiry
    mail.order(
        reader.email,
        "responses/receipt",
        dedupe_key=f"enquiry-receipt:{invitation.id}:{answer.version}:account:{reader.id}",
        name=reader.name,
        account_id=reader.id,
        language=reader.language,
        thread_key=f"enquiries:{enquiry.id}",
        enquiry=enquiry,
        place=invitation.municipality.display_name,
        rows=[
            (question.label, in_words(question, answer.values.get(question.key)))
            for question in enquiry.questions
        ],
        url=url_for("responses.answer", invitation_id=invitation.id, _external=True),
    )


def renew_link(actor: Actor, invitation: EnquiryInvitation, recipient: Account) -> None:
    """End all links before, and send a new one to a person of the municipality."""
    hold_still(invitation.enquiry)
    invitation.link_number += 1
    invitation.account_id = recipient.id
    session.flush()
    title = _l("Neuer Link zur Kommunalabfrage: %(title)s", title=invitation.enquiry.title)
    wish = wishes([recipient.id], Event.ENQUIRY)[recipient.id]
    jobs.write(invitation.enquiry, invitation, recipient, wish, "invitation", title)


def note_seen(actor: Actor, enquiry: Enquiry) -> None:
    mark_subject_read(actor, f"enquiries:{enquiry.id}")
