"""Taking answers: of those who were asked, and of the office after a call."""

from typing import Any

from flask import url_for

from inforo import audit
from inforo.authz import GUEST, Actor
from inforo.confirmations import queries
from inforo.confirmations.jobs import hand_to_office
from inforo.confirmations.models import (
    Answer,
    Confirmation,
    ConfirmationMail,
    ConfirmationRefusal,
    ConfirmationRound,
    Respondent,
)
from inforo.contributions.actions import save
from inforo.contributions.queries import authors_of
from inforo.db import session
from inforo.i18n import _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.actions import close_item
from inforo.offices.models import WorkKind
from inforo.toolbox.models import Example
from inforo.toolbox.states import MeasureStatus


def answer(question: ConfirmationMail, given: Answer, text: str = "") -> None:
    """Take the answer of somebody who was asked; all links of the round end with it."""
    asked, example = question.round, question.round.example
    note_answer(example, given, question.respondent, question.account_id, text)
    asked.settle()
    if given is Answer.CONFIRMED:
        example.confirm()
        close_item(GUEST, WorkKind.EXAMPLE, asked, _l("bestätigt"))
    elif given is Answer.CHANGE:
        hand_to_office(asked, _l("Muss geändert werden: %(title)s", title=example.title))
        ask_authors(example, asked, text)
    else:
        hand_to_office(asked, _l("Gibt es nicht mehr: %(title)s", title=example.title))


def note_answer(
    example: Example,
    given: Answer,
    respondent: Respondent,
    account_id: int | None,
    text: str,
) -> None:
    session.add(
        Confirmation(
            example_id=example.id,
            answer=given,
            respondent=respondent,
            account_id=account_id,
            text=text,
        )
    )


def ask_authors(example: Example, asked: ConfirmationRound, text: str) -> None:
    """Tell the authors what is no longer right, as something to do."""
    for author in authors_of(example):
        notify(
            author,
            Event.DECISION,
            key=f"confirmation:{asked.id}:change",
            title=_l("Bitte überarbeiten: %(title)s", title=example.title),
            text=text,
            url=url_for("contributions.show", example_id=example.id),
            subject=f"examples:{example.id}",
        )


def refuse(question: ConfirmationMail) -> None:
    """Ask this address no more. Once is enough."""
    digest = question.address_digest
    if digest and digest not in queries.refused([digest]):
        session.add(ConfirmationRefusal(address_digest=digest))


# The office


def confirm_by_office(actor: Actor, example: Example, note: str) -> None:
    """Note what somebody said on the telephone: it is still right."""
    note_answer(example, Answer.CONFIRMED, Respondent.OFFICE, actor.account_id, note)
    example.confirm()
    audit.record(actor, "confirm", example, note, title=example.title)
    settle_case(actor, example, _l("bestätigt"))


def end_by_office(actor: Actor, example: Example, reason: str) -> None:
    """Show the measure as ended, with the reason; what people did stays worth reading."""
    note_answer(example, Answer.ENDED, Respondent.OFFICE, actor.account_id, reason)
    save(actor, example, {"measure_status": MeasureStatus.ENDED, "end_reason": reason})
    example.confirm()
    audit.record(actor, "end", example, reason, title=example.title)
    settle_case(actor, example, _l("beendet"))


def close_case(actor: Actor, example: Example, note: str) -> None:
    """Close the case without a confirmation, e.g. because the text was corrected."""
    audit.record(actor, "close_case", example, note, title=example.title)
    settle_case(actor, example, _l("erledigt"))


def settle_case(actor: Actor, example: Example, outcome: Any) -> None:
    asked = queries.latest_round(example)
    if asked is not None:
        asked.settle()
        close_item(actor, WorkKind.EXAMPLE, asked, outcome)
