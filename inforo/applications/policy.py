"""Who may do what with applications. Pure rules.

Which office is responsible for an application is a question of its work item
(`offices.policy.may_work_on`); the rules here add what is special about applications.
"""

from inforo.applications.models import Application
from inforo.authz import Actor


def may_decide(actor: Actor, application: Application) -> bool:
    """Nobody decides about themselves, and nothing is decided twice."""
    return application.is_open and not actor.is_me(application.account_id)


def may_answer(actor: Actor, application: Application) -> bool:
    return actor.is_me(application.account_id) and application.is_open


def may_withdraw(actor: Actor, application: Application) -> bool:
    return may_answer(actor, application)
