"""Enquiries of the demo: one with a result, one that runs, one that waits, one draft."""

from datetime import timedelta
from typing import Any

from inforo import clock, text
from inforo.db import session
from inforo.demo.source import Catalogue, ago, read
from inforo.enquiries import recipients
from inforo.enquiries.actions import ask_office
from inforo.enquiries.due import answers_with_places
from inforo.enquiries.models import (
    Enquiry,
    EnquiryAnswer,
    EnquiryInvitation,
    EnquiryQuestion,
    EnquiryResult,
)
from inforo.enquiries.states import Audience, Outcome, QuestionKind
from inforo.responses.compiling import Row, compiled

ALL = 20_000


def load_enquiries(catalogue: Catalogue) -> None:
    for row in read("enquiries.json"):
        enquiry = make(catalogue, row)
        session.add(enquiry)
        session.flush()
        if row.get("waits"):
            enquiry.submitted_at = ago(days=1)
            ask_office(enquiry)
        elif not row.get("is_draft"):
            enquiry.submitted_at = enquiry.approved_at = enquiry.sent_at = ago(days=20)
            answer(enquiry, invite(enquiry), row)
            end(enquiry)


def make(catalogue: Catalogue, row: dict[str, Any]) -> Enquiry:
    author = catalogue.people[row["author"]]
    return Enquiry(
        author=author,
        ags=author.municipality_ags,
        state_code=author.state_code,
        title=row["title"],
        purpose=row["purpose"],
        purpose_html=text.render_markdown(row["purpose"]),
        target=row["target"],
        audience=Audience(row["audience"]),
        is_named=row["is_named"],
        ends_on=clock.today() + timedelta(days=row["days_left"]),
        created_at=ago(days=25),
        questions=[
            EnquiryQuestion(
                position=position, **question | {"kind": QuestionKind(question["kind"])}
            )
            for position, question in enumerate(row["questions"], 1)
        ],
    )


def invite(enquiry: Enquiry) -> list[EnquiryInvitation]:
    """Ask as the worker would, without a mail; return who was told."""
    keys = recipients.next_municipalities(enquiry.target, enquiry.ags, "", ALL)
    known = recipients.candidates(keys, enquiry.author_id)
    made = [
        EnquiryInvitation(
            enquiry_id=enquiry.id,
            ags=ags,
            account_id=known[ags][0] if ags in known else None,
            outcome=Outcome.SENT if ags in known else Outcome.NO_CONTACT,
            created_at=ago(days=20),
        )
        for ags in keys
    ]
    session.add_all(made)
    session.flush()
    return [invitation for invitation in made if invitation.outcome is Outcome.SENT]


def answer(enquiry: Enquiry, asked: list[EnquiryInvitation], row: dict[str, Any]) -> None:
    """Let two of three answer, in turn with the answers of the file."""
    keys = [question.key for question in enquiry.questions]
    willing = [one for one in asked if one.ags not in row.get("without", ())]
    for number, invitation in enumerate(willing):
        if number % 3 == 2:
            continue
        values = list(row["answers"][number % len(row["answers"])])
        if number >= len(row["answers"]):  # nobody writes the same sentence twice
            values[-1] = None
        session.add(
            EnquiryAnswer(
                invitation_id=invitation.id,
                enquiry_id=enquiry.id,
                values=dict(zip(keys, values, strict=True)),
                saved_by_id=invitation.account_id,
                saved_at=ago(days=14),
                submitted_at=ago(days=14),
            )
        )
    session.flush()


def end(enquiry: Enquiry) -> None:
    """Compile the result of what is over."""
    if not enquiry.is_over:
        return
    rows = [
        Row(row.display_name, row.given, row.state, row.kind, row.size_class)
        for row in answers_with_places(enquiry)
    ]
    session.add(EnquiryResult(enquiry_id=enquiry.id, tables=compiled(enquiry, rows)))
    enquiry.closed_at = enquiry.compiled_at = enquiry.announced_at = ago(days=11)
