"""Who may write down what others tell: staff of an office, for its Länder only."""

from inforo.authz import Actor, Scope
from inforo.capturing.models import ExampleRelease
from inforo.contributions.policy import AUTHOR_EDITS
from inforo.municipalities.models import Municipality
from inforo.toolbox.models import Example
from inforo.toolbox.policy import has_captured


def may_capture(actor: Actor, _: object = None) -> bool:
    return actor.is_member and (actor.is_coordinator or actor.is_editor)


def may_capture_for(actor: Actor, municipality: Municipality) -> bool:
    """An office writes down what happens in its Länder, the editors everything."""
    scope = Scope(municipality.state_code, is_shared=True)
    in_scope = any(grant.covers(scope) for grant in actor.coordinated)
    return may_capture(actor) and (actor.is_editor or in_scope)


def may_send(actor: Actor, example: Example) -> bool:
    return has_captured(actor, example) and example.state in AUTHOR_EDITS


def may_withdraw(actor: Actor, release: ExampleRelease) -> bool:
    return has_captured(actor, release.example) and release.is_open
