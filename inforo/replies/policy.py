"""Who may see which addresses bounce: admins, who can ask the people by other ways."""

from inforo.authz import Actor


def may_see_bounces(actor: Actor, _: object = None) -> bool:
    return actor.is_admin
