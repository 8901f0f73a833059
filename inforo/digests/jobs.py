"""Digests at the hour people chose: planned, written, and looked at again before they leave.

Each batch is one transaction: the next time, the mail, and what stood in it. A worker that
dies loses the batch it was in, and the next one writes it.
"""

import time
from datetime import timedelta

from flask import url_for
from huey import crontab
from sqlalchemy import delete

from inforo import clock, mail
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import session
from inforo.digests import choosing, queries
from inforo.digests.models import Digest, DigestItem, Section
from inforo.i18n import in_language
from inforo.jobs import give_way, sweep
from inforo.mailings.queries import people
from inforo.mailings.sight import KINDS, Sight, load, parted
from inforo.notifications import schedule
from inforo.notifications.models import (
    HOUR,
    WEEKDAY,
    MailOutcome,
    MailSettings,
    Notification,
    Rhythm,
)
from inforo.offices.workdays import is_working_day

BATCH = 10
PLANNED = 500
FRESH = timedelta(minutes=1)  # what may be told is read anew after this
TEMPLATE = "digests/digest"


@sweep(crontab(minute="*/5"))
def send_digests() -> None:
    """Write the digests that are due."""
    write_due()


def write_due() -> int:
    """Plan what nobody has planned, write what is due; return how many mails that made."""
    plan()
    made, read_at, choice = 0, clock.now(), None
    while batch := queries.due(clock.now(), BATCH):
        if choice is None or clock.now() - read_at > FRESH:
            choice, read_at = choosing.Choice(), clock.now()
        began = time.monotonic()
        made += write_batch(choice, batch)
        session.commit()
        give_way(began)
    session.commit()
    return made


def plan() -> None:
    """Give everybody the time of their next digest who has none."""
    while new := queries.people_without_settings(PLANNED):
        for account in new:
            session.add(planned(MailSettings(account_id=account.id), account))
        session.commit()
    while waiting := queries.unplanned(PLANNED):
        for chosen, account in waiting:
            planned(chosen, account)
        session.commit()


def planned(chosen: MailSettings, account: Account) -> MailSettings:
    """Set the next time; what ships counts for a new row before it is saved, too."""
    chosen.rhythm = chosen.rhythm or Rhythm.WEEKLY
    for name, value in (("weekday", WEEKDAY), ("hour", HOUR)):
        if getattr(chosen, name) is None:
            setattr(chosen, name, value)
    chosen.digest_due_at = schedule.next_digest(chosen, account.state_code, clock.now())
    return chosen


def write_batch(choice: choosing.Choice, batch: list[tuple[MailSettings, Account]]) -> int:
    """Write the digests of some people; return how many had something to say."""
    accounts = [account for _chosen, account in batch]
    readers = queries.readers([account.id for account in accounts], choice.questions)
    sight = Sight([each for told in readers.told.values() for each in told], accounts)
    made = 0
    for chosen, account in batch:
        if is_free(account):
            chosen.digest_due_at = schedule.moment_on(
                schedule.working_day_from(clock.today(), account.state_code), chosen.hour
            )
        else:
            made += write(choice, readers, sight, account)
            chosen.digest_until = clock.now()
            chosen.digest_due_at = schedule.next_digest(chosen, account.state_code, clock.now())
    return made


def is_free(account: Account) -> bool:
    """Tell whether nobody works today where the person lives: then no digest comes."""
    return not is_working_day(clock.today(), account.state_code)


def write(
    choice: choosing.Choice, readers: queries.Readers, sight: Sight, account: Account
) -> bool:
    """Write one digest; an empty one is none."""
    told = choosing.settle_told(sight, readers.told.get(account.id, []))
    with in_language(account.language):
        items = choice.items_for(account, sight.actors[account.id], readers, told)
    if not items:
        return False
    digest = digest_of_today(account)
    shown = {subject for item in items for subject in item.subjects}
    left = [each for each in told if (each.subject or each.dedupe_key) not in shown]
    ordered = order(account, digest, items, told, len(left))
    session.flush()
    digest.mail_id = ordered.id if ordered else None
    for each in told:
        each.settle(MailOutcome.DIGESTED, ordered)
    keep_items(digest, items)
    return ordered is not None


def digest_of_today(account: Account) -> Digest:
    digest = queries.find_digest(account.id, clock.today())
    if digest is None:
        digest = Digest(account_id=account.id, day=clock.today(), attempt=1)
        session.add(digest)
        session.flush()
    return digest


def keep_items(digest: Digest, items: list[choosing.Item]) -> None:
    """Remember what stood in it; what people were told anyway is remembered elsewhere."""
    session.add_all(
        DigestItem(digest_id=digest.id, account_id=digest.account_id, subject=subject)
        for item in items
        if item.section is not Section.TOLD
        for subject in item.subjects
    )


def order(
    account: Account,
    digest: Digest,
    items: list[choosing.Item],
    told: list[Notification],
    left: int,
) -> mail.Mail | None:
    start = url_for("pages.start", _external=True).rstrip("/")
    token = queries.unsubscribe_token(account.id)
    return mail.order(
        account.email,
        TEMPLATE,
        dedupe_key=f"digest:{account.id}:{digest.day.isoformat()}:{digest.attempt}",
        name=account.name,
        account_id=account.id,
        language=account.language,
        unsubscribe_url=url_for("digests.unsubscribe", token=token, _external=True),
        sections=[
            (section, [item for item in items if item.section is section])
            for section in choosing.SHARES
            if any(item.section is section for item in items)
        ],
        first=items[0],
        start=start,
        left=left,
        over_cap=any(each.mail_outcome is MailOutcome.CAP for each in told),
        cap=settings.mail_cap_per_day,
        inbox_url=url_for("notifications.index", _external=True),
        settings_url=url_for("notifications.edit", _external=True),
    )


# Before it leaves -------------------------------------------------------------------------


def stop_what_is_hidden(waiting: mail.Mail) -> str:
    """Look again right before a digest leaves; if anything is hidden now, write it anew."""
    digest = queries.digest_of(waiting)
    if digest is None:
        return ""
    told, items = queries.notifications_in(waiting), queries.items_of(digest)
    sight = Sight(told, people([digest.account_id]))
    chosen = queries.settings_of(digest.account_id)
    if chosen is None or chosen.rhythm is Rhythm.NEVER:
        withdraw(digest, told)
        return "withdrawn: unsubscribed"
    if shows_all(sight, digest, told, [item.subject for item in items]):
        return ""
    withdraw(digest, told)
    chosen.digest_due_at = clock.now()
    return "withdrawn: its reader may not see all of this any more"


def shows_all(
    sight: Sight, digest: Digest, told: list[Notification], subjects: list[str]
) -> bool:
    """Tell whether the reader still gets mail and sees everything that stands in it."""
    person = sight.people.get(digest.account_id)
    if person is None or not person.is_approved:
        return False
    found = load(subjects)
    return all(sight.allows(each) for each in told) and all(
        subject in found
        and KINDS[parted(subject)[0]].rule(sight.actors[person.id], found[subject])
        for subject in subjects
    )


def withdraw(digest: Digest, told: list[Notification]) -> None:
    """Take a digest back as if it had never been written; the next one has another name."""
    session.execute(delete(DigestItem).where(DigestItem.digest_id == digest.id))
    digest.attempt, digest.mail_id = digest.attempt + 1, None
    for each in told:
        each.settle(MailOutcome.DIGEST)


mail.guards.append(stop_what_is_hidden)


@sweep(crontab(minute="37", hour="2"))
def forget_digests() -> None:
    """Delete what is known of old digests; what stood in them is too old to be told again."""
    until = clock.now() - timedelta(days=settings.keep_notifications_days)
    session.execute(delete(Digest).where(Digest.created_at < until))
    session.commit()
