"""Who may see a draft: nobody but who wrote it, whatever their role."""

from sqlalchemy import ColumnElement, false

from inforo.authz import Actor
from inforo.drafts.models import Draft


def may_view(actor: Actor, draft: Draft) -> bool:
    return actor.is_me(draft.account_id)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs on `Draft`. A test keeps the two equal."""
    return Draft.account_id == actor.account_id if actor.is_signed_in else false()
