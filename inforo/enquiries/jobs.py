"""Writing to municipalities, reminding them, and telling of the result.

Sending goes on in batches, each a transaction: which municipality is next follows from the
rows there are, so a worker that dies loses nothing and writes to nobody twice.
"""

import time
from datetime import timedelta
from typing import Any

from flask import url_for
from huey import crontab
from sqlalchemy import delete

from inforo import mail
from inforo.accounts.models import Account
from inforo.clock import now, today
from inforo.config import settings
from inforo.db import session
from inforo.enquiries import due, links, recipients
from inforo.enquiries.models import Enquiry, EnquiryInvitation
from inforo.enquiries.states import Outcome
from inforo.i18n import _l
from inforo.jobs import give_way, job, sweep
from inforo.notifications import schedule
from inforo.notifications.actions import notify, prepare, unsubscribe_url
from inforo.notifications.models import Event, MailOutcome, MailSettings, Wish
from inforo.notifications.queries import CAPPED, mails_today, wishes
from inforo.offices.workdays import working_day_after

BATCH = 100
CAPPED.update({"enquiries:invitation", "enquiries:reminder"})
NOTHING = Wish(on_platform=False, by_mail=False, in_digest=False)


@job
def send_out(enquiry_id: int) -> None:
    """Ask one municipality after the other until all of the target were asked."""
    began = time.monotonic()
    while send_batch(enquiry_id):
        session.commit()
        began = give_way(began)
    session.commit()


def send_batch(enquiry_id: int) -> bool:
    """Ask the next municipalities; return whether there may be more."""
    enquiry = due.lock_enquiry(enquiry_id)
    if enquiry is None or not enquiry.is_running or enquiry.sent_at is not None:
        return False
    after = due.last_asked(enquiry)
    keys = recipients.next_municipalities(enquiry.target, enquiry.ags, after, BATCH)
    ask(enquiry, keys)
    if len(keys) < BATCH:
        enquiry.sent_at = now()
        return False
    return True


def ask(enquiry: Enquiry, keys: list[str]) -> None:
    """Write to one person of each municipality, and note why not where nobody is told."""
    known = recipients.candidates(keys, enquiry.author_id)
    people = recipients.accounts(one for ids in known.values() for one in ids)
    chosen = wishes(list(people), Event.ENQUIRY)
    often = due.asked_often(keys)
    for ags in keys:
        willing = [key for key in known.get(ags, ()) if chosen[key] != NOTHING]
        outcome = outcome_of(known.get(ags, []), willing, is_full=ags in often)
        person = people[willing[0]] if outcome is Outcome.SENT else None
        invitation = EnquiryInvitation(
            enquiry_id=enquiry.id,
            ags=ags,
            account_id=person.id if person else None,
            outcome=outcome,
        )
        session.add(invitation)
        session.flush()
        if person is not None:
            title = _l("Kommunalabfrage: %(title)s", title=enquiry.title)
            write(enquiry, invitation, person, chosen[person.id], "invitation", title)


def outcome_of(known: list[int], willing: list[int], *, is_full: bool) -> Outcome:
    if not known:
        return Outcome.NO_CONTACT
    if not willing:
        return Outcome.OPTED_OUT
    return Outcome.CAP if is_full else Outcome.SENT


def write(  # noqa: PLR0913 (what a mail with a link consists of)
    enquiry: Enquiry,
    invitation: EnquiryInvitation,
    person: Account,
    wish: Wish,
    template: str,
    title: Any,
) -> None:
    """Tell on the platform, and by a mail whose link answers without signing in."""
    key = f"enquiry-{template}:{invitation.id}:{invitation.link_number}"
    told = prepare(
        [person],
        Event.ENQUIRY,
        key=key,
        title=title,
        url=enquiry.path,
        text=_l("%(asker)s fragt Ihre Kommune.", asker=enquiry.asker),
        subject=f"enquiries:{enquiry.id}",
        about=f"enquiry_invitations:{invitation.id}",
    )
    session.add_all(told)
    session.flush()
    if not wish.by_mail:
        return
    if mails_today([person.id]).get(person.id, 0) >= settings.mail_cap_per_day:
        for each in told:
            each.settle(MailOutcome.CAP)
        return
    ordered = mail.order(
        person.email,
        f"enquiries/{template}",
        dedupe_key=f"{key}:account:{person.id}",
        name=person.name,
        account_id=person.id,
        language=person.language,
        unsubscribe_url=unsubscribe_url(person, Event.ENQUIRY),
        thread_key=f"enquiries:{enquiry.id}",
        enquiry=enquiry,
        place=invitation.municipality.display_name,
        url=url_for("responses.by_link", token=links.token_of(invitation), _external=True),
    )
    if ordered is not None:
        waits = schedule.quiet_end(session.get(MailSettings, person.id), now())
        ordered.due_at = waits or ordered.due_at
    session.flush()
    for each in told:
        each.settle(MailOutcome.SENT, ordered)


@sweep(crontab(minute="*/10"))
def go_on_sending() -> None:
    """Find what a worker left unfinished."""
    for enquiry_id in due.unsent_ids():
        send_out(enquiry_id=enquiry_id)


@sweep(crontab(minute="20", hour="6-15"))
def remind() -> None:
    """Write once more, some working days before the end, to who has not answered."""
    last = working_day_after(settings.enquiry_reminder_days, today())
    for enquiry_id in due.ending_until(last):
        while remind_batch(enquiry_id):
            session.commit()
        session.commit()


def remind_batch(enquiry_id: int) -> bool:
    enquiry = due.lock_enquiry(enquiry_id)
    if enquiry is None or not enquiry.is_running or enquiry.reminded_at is not None:
        return False
    waiting = due.unreminded(enquiry, BATCH)
    chosen = wishes([one.account_id for one in waiting if one.account_id], Event.ENQUIRY)
    for invitation in waiting:
        invitation.reminded_at = now()
        person = invitation.account
        if person is not None and person.is_approved:
            title = _l("Erinnerung an die Kommunalabfrage: %(title)s", title=enquiry.title)
            write(enquiry, invitation, person, chosen[person.id], "reminder", title)
    if len(waiting) < BATCH:
        enquiry.reminded_at = now()
        return False
    return True


@job
def tell_withdrawn(enquiry_id: int) -> None:
    """Tell who was asked that nobody needs the answer any more."""
    enquiry = due.lock_enquiry(enquiry_id)
    if enquiry is None or enquiry.withdrawn_at is None:
        return
    after = 0
    while told := due.asked_people(enquiry, after, BATCH):
        for invitation in told:
            after = invitation.id
            if invitation.account is not None:
                notify(
                    invitation.account,
                    Event.ENQUIRY,
                    key=f"enquiry-withdrawn:{invitation.id}",
                    title=_l("Zurückgezogen: %(title)s", title=enquiry.title),
                    url=enquiry.path,
                    text=_l("Begründung: %(reason)s", reason=enquiry.withdrawal_reason),
                    subject=f"enquiries:{enquiry.id}",
                    about=f"enquiry_invitations:{invitation.id}",
                )
        session.commit()


@sweep(crontab(minute="52", hour="2"))
def forget_old_drafts() -> None:
    """Delete enquiries nobody handed in: long untouched, or without their author."""
    until = now() - timedelta(days=settings.keep_drafts_days)
    session.execute(
        delete(Enquiry).where(
            Enquiry.approved_at.is_(None),
            (Enquiry.changed_at < until) | Enquiry.author_id.is_(None),
        )
    )
    session.commit()
