"""Every SELECT on saved searches, and what is new for one of them."""

from datetime import datetime

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from inforo.alerts import policy
from inforo.alerts.models import PAUSES, SavedSearch
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _


def list_saved(actor: Actor) -> list[SavedSearch]:
    return list(
        session.scalars(
            select(SavedSearch)
            .where(SavedSearch.account_id == actor.account_id)
            .order_by(SavedSearch.created_at.desc(), SavedSearch.id.desc())
        )
    )


def get_saved(actor: Actor, saved_id: int) -> SavedSearch:
    """Return one of the own saved searches; those of others are not there."""
    saved = session.get(SavedSearch, saved_id)
    if saved is None or not policy.may_edit(actor, saved):
        raise NotFound(_("Diese gemerkte Suche gibt es nicht (mehr)."))
    return saved


def find_same(actor: Actor, address: str) -> SavedSearch | None:
    return session.scalar(
        select(SavedSearch).where(
            SavedSearch.account_id == actor.account_id, SavedSearch.address == address
        )
    )


def count_saved(actor: Actor) -> int:
    statement = select(func.count(SavedSearch.id)).where(
        SavedSearch.account_id == actor.account_id
    )
    return session.scalar(statement) or 0


def due_ids(moment: datetime) -> list[int]:
    """Return the searches whose owners may get a mail again."""
    due = [
        (SavedSearch.rhythm == rhythm) & (SavedSearch.known_until <= moment - pause)
        for rhythm, pause in PAUSES.items()
    ]
    return list(session.scalars(select(SavedSearch.id).where(or_(*due)).order_by("id")))


def find_for_mail(saved_id: int) -> SavedSearch | None:
    """Return a search and lock it, so that two workers cannot mail about it at once."""
    return session.scalar(
        select(SavedSearch)
        .where(SavedSearch.id == saved_id)
        .options(joinedload(SavedSearch.account, innerjoin=True))
        .with_for_update(of=SavedSearch)
    )


def unsubscribe_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="saved-search")


def unsubscribe_token(saved: SavedSearch) -> str:
    """Return a signed token that may end the mails about one search, nothing else."""
    return str(unsubscribe_signer().dumps(saved.id))


def get_by_token(token: str) -> SavedSearch:
    """Return the search of a token, or raise NotFound if it is not ours, too old or gone."""
    age = settings.token_unsubscribe_days * 24 * 60 * 60
    try:
        saved_id = int(unsubscribe_signer().loads(token, max_age=age))
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    saved = session.get(SavedSearch, saved_id)
    if saved is None:
        raise NotFound(_("Diese gemerkte Suche gibt es nicht (mehr)."))
    return saved
