"""Every SELECT articles and events share. Who asks comes first."""

from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.db import session
from inforo.editorial.models import PublicationState, Submission
from inforo.editorial.policy import in_scope_of, visible_to
from inforo.errors import NotFound

Content = TypeVar("Content", bound=Submission)
MOST_LISTED = 200


def get_content(
    actor: Actor, model: type[Content], number: int, *options: Any, missing: str
) -> Content:
    """Return an article or event with its author and where they work."""
    author = joinedload(model.author)
    statement = (
        select(model)
        .where(model.id == number, visible_to(actor, model))
        .options(
            author.joinedload(Account.municipality),
            author.joinedload(Account.organisation),
            joinedload(model.land),
            *options,
        )
    )
    content = session.scalar(statement)
    if content is None:
        raise NotFound(missing)
    return content


def own(actor: Actor, model: type[Content]) -> list[Content]:
    """Return what somebody wrote, the newest first."""
    statement = (
        select(model)
        .where(model.author_id == actor.account_id)
        .options(joinedload(model.land))
        .order_by(model.id.desc())
        .limit(MOST_LISTED)
    )
    return list(session.scalars(statement))


def to_decide(actor: Actor, model: type[Content], state: PublicationState) -> list[Content]:
    """Return what is in somebody's care and stands at one step, the oldest first."""
    statement = (
        select(model)
        .where(in_scope_of(actor, model), visible_to(actor, model), model.state == state)
        .options(joinedload(model.land), joinedload(model.author))
        .order_by(model.submitted_at, model.id)
        .limit(MOST_LISTED)
    )
    return list(session.scalars(statement))


def count_by_state(actor: Actor, model: type[Content]) -> dict[PublicationState, int]:
    """Count what is in somebody's care, by the step it stands at."""
    statement = (
        select(model.state, func.count(model.id))
        .where(in_scope_of(actor, model), visible_to(actor, model))
        .group_by(model.state)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def get_account(actor: Actor) -> Account:
    return session.get_one(Account, actor.account_id)
