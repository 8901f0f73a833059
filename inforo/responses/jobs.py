"""Compiling results once an enquiry has ended, and telling who may read them."""

from typing import Any

from huey import crontab

from inforo.clock import now
from inforo.db import session
from inforo.enquiries import due
from inforo.enquiries.models import Enquiry, EnquiryResult
from inforo.i18n import _l
from inforo.jobs import sweep
from inforo.notifications.actions import notify, notify_all
from inforo.notifications.models import Event
from inforo.responses.compiling import Row, compiled

BATCH = 200


@sweep(crontab())
def finish_enquiries() -> None:
    """Compile what has ended, then tell who asked and who answered, once."""
    for enquiry_id in due.over_ids():
        compile_result(enquiry_id)
        announce(enquiry_id)


def compile_result(enquiry_id: int) -> None:
    enquiry = due.lock_enquiry(enquiry_id)
    if enquiry is not None and enquiry.compiled_at is None:
        rows = [
            Row(row.display_name, row.given, row.state, row.kind, row.size_class)
            for row in due.answers_with_places(enquiry)
        ]
        session.merge(EnquiryResult(enquiry_id=enquiry.id, tables=compiled(enquiry, rows)))
        enquiry.compiled_at = enquiry.closed_at = enquiry.closed_at or now()
    session.commit()


def announce(enquiry_id: int) -> None:
    """Tell the author and one person of each municipality that answered, in batches."""
    enquiry = due.lock_enquiry(enquiry_id)
    if enquiry is None or enquiry.announced_at is not None:
        return
    words: dict[str, Any] = {
        "title": _l("Ergebnis der Kommunalabfrage: %(title)s", title=enquiry.title),
        "text": _l("Die Antworten sind zusammengestellt."),
        "url": f"{enquiry.path}/ergebnis",
        "subject": f"enquiries:{enquiry.id}",
    }
    if enquiry.author is not None:
        notify(enquiry.author, Event.ENQUIRY, key=f"enquiry-result:{enquiry.id}", **words)
    session.commit()
    tell_respondents(enquiry, words)
    enquiry = due.lock_enquiry(enquiry_id)
    if enquiry is not None:
        enquiry.announced_at = now()
    session.commit()


def tell_respondents(enquiry: Enquiry, words: dict[str, Any]) -> None:
    after = 0
    while told := due.invitees(enquiry, after, BATCH):
        after = told[-1].id
        for invitation in told:
            if invitation.account is not None:
                notify_all(
                    [invitation.account],
                    Event.ENQUIRY,
                    key=f"enquiry-result:{enquiry.id}",
                    about=f"enquiry_invitations:{invitation.id}",
                    **words,
                )
        session.commit()
