"""Who may take along everything, and who brings foreign databases in: the editors."""

from inforo.authz import Actor


def may_exchange(actor: Actor, _: object = None) -> bool:
    return actor.is_member and (actor.is_editor or actor.is_admin)
