"""Who is asked, whether all agree, and what follows. Nothing here commits."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from inforo import audit, mail
from inforo.accounts.models import Account
from inforo.audit import subject_of
from inforo.authz import GUEST, Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.groups import policy as groups
from inforo.groups.models import GroupAudience
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event, MailOutcome
from inforo.openings import queries, things
from inforo.openings.models import Ending, Opening, OpeningConsent
from inforo.people.queries import actor_of
from inforo.sessions import digest


def all_here(wrote: Iterable[int | None]) -> bool:
    """Tell whether everybody who wrote it can still agree."""
    wrote = set(wrote)
    found = queries.accounts([key for key in wrote if key is not None])
    return None not in wrote and len(found) == len(wrote) and all(map(is_there, found))


def is_there(account: Account) -> bool:
    return account.closed_at is None


def add_consent(opening: Opening, account: Account) -> OpeningConsent:
    consent = OpeningConsent(opening=opening, account=account)
    session.add(consent)
    session.flush()
    return consent


def ask(actor: Actor, consent: OpeningConsent) -> None:
    """Tell an author on the platform and by a mail whose link needs no sign-in."""
    account, opening = consent.account, consent.opening
    if account is None:
        return
    secret = secrets.token_urlsafe(32)
    consent.token_hash = digest(secret)
    title = shown_title(account, opening)
    key = f"opening:{opening.id}:ask:{now().timestamp():.3f}"
    told = notify(
        account,
        Event.GROUP,
        key=key,
        title=_l("Bitte um Zustimmung: %(title)s", title=title),
        text=_l("Die Gruppe möchte etwas veröffentlichen, an dem Sie geschrieben haben."),
        url=path_of(opening),
        subject=subject_of(opening),
        actor=actor,
    )
    ordered = mail.order(
        account.email,
        "openings/ask",
        dedupe_key=f"{key}:account:{account.id}",
        name=account.name,
        account_id=account.id,
        language=account.language,
        thread_key=subject_of(opening),
        title=title,
        note=opening.note,
        is_public=opening.audience is GroupAudience.PUBLIC,
        url=f"{settings.base_url.rstrip('/')}/veroeffentlichung/{secret}",
    )
    if told is not None:
        session.flush()
        told.settle(MailOutcome.SENT, ordered)


def shown_title(account: Account, opening: Opening) -> str:
    """Return what a thing is called for somebody: its title, if they may still read it."""
    reads = groups.may_read(actor_of(account), opening.group)
    return opening.title if reads else str(_("ein Text aus einer Gruppe"))


def path_of(opening: Opening) -> str:
    return f"/veroeffentlichungen/{opening.id}"


def open_if_agreed(opening: Opening) -> None:
    """Open a thing once every author has agreed to what stands there now."""
    if not opening.is_waiting or not is_agreed(opening):
        return
    opening.open()
    record(GUEST, "open", opening)
    for manager in queries.managers(opening):
        tell(manager, opening, "open", _l("Veröffentlicht: %(title)s", title=opening.title))


def is_agreed(opening: Opening) -> bool:
    """Tell whether each author agreed after writing last; somebody gone never did."""
    if not all_here(things.writers(opening)):
        return False
    agreed = {consent.account_id: consent.granted_at for consent in queries.consents(opening)}
    return all(
        is_since(agreed.get(key), moment) for key, moment in things.writers(opening).items()
    )


def is_since(granted_at: datetime | None, written_at: datetime) -> bool:
    return granted_at is not None and granted_at >= written_at


def check(opening: Opening) -> None:
    """Ask authors who came meanwhile; close what has an author who is gone."""
    if not all_here(things.writers(opening)):
        opening.end(Ending.AUTHOR_GONE)
        record(GUEST, "close_opening", opening)
        return
    if opening.is_open and not is_agreed(opening):
        opening.end(Ending.CHANGED)
        record(GUEST, "close_opening", opening)
    elif opening.is_waiting:
        ask_those_missing(opening)
        open_if_agreed(opening)


def ask_those_missing(opening: Opening) -> None:
    """Ask who wrote since the proposal was made, or after having agreed to it."""
    known = {consent.account_id: consent for consent in queries.consents(opening)}
    wrote = things.writers(opening)
    for account in queries.accounts([key for key in wrote if key is not None]):
        consent = known.get(account.id)
        if consent is None:
            ask(GUEST, add_consent(opening, account))
        elif consent.granted_at is not None and consent.granted_at < wrote[account.id]:
            consent.granted_at = None
            ask(GUEST, consent)


def tell(account: Account, opening: Opening, what: str, title: object) -> None:
    notify(
        account,
        Event.GROUP,
        key=f"opening:{opening.id}:{what}:{now().timestamp():.3f}",
        title=title,
        url=path_of(opening),
        subject=subject_of(opening),
    )


def record(actor: Actor, action: str, opening: Opening) -> None:
    """Log a step; what protected groups write does not get into the log."""
    audit.record(actor, action, opening)
