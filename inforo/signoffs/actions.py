"""Every write on sign-offs. Nothing here commits; the caller does."""

import secrets
from datetime import timedelta
from typing import Any

from inforo import text
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded, session
from inforo.discussions import actions as discussions
from inforo.discussions import holding
from inforo.discussions import policy as threads
from inforo.discussions.patience import patience, seconds_for
from inforo.drafts import actions as drafts
from inforo.drafts.models import Draft
from inforo.errors import DomainError
from inforo.groups.models import Group
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.people.queries import actor_of
from inforo.sessions import digest
from inforo.signoffs import queries
from inforo.signoffs.jobs import order_mail
from inforo.signoffs.models import Signoff, SignoffKind, SignoffLink, secret_of
from inforo.toolbox.models import Example

FORM = "/diskussionen/neu"


class NotApproved(DomainError):
    """Somebody publishes what no superior has approved in this version."""

    def __init__(self) -> None:
        super().__init__(_("Dieser Text ist in dieser Fassung noch nicht freigegeben."))


def begin_question(actor: Actor, group: Group, values: dict[str, Any]) -> Signoff:
    """Put a question aside until a superior has read it."""
    discussions.rendered(actor.account_id, values["body"], group)  # refuses what is too much
    signoff = Signoff(
        account_id=actor.account_id,
        kind=SignoffKind.QUESTION,
        group=group,
        title=values["title"],
        body=values["body"],
        body_html=text.render_markdown(values["body"]),
        values={key: value for key, value in values.items() if key not in {"title", "body"}},
    )
    session.add(signoff)
    session.flush()
    return signoff


def begin_example(actor: Actor, example: Example) -> Signoff:
    """Return the sign-off of an example; there is one."""
    known = queries.find_for_example(example)
    if known is not None:
        return known
    signoff = Signoff(
        account_id=actor.account_id, kind=SignoffKind.EXAMPLE, example=example, values={}
    )
    session.add(signoff)
    session.flush()
    return signoff


def edit(signoff: Signoff, title: str, body: str) -> None:
    """Change the words; what was approved or is being read were others."""
    if (title, body) == (signoff.title, signoff.body):
        return
    signoff.title, signoff.body = title, body
    signoff.body_html = text.render_markdown(body)
    signoff.number += 1
    withdraw_links(signoff)


def withdraw_links(signoff: Signoff) -> None:
    for link in queries.links_of(signoff):
        if not link.is_answered and link.withdrawn_at is None:
            link.withdraw()


def send(
    actor: Actor, signoff: Signoff, name: str, email: str, *, publishes: bool
) -> SignoffLink:
    """Mail a link to exactly this version; an older link ends."""
    account = session.get_one(Account, actor.account_id)
    if folded(email) == account.email_key:
        raise DomainError(_("Das ist Ihre eigene Adresse."))
    withdraw_links(signoff)
    signoff.publishes = publishes and signoff.kind is SignoffKind.QUESTION
    signoff.refusal = ""
    nonce = secrets.token_urlsafe(32)
    link = SignoffLink(
        signoff=signoff,
        number=signoff.current,
        name=name,
        email=email,
        nonce=nonce,
        token_hash=digest(secret_of(nonce)),
        expires_at=now() + timedelta(days=settings.token_signoff_days),
    )
    session.add(link)
    session.flush()
    order_mail(link)
    return link


def approve(link: SignoffLink, name: str, remark: str) -> None:
    """Keep the approval; publish the question if its author wanted that and still may."""
    link.answer(name, remark, is_approved=True)
    signoff = link.signoff
    if signoff.publishes:
        try:
            publish(actor_of(signoff.account), signoff, [link])
        except DomainError as error:
            signoff.refusal = error.message
    published = signoff.published_at is not None
    title = _l("Freigegeben und veröffentlicht") if published else _l("Freigegeben")
    tell_author(link, title, signoff.published_path or signoff.path)


def decline(link: SignoffLink, name: str, remark: str) -> None:
    link.answer(name, remark, is_approved=False)
    tell_author(link, _l("Noch nicht freigegeben"), link.signoff.path)


def tell_author(link: SignoffLink, title: Any, url: str) -> None:
    words = _l("%(name)s hat geantwortet.", name=link.signed_name)
    notify(
        link.signoff.account,
        Event.DECISION,
        key=f"signoff:{link.id}",
        title=f"{title}: {link.signoff.heading}",
        url=url,
        text=link.remark or words,
    )


def publish(actor: Actor, signoff: Signoff, links: Any) -> str:
    """Ask the question, by the rules and limits that hold now; return where it stands."""
    if not any(link.approves for link in links):
        raise NotApproved
    group = signoff.group
    if group is None or not threads.may_start_thread(actor):
        raise NotApproved
    if not threads.may_ask_in(actor, group):
        raise DomainError(_("In dieser Gruppe können Sie nicht mehr schreiben."))
    wait = seconds_for(actor.account_id, signoff.account.approved_at, is_question=True)
    if wait:
        raise DomainError(patience(wait))
    values = signoff.values | {"title": signoff.title, "body": signoff.body}
    if holding.must_wait(actor, group):
        path = holding.hold_question(actor, group, values).path
    else:
        path = discussions.start_thread(actor, group, values).path
    signoff.published_at, signoff.published_path, signoff.refusal = now(), path, ""
    return path


def go_back(actor: Actor, signoff: Signoff) -> Draft:
    """Put the text back into the form of a question, as a draft."""
    fields = {"title": [signoff.title], "body": [signoff.body]}
    fields["group_id"] = [str(signoff.group_id or "")]
    typed = drafts.Typed("question", "kept", FORM, label=str(_("Neue Frage")), fields=fields)
    draft = drafts.save(actor, typed)
    discard(signoff)
    return draft


def discard(signoff: Signoff) -> None:
    """Forget it with its links; an example stays with its author."""
    for link in queries.links_of(signoff):
        session.delete(link)
    session.flush()
    session.delete(signoff)
