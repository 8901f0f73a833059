"""Enquiries for tests. By default Anna's town asks all others three questions."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from inforo import clock
from inforo.authz import GUEST
from inforo.db import session
from inforo.enquiries import queries
from inforo.enquiries.jobs import send_batch
from inforo.enquiries.models import Enquiry, EnquiryInvitation, EnquiryQuestion
from inforo.enquiries.states import QuestionKind
from inforo.responses import actions
from tests.factories import MANNHEIM, save

QUESTIONS: tuple[dict[str, Any], ...] = (
    {"label": "Gibt es einen Plan?", "kind": QuestionKind.YES_NO, "is_required": True},
    {"label": "Wie viele Stellen?", "kind": QuestionKind.NUMBER, "unit": "VZÄ"},
    {"label": "Was hilft?", "kind": QuestionKind.TEXT},
)


def make_enquiry(
    author: Any,
    *,
    title: str = "Hitzeaktionspläne",
    ags: str | None = MANNHEIM,
    state: str | None = "BW",
    questions: tuple[dict[str, Any], ...] = QUESTIONS,
    days: int = 30,
    **values: Any,
) -> Enquiry:
    """Make a finished draft; `submitted_at` and `approved_at` move it on."""
    enquiry = Enquiry(
        author_id=author.id,
        ags=ags,
        state_code=state,
        title=title,
        purpose="Wir planen selbst einen.",
        purpose_html="<p>Wir planen selbst einen.</p>",
        target=values.pop("target", {}),
        ends_on=clock.today() + timedelta(days=days),
        **values,
    )
    for position, question in enumerate(questions, 1):
        enquiry.questions.append(EnquiryQuestion(position=position, **question))
    return save(enquiry)


def make_running(author: Any, **values: Any) -> Enquiry:
    """Make an enquiry that went out to everybody of its target."""
    now = clock.now()
    enquiry = make_enquiry(author, submitted_at=now, approved_at=now, **values)
    while send_batch(enquiry.id):
        session.commit()
    session.commit()
    return enquiry


def invitation_of(enquiry: Enquiry, ags: str) -> EnquiryInvitation:
    statement = select(EnquiryInvitation).where(
        EnquiryInvitation.enquiry_id == enquiry.id, EnquiryInvitation.ags == ags
    )
    return session.scalars(statement).one()


def answer_for(enquiry: Enquiry, ags: str, *values: Any, is_final: bool = True) -> Any:
    """Let a municipality answer the questions in their order."""
    invitation = queries.find_invitation(invitation_of(enquiry, ags).id)
    kept = queries.find_answer(invitation)
    keys = [question.key for question in invitation.enquiry.questions]
    answer = actions.save(
        GUEST,
        invitation,
        dict(zip(keys, values, strict=True)),
        version=str(kept.version if kept else 0),
        respondent="Rita Rathaus",
        is_final=is_final,
    )
    session.commit()
    return answer
