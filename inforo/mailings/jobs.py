"""Mails about notifications: those about the same become one, and none is told too much.

Each batch is one transaction: what became of every notification stands beside the mails that
tell it. A worker that dies loses the batch it was in, and the next one does it again.
"""

import time
from datetime import datetime

from flask import url_for
from huey import crontab

from inforo import clock, mail
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import session
from inforo.discussions.jobs import said
from inforo.discussions.models import Post, Thread
from inforo.i18n import in_language
from inforo.jobs import give_way, sweep
from inforo.mailings import queries, replies
from inforo.mailings.sight import Sight
from inforo.notifications import schedule
from inforo.notifications.actions import unsubscribe_url
from inforo.notifications.models import (
    DEFAULTS,
    MailOutcome,
    Notification,
    Rhythm,
)
from inforo.notifications.queries import CAPPED, mails_today
from inforo.tidings import jobs as tidings
from inforo.tidings.models import Tiding

BATCH = 10  # people; a transaction that writes should not hold others up
TEMPLATE = "mailings/bundle"
CAPPED.add(TEMPLATE.replace("/", ":"))


@sweep(crontab())
def send_bundles() -> None:
    """Write the mails that have waited for others about the same, a few people at a time."""
    began = time.monotonic()
    while send_batch(clock.now()):
        session.commit()
        began = give_way(began)
    session.commit()


def send_batch(moment: datetime) -> bool:
    """Settle everything that is due for the next people; return whether there were any."""
    ids = queries.due_people(moment, BATCH)
    told = queries.due_notifications(ids, moment) if ids else []
    if not told:
        return False
    batch = Batch(told, moment)
    for person_id in dict.fromkeys(each.account_id for each in told):
        batch.settle([each for each in told if each.account_id == person_id])
    return True


class Batch:
    """The mails of some people: what is known about all of them is read at once."""

    def __init__(self, told: list[Notification], moment: datetime) -> None:
        ids = sorted({each.account_id for each in told})
        self.moment = moment
        self.sight = Sight(told, queries.people(ids))
        self.settings = queries.settings_by_person(ids)
        self.choices = queries.choices_by_person(ids)
        self.sent = mails_today(ids)

    def settle(self, told: list[Notification]) -> None:
        """Decide on everything that is due for one person."""
        person_id = told[0].account_id
        quiet_until = schedule.quiet_end(self.settings.get(person_id), self.moment)
        bundles: dict[str, list[Notification]] = {}
        for each in told:
            refused = self.why_not(each)
            if refused is not None:
                each.settle(refused)
            elif quiet_until is not None:
                each.mail_due_at = quiet_until
            else:
                bundles.setdefault(each.subject or each.dedupe_key, []).append(each)
        for bundle in bundles.values():
            self.send(self.sight.people[person_id], bundle)

    def why_not(self, told: Notification) -> MailOutcome | None:
        """Return the reason for which there is no mail, or None."""
        choice = self.choices.get((told.account_id, told.event))
        wish = choice.wish if choice else DEFAULTS[told.event.kind]
        if not self.sight.reaches(told):
            return MailOutcome.INACTIVE
        if not self.sight.allows(told):
            return MailOutcome.NO_RIGHT
        if told.read_at is not None:
            return MailOutcome.SEEN
        return None if wish.by_mail else MailOutcome.UNWANTED

    def send(self, person: Account, bundle: list[Notification]) -> None:
        """Order one mail, unless the person got enough of them today."""
        count = self.sent.get(person.id, 0) + 1
        if count > settings.mail_cap_per_day:
            for each in bundle:
                each.settle(MailOutcome.CAP)
            return
        self.sent[person.id] = count
        ordered = self.order(person, bundle, is_last=count == settings.mail_cap_per_day)
        session.flush()
        outcome = MailOutcome.BUNDLED if len(bundle) > 1 else MailOutcome.SENT
        for each in bundle:
            each.settle(outcome, ordered)

    def order(
        self, person: Account, bundle: list[Notification], *, is_last: bool
    ) -> mail.Mail | None:
        first, start = bundle[0], url_for("pages.start", _external=True).rstrip("/")
        reply_to = replies.address_for(person, first.subject)
        chosen = self.settings.get(person.id)
        return mail.order(
            person.email,
            TEMPLATE,
            dedupe_key=f"bundle:{first.dedupe_key}:{len(bundle)}",
            name=person.name,
            account_id=person.id,
            language=person.language,
            unsubscribe_url=unsubscribe_url(person, first.event),
            thread_key=first.subject,
            reply_to=reply_to,
            takes_reply=bool(reply_to),
            line=self.subject_of(first),
            told=[(each, self.words(each, person), start + each.url) for each in bundle],
            is_last=is_last,
            has_digest=chosen is None or chosen.rhythm is not Rhythm.NEVER,
            cap=settings.mail_cap_per_day,
            settings_url=url_for("notifications.edit", _external=True),
        )

    def subject_of(self, told: Notification) -> str:
        """Return the subject line; it is the same for all mails about one discussion."""
        found = self.sight.find(told)
        thread = found.thread if isinstance(found, Post) else found
        if isinstance(thread, Thread):
            return f"[{thread.group.name}] {thread.title}"
        return told.title

    def words(self, told: Notification, person: Account) -> str:
        """Return the text as it is now: authors mend their posts in the first minutes."""
        found = self.sight.find(told)
        with in_language(person.language):
            if isinstance(found, Tiding):
                return tidings.said(found, person.id)
            return said(found) if isinstance(found, Post) else told.text


def stop_what_is_hidden(waiting: mail.Mail) -> str:
    """Look again right before a mail leaves: an outbox may have waited for hours.

    What may still be told is planned anew, in a mail of its own.
    """
    told = queries.notifications_in(waiting)
    if not told:
        return stop_for_inactive(waiting)
    sight = Sight(told, queries.people([told[0].account_id]))
    refused = {each.id: refusal(sight, each) for each in told}
    if not any(refused.values()):
        return ""
    for each in told:
        each.settle(refused[each.id] or MailOutcome.WAITING)
        if not refused[each.id]:
            each.mail_due_at = clock.now()
    return "withdrawn: its reader may not see this any more"


def stop_for_inactive(waiting: mail.Mail) -> str:
    """Stop what can be unsubscribed from (saved searches, digests) for suspended people."""
    if waiting.account_id is None or "List-Unsubscribe" not in waiting.headers:
        return ""
    found = queries.people([waiting.account_id])
    return "" if found and found[0].is_approved else "withdrawn: its reader is not active"


def refusal(sight: Sight, told: Notification) -> MailOutcome | None:
    if not sight.reaches(told):
        return MailOutcome.INACTIVE
    return None if sight.allows(told) else MailOutcome.NO_RIGHT


mail.guards.append(stop_what_is_hidden)
