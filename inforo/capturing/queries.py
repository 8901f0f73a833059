"""Every SELECT on examples that were written down for somebody, and on their releases."""

from sqlalchemy import select

from inforo.accounts.models import Account
from inforo.accounts.queries import find_settled_account
from inforo.authz import Actor
from inforo.capturing.models import ExampleRelease
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.sessions import digest
from inforo.toolbox import queries as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.policy import captured_by, has_captured, visible_to
from inforo.toolbox.queries import Teaser, teasers

LONGEST_SECRET = 100


def captured(actor: Actor, limit: int = 100) -> list[Teaser]:
    """Return what somebody wrote down for others, the last changed first."""
    mine = captured_by(actor) & visible_to(actor)
    return teasers(mine, Example.updated_at.desc(), Example.id.desc(), limit=limit)


def get_captured(actor: Actor, example_id: int) -> Example:
    example = toolbox.get_example(actor, example_id)
    if not has_captured(actor, example):
        raise NotFound(_("Diesen Beitrag gibt es nicht (mehr)."))
    return example


def releases_of(example: Example) -> list[ExampleRelease]:
    """Return all links that were sent for an example, the newest first."""
    statement = select(ExampleRelease).where(ExampleRelease.example_id == example.id)
    return list(session.scalars(statement.order_by(ExampleRelease.id.desc())))


def get_release(example: Example, release_id: int) -> ExampleRelease:
    for release in releases_of(example):
        if release.id == release_id:
            return release
    raise NotFound


def get_open_release(secret: str) -> ExampleRelease:
    """Return the release a link opens; locked, so that of two answers one comes too late."""
    statement = (
        select(ExampleRelease)
        .where(ExampleRelease.token_hash == digest(secret))
        .with_for_update()
    )
    release = session.scalar(statement) if len(secret) <= LONGEST_SECRET else None
    if release is None or not release.is_open:
        raise NotFound(
            _(
                "Dieser Link gilt nicht (mehr). Vielleicht gibt es einen neueren, oder Sie "
                "haben schon geantwortet. Ihre Koordinierungsstelle schickt gern einen neuen."
            )
        )
    return release


def find_member(email: str) -> Account | None:
    """Return the member of an address; others get no example of somebody's guess."""
    account = find_settled_account(email)
    return account if account is not None and account.is_approved else None
