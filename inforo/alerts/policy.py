"""Saved searches are for members, and each sees only the own ones."""

from inforo.alerts.models import SavedSearch
from inforo.authz import Actor


def may_save(actor: Actor, _nothing: object = None) -> bool:
    return actor.is_member


def may_edit(actor: Actor, saved: SavedSearch) -> bool:
    return actor.is_member and saved.account_id == actor.account_id
