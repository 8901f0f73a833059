"""Every SELECT on results and answers. Who asks comes first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.enquiries import policy, queries
from inforo.enquiries.models import (
    Enquiry,
    EnquiryAnswer,
    EnquiryInvitation,
    EnquiryResult,
)
from inforo.errors import Forbidden, NotFound
from inforo.municipalities.models import Municipality


def get_readable(actor: Actor, enquiry_id: int) -> Enquiry:
    """Return an enquiry whose result this person may read."""
    enquiry = queries.get_enquiry(actor, enquiry_id)
    has_answered = queries.has_answered(actor, enquiry)
    if not policy.may_read_result(actor, enquiry, has_answered=has_answered):
        raise Forbidden
    return enquiry


def find_result(enquiry: Enquiry) -> EnquiryResult | None:
    return session.get(EnquiryResult, enquiry.id)


def named_answers(enquiry: Enquiry, page: int) -> Sequence[Any]:
    """Return one page of municipalities with what they answered; one row more than shown."""
    if not enquiry.is_named:
        raise NotFound
    size = settings.page_size
    statement = (
        select(
            Municipality.display_name,
            Municipality.state_code,
            EnquiryAnswer.values.label("given"),
        )
        .join(EnquiryInvitation, EnquiryInvitation.id == EnquiryAnswer.invitation_id)
        .join(Municipality, Municipality.ags == EnquiryInvitation.ags)
        .where(EnquiryAnswer.enquiry_id == enquiry.id, EnquiryAnswer.submitted_at.is_not(None))
        .order_by(Municipality.name_key, Municipality.ags)
    )
    return session.execute(statement.limit(size + 1).offset((page - 1) * size)).all()


def get_account(actor: Actor) -> Account:
    account = session.get(Account, actor.account_id)
    if account is None:
        raise NotFound
    return account
