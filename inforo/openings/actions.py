"""Proposing, agreeing, refusing, closing. Nothing here commits; the caller does."""

from inforo import audit
from inforo.accounts.models import Account
from inforo.accounts.places import ACCOUNT_CLOSED
from inforo.authz import GUEST, Actor
from inforo.db import session
from inforo.discussions.models import Thread
from inforo.errors import DomainError
from inforo.groups.models import GroupAudience
from inforo.i18n import _, _l
from inforo.libraries.models import GroupFile
from inforo.libraries.places import FILE_WRITTEN
from inforo.openings import policy, queries, things
from inforo.openings.agreeing import add_consent, all_here, ask, open_if_agreed, record, tell
from inforo.openings.models import Ending, Opening, OpeningConsent, Thing
from inforo.openings.things import MOST_POSTS
from inforo.wiki.models import WikiPage
from inforo.wiki.places import PAGE_WRITTEN


class SomebodyGone(DomainError):
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nicht alle, die daran geschrieben haben, sind noch auf der Plattform. Ohne "
                "ihre Zustimmung lässt es sich nicht veröffentlichen."
            )
        )


def propose(
    actor: Actor, thing: Thing, audience: GroupAudience, note: str, until: int = MOST_POSTS
) -> Opening:
    """Ask every author; who proposes and wrote everything opens it at once.

    Of a thread, the posts up to the number `until` are copied: nothing later is ever shown.
    """
    queries.lock(thing)
    if queries.current(thing) is not None or not policy.may_propose(actor, thing):
        raise DomainError(_("Dafür gibt es schon einen Vorschlag."))
    wrote = things.authors(thing, until)
    if not all_here(wrote):
        raise SomebodyGone
    opening = Opening(
        group=thing.group,
        page=thing if isinstance(thing, WikiPage) else None,
        group_file=thing if isinstance(thing, GroupFile) else None,
        thread=thing if isinstance(thing, Thread) else None,
        audience=audience,
        note=note,
        proposed_by_id=actor.account_id,
    )
    session.add(opening)
    if isinstance(thing, Thread):
        things.copy_posts(opening, thing, until)
    session.flush()
    record(actor, "propose_opening", opening)
    for account in queries.accounts([key for key in wrote if key]):
        consent = add_consent(opening, account)
        if actor.is_me(account.id):
            consent.grant()
        else:
            ask(actor, consent)
    open_if_agreed(opening)
    return opening


def grant(actor: Actor, consent: OpeningConsent) -> None:
    opening = held(consent.opening)
    consent.grant()
    audit.record(actor, "grant_opening", opening)
    open_if_agreed(opening)


def held(opening: Opening) -> Opening:
    """Return the opening, which nobody else changes until this transaction ends."""
    queries.lock(opening.thing)
    session.refresh(opening)
    if opening.ended_at is not None:
        raise DomainError(_("Das ist inzwischen vorbei."))
    return opening


def refuse(actor: Actor, consent: OpeningConsent) -> None:
    """End it. Only those who lead the group hear who it was."""
    opening = held(consent.opening)
    was_open = opening.is_open
    consent.refuse()
    opening.end(Ending.REFUSED)
    audit.record(actor, "refuse_opening", opening)
    title = opening.title
    words = (
        _l("Nicht mehr veröffentlicht: %(title)s", title=title)
        if was_open
        else _l("Wird nicht veröffentlicht: %(title)s", title=title)
    )
    for manager in queries.managers(opening):
        if manager.id != consent.account_id:
            tell(manager, opening, "refused", words)


def close(actor: Actor, opening: Opening, ending: Ending = Ending.TAKEN_BACK) -> None:
    """Let only the group have it again; from the next request on."""
    held(opening).end(ending)
    record(actor, "close_opening", opening)


def close_what_changed(actor: Actor, thing: Thing) -> None:
    """Close what is no longer what its authors agreed to."""
    opening = queries.current(thing)
    if opening is not None:
        opening.end(Ending.CHANGED)
        record(actor, "close_opening", opening)


def agree_by_writing(actor: Actor, thing: Thing) -> None:
    """Note that somebody wrote into what is open, as the form told them: that is consent."""
    opening = queries.current(thing)
    if opening is None or not opening.is_open:
        return
    session.flush()
    account = session.get(Account, actor.account_id)
    consent = queries.find_consent(opening, actor.account_id)
    if consent is None and account is not None:
        consent = add_consent(opening, account)
    if consent is not None:
        consent.grant()


PAGE_WRITTEN.append(agree_by_writing)
FILE_WRITTEN.append(agree_by_writing)


def withdraw_all_of(account_id: int) -> None:
    """Close everything somebody wrote in who leaves the platform."""
    for opening in queries.live_of_author(account_id):
        opening.end(Ending.AUTHOR_GONE)
        record(GUEST, "close_opening", opening)


ACCOUNT_CLOSED.append(withdraw_all_of)
