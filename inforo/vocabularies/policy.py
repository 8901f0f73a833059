"""Who keeps the vocabularies: the editors, and the operation for them."""

from inforo.authz import Actor
from inforo.vocabularies.catalogue import is_fixed
from inforo.vocabularies.models import Term


def may_edit(actor: Actor, _: object = None) -> bool:
    return actor.is_editor or actor.is_admin


def may_change(actor: Actor, term: Term) -> bool:
    """Tell whether the term may be renamed, moved, archived or merged."""
    return may_edit(actor) and not is_fixed(term.vocabulary) and term.merged_at is None


def may_add_to(actor: Actor, vocabulary: str) -> bool:
    return may_edit(actor) and not is_fixed(vocabulary)
