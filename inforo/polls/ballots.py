"""The key of a ballot: its voter finds it again, the database does not tell whose it is."""

import hmac

from inforo.authz import Actor
from inforo.config import settings


def key_of(actor: Actor, thread_id: int) -> str:
    """Return the key of a person's ballot in the poll of a thread; guests have none.

    It is made with the secret of the installation, which is not in the database.
    """
    return key_for(actor.account_id, thread_id) if actor.is_member else ""


def key_for(account_id: int | None, thread_id: int) -> str:
    words = f"ballot:{thread_id}:{account_id}"
    return hmac.new(settings.secret_key.encode(), words.encode(), "sha256").hexdigest()
