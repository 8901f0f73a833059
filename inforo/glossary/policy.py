"""Who keeps the glossary. Everybody reads it."""

from inforo.authz import Actor
from inforo.glossary.models import GlossaryEntry


def may_edit(actor: Actor, _: object = None) -> bool:
    return actor.is_editor or actor.is_admin


def may_view(actor: Actor, entry: GlossaryEntry) -> bool:
    """Tell whether the entry is there: an archived one only for those who keep it."""
    return entry.archived_at is None or may_edit(actor)
