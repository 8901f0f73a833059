"""Telling people by mail what is new for the searches they saved.

What may be seen is decided when the mail is written: with the rights the person has then.
"""

from flask import url_for
from huey import crontab

from inforo import clock, mail
from inforo.alerts import queries
from inforo.alerts.models import SavedSearch
from inforo.db import session
from inforo.jobs import job, sweep
from inforo.people.queries import actor_of
from inforo.search.newest import find_new
from inforo.search.results import Filters

MOST_TOLD = 10


@sweep(crontab(hour="4", minute="20"))
def order_mails() -> None:
    """Order one job for each search that is due."""
    for saved_id in queries.due_ids(clock.now()):
        tell_news.later(saved_id=saved_id)
    session.commit()


@job
def tell_news(saved_id: int) -> None:
    """Mail what came since the last time. Running twice tells nothing twice."""
    saved, now = queries.find_for_mail(saved_id), clock.now()
    if saved is None or not saved.is_due(now):
        return
    actor = actor_of(saved.account)
    if actor.is_member:
        filters = Filters({name: tuple(values) for name, values in saved.filters.items()})
        news = find_new(actor, saved.words, filters, saved.known_until, MOST_TOLD)
        if news:
            order(saved, news)
    saved.known_until = now
    session.commit()


def order(saved: SavedSearch, news: list[tuple[str, str, str]]) -> None:
    """Put the mail into the outbox; `news` are (kind, title, path)."""
    account = saved.account
    start = url_for("pages.start", _external=True).rstrip("/")
    mail.order(
        account.email,
        "alerts/news",
        dedupe_key=f"saved-search:{saved.id}:{saved.known_until.isoformat()}",
        name=account.name,
        account_id=account.id,
        language=account.language,
        unsubscribe_url=url_for(
            "alerts.unsubscribe", token=queries.unsubscribe_token(saved), _external=True
        ),
        words=saved.words,
        url=start + saved.address,
        news=[(kind, title, start + path) for kind, title, path in news],
    )
