"""Articles and events of the demo: published, waiting, past, one of the archive."""

from datetime import datetime, time, timedelta
from typing import Any

from inforo import clock
from inforo.articles.models import Article
from inforo.db import session
from inforo.demo.source import Catalogue, ago, read
from inforo.editorial.models import PublicationState, Readership, Submission
from inforo.events.models import Event, Mode
from inforo.offices.actions import open_item


def load_articles(catalogue: Catalogue) -> None:
    for row in read("articles.json"):
        article = Article(
            dated_on=clock.today() - timedelta(days=row["days_ago"]),
            terms=catalogue.topics(row["keywords"], "article_keyword"),
            **submission(catalogue, row, written=ago(days=row["days_ago"])),
        )
        keep(article)


def load_events(catalogue: Catalogue) -> None:
    """Load events around today; `in_days` is negative for those that are over."""
    for row in read("events.json"):
        day = clock.today() + timedelta(days=row["in_days"])
        begins = datetime.combine(day, time(row["hour"]), clock.BERLIN)
        event = Event(
            kind_key=row["kind"],
            starts_at=begins,
            ends_at=begins + timedelta(hours=row["hours"]),
            mode=Mode(row["mode"]),
            place=row.get("place", ""),
            organiser=row["organiser"],
            registration_url=row.get("registration_url", ""),
            video_url=row.get("video_url", ""),
            minutes=row.get("minutes", ""),
            group=catalogue.groups.get(row.get("group", "")),
            **submission(catalogue, row, written=ago(days=30 - min(0, row["in_days"]))),
        )
        keep(event)


def submission(catalogue: Catalogue, row: dict[str, Any], written: Any) -> dict[str, Any]:
    """Return what articles and events have in common, as columns."""
    author, state = catalogue.people[row["author"]], PublicationState(row["state"])
    is_public = state in {PublicationState.PUBLISHED, PublicationState.ARCHIVED}
    return {
        "title": row["title"],
        "subtitle": row["subtitle"],
        "body": row["body"],
        "audience": Readership(row.get("audience", "public")),
        "state": state,
        "state_code": row["state_code"],
        "author": author,
        "author_place": author.place,
        "created_at": written,
        "submitted_at": written,
        "checked_at": written if is_public else None,
        "published_at": written if is_public else None,
        "archived_at": written if state is PublicationState.ARCHIVED else None,
    }


def keep(content: Submission) -> None:
    """Add an article or event; what waits comes into a basket."""
    session.add(content)
    session.flush()
    if content.state is PublicationState.SUBMITTED:
        open_item(
            content.work_kind,
            content,
            title=content.title,
            url=content.address,
            author_id=content.author_id,
        )
