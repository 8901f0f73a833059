"""Who lets a text be read by a superior: its author, nobody else. Pure rules."""

from inforo.authz import Actor
from inforo.contributions import policy as contributions
from inforo.signoffs.models import Signoff
from inforo.toolbox.models import Example


def may_begin(actor: Actor, _: object = None) -> bool:
    return actor.is_member and not actor.is_silenced


def may_begin_example(actor: Actor, example: Example) -> bool:
    """An author, as long as the text is still in their hands."""
    return actor.is_me(example.author_id) and contributions.may_edit(actor, example)


def may_view(actor: Actor, signoff: Signoff) -> bool:
    return actor.is_me(signoff.account_id)


def may_change(actor: Actor, signoff: Signoff) -> bool:
    """Send, edit, discard: what is not published yet."""
    if not may_view(actor, signoff) or signoff.published_at is not None:
        return False
    return signoff.example is None or may_begin_example(actor, signoff.example)


def may_edit(actor: Actor, signoff: Signoff) -> bool:
    """Edit here; an example is edited where it is written."""
    return signoff.example is None and may_change(actor, signoff)
