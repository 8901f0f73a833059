"""What can be found of enquiries: those whose result is for all members."""

from collections.abc import Sequence

from sqlalchemy import select

from inforo.db import session
from inforo.enquiries.models import Enquiry, EnquiryQuestion
from inforo.enquiries.states import Audience as Readers
from inforo.search.documents import Document, Key, Source, Watch, bare, grouped, in_table
from inforo.search.models import Audience, Kind

FINDABLE = select(Enquiry.id).where(
    Enquiry.approved_at.is_not(None),
    Enquiry.withdrawn_at.is_(None),
    Enquiry.audience == Readers.MEMBERS,
)


def describe(keys: Sequence[Key]) -> list[Document]:
    """Describe enquiries by what they ask; answers are left to the page of the result."""
    questions = questions_of(keys)
    statement = FINDABLE.where(Enquiry.id.in_(keys)).add_columns(
        Enquiry.title, Enquiry.purpose, Enquiry.approved_at
    )
    return [
        Document(
            kind=Kind.PAGE,
            key=key,
            audience=Audience.MEMBERS,
            title=title,
            body=bare(purpose, *questions.get(key, [])),
            context="Kommunalabfrage",
            path=f"/kommunalabfragen/{key}",
            changed_at=approved_at,
        )
        for key, title, purpose, approved_at in session.execute(statement)
    ]


def questions_of(keys: Sequence[Key]) -> dict[Key, list[str]]:
    rows = session.execute(
        select(EnquiryQuestion.enquiry_id, EnquiryQuestion.label)
        .where(EnquiryQuestion.enquiry_id.in_(keys))
        .order_by(EnquiryQuestion.enquiry_id, EnquiryQuestion.position)
    )
    return {key: [row[0] for row in found] for key, found in grouped(rows).items()}


ENQUIRIES = Source(
    number=74,
    kind=Kind.PAGE,
    keys=in_table(FINDABLE, Enquiry.id),
    describe=describe,
    watched=(Watch(Enquiry, "id"), Watch(EnquiryQuestion, "enquiry_id")),
)
