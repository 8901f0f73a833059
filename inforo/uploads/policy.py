"""Who may add files to a text, and change those of a text that is not sent. Pure rules."""

from inforo.authz import Actor
from inforo.uploads.models import Attachment


def may_upload(actor: Actor, _: object = None) -> bool:
    return actor.is_member and not actor.is_silenced


def may_change(actor: Actor, attachment: Attachment) -> bool:
    """Describe or remove a file on its own: whose draft it is in, until it is sent."""
    is_pending = attachment.post_id is None and attachment.removed_at is None
    return is_pending and actor.is_me(attachment.account_id)
