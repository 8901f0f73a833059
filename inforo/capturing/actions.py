"""Writing down, sending for release, releasing, asking for changes."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for

from inforo import audit, mail, versions
from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor
from inforo.capturing import queries
from inforo.capturing.models import ExampleRelease
from inforo.clock import now
from inforo.config import settings
from inforo.contributions import jobs
from inforo.contributions.actions import (
    add_step,
    missing_to_submit,
    offer_for_review,
    place,
    refuse_missing,
)
from inforo.contributions.places import OBJECTED, RELEASED, SUBMITTED
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l, written
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.sessions import digest
from inforo.toolbox.example_parts import ExampleCapture, ExampleStep
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState

CONSENT = _l(
    "Ich habe den Text gelesen. Er darf geprüft und auf inforo veröffentlicht werden. Name und "
    "Funktion der Ansprechpersonen sind dann öffentlich; die Dateien dürfen unter der "
    "angegebenen Lizenz genutzt werden."
)


@dataclass(frozen=True)
class Teller:
    """Who tells, and what they call it."""

    name: str
    email: str
    title: str
    municipality: Municipality


class ChangedMeanwhile(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Der Text wurde gerade noch geändert. Es ist nichts freigegeben. Bitte laden "
                "Sie die Seite neu und lesen Sie ihn noch einmal."
            )
        )


def capture(actor: Actor, teller: Teller) -> Example:
    """Begin a draft for somebody; if they have an account, they are its author."""
    author = queries.find_member(teller.email)
    if author is not None and actor.is_me(author.id):
        raise DomainError(
            _("Das ist Ihre eigene Adresse. Eigenes beschreiben Sie unter „Beitragen“.")
        )
    example = Example(
        title=teller.title,
        author_id=author.id if author else None,
        contact_name=teller.name,
        contact_email=teller.email,
        capture=ExampleCapture(
            account_id=actor.account_id, name=teller.name, email=teller.email
        ),
    )
    place(example, [teller.municipality])
    session.add(example)
    session.flush()
    versions.record(actor, example, snapshot(example))
    step = add_step(actor, example, "captured", teller.name)
    if author is not None:
        tell_author(actor, example, author, step)
    return example


def tell_author(actor: Actor, example: Example, author: Account, step: ExampleStep) -> None:
    notify(
        author,
        Event.DECISION,
        key=f"example:{example.id}:step:{step.id}",
        title=_l(
            "%(name)s schreibt für Sie auf: %(title)s", name=actor.name, title=example.title
        ),
        text=_l("Sie sind die Autorin oder der Autor, können mitschreiben und geben es frei."),
        url=url_for("contributions.show", example_id=example.id),
        subject=f"examples:{example.id}",
        actor=actor,
    )


def send(actor: Actor, example: Example, name: str, email: str) -> ExampleRelease:
    """Mail a link to the whole text; an older link ends."""
    refuse_missing(missing_to_submit(example))
    withdraw_links(example)
    if example.capture is not None:
        example.capture.name, example.capture.email = name, email
    secret = secrets.token_urlsafe(32)
    release = ExampleRelease(
        example=example,
        token_hash=digest(secret),
        name=name,
        email=email,
        sent_by_id=actor.account_id,
        expires_at=now() + timedelta(days=settings.token_release_days),
    )
    session.add(release)
    session.flush()
    add_step(actor, example, "release_sent", name)
    audit.record(actor, "send_release", example, title=example.title)
    mail.order(
        email,
        "capturing/release",
        dedupe_key=f"release:{release.id}",
        name=name,
        writer=actor.name or str(_("Die Koordinierungsstelle")),
        title=example.title,
        url=url_for("capturing.release", secret=secret, _external=True),
    )
    return release


def withdraw_links(example: Example) -> None:
    """Let no link work any more: what it asked for is over."""
    for link in queries.releases_of(example):
        if link.is_open:
            link.withdraw()


def withdraw(actor: Actor, release: ExampleRelease) -> None:
    """Make a link useless that nobody has answered."""
    release.withdraw()
    add_step(actor, release.example, "release_withdrawn", release.name)


def release(actor: Actor, link: ExampleRelease, name: str, version: str | None) -> None:
    """Hand in what its author has read, and agreed to, in exactly this version."""
    example = link.example
    if str(example.version) != str(version):
        raise ChangedMeanwhile
    refuse_missing(missing_to_submit(example))
    link.release(name, written(CONSENT))
    if example.state is ExampleState.SUBMITTED:
        RELEASED.happened(GUEST, example)
    else:
        hand_in(actor, example, name)


def hand_in(actor: Actor, example: Example, name: str) -> None:
    """Give what was told to the office, which begins to check it."""
    example.submit()
    writer = session.get(Account, example.captured_by_id) if example.captured_by_id else None
    text = _l(
        "Freigegeben von %(name)s. Aufgeschrieben hat den Text %(writer)s; darüber entscheidet "
        "jemand anderes.",
        name=name,
        writer=writer.name if writer else "–",
    )
    step = add_step(GUEST, example, "released", written(text))
    audit.record(actor, "release", example, title=example.title)
    offer_for_review(example)
    SUBMITTED.happened(GUEST, example)
    jobs.announce_example.later(example_id=example.id, step_id=step.id)
    tell_writer(example, writer, step, _l("Freigegeben: %(title)s", title=example.title))


def decline(link: ExampleRelease, remark: str) -> None:
    """Give the draft back to who wrote it down, with what should change."""
    example = link.example
    link.decline(remark)
    step = add_step(GUEST, example, "changes_wished", remark)
    if example.state is ExampleState.SUBMITTED:
        OBJECTED.happened(GUEST, example)
    writer = session.get(Account, example.captured_by_id) if example.captured_by_id else None
    title = _l("Änderungswunsch: %(title)s", title=example.title)
    tell_writer(example, writer, step, title)


def tell_writer(
    example: Example, writer: Account | None, step: ExampleStep, title: object
) -> None:
    if writer is None:
        return
    notify(
        writer,
        Event.DECISION,
        key=f"example:{example.id}:step:{step.id}",
        title=title,
        text=step.text,
        url=url_for("capturing.show", example_id=example.id),
        subject=f"examples:{example.id}",
    )
