"""Telling readers and offices what waits for them, and reminding of deadlines.

Who is told is asked anew when the job runs: roles and conflicts of interest of that moment
count. A reminder has a key of its own per deadline, so running twice tells nobody twice.
"""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from huey import crontab

from inforo import clock
from inforo.accounts.models import Account
from inforo.contributions.queries import writers_of
from inforo.db import session
from inforo.i18n import _l
from inforo.jobs import job, sweep
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices import queries as offices
from inforo.offices import standing_in
from inforo.offices.models import WorkKind
from inforo.people.queries import actor_of
from inforo.reviews import deadlines, policy, queries
from inforo.reviews.models import Reading, Review, Stage
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState


def office_of(example: Example) -> list[Account]:
    """Return who works for the office that has the example, without those with a
    stake; if nobody is left, the national editors."""
    office = offices.get_office(example.office_id) if example.office_id else None
    staff = (
        offices.staff_of(office)
        if office
        else offices.coordinators_for_content(example.state_code)
    )
    review = queries.find_open_review(example)
    free = [who for who in staff if not policy.conflict(actor_of(who), example, review)]
    return free or [
        who for who in offices.editors() if not policy.conflict(actor_of(who), example, review)
    ]


def may_sit(account: Account, reading: Reading) -> bool:
    actor = actor_of(account)
    knows = queries.knows_self_rating(actor, reading.review)
    offered = policy.offered_to(actor, reading)
    return offered and not policy.unfit_to_read(actor, reading, knows)


def candidates(reading: Reading) -> list[Account]:
    """Return who may take a seat: people of the office it is offered to, else editors."""
    if reading.office is not None:
        staff = offices.staff_of(reading.office)
    else:
        staff = offices.coordinators_for_content(reading.review.example.state_code)
    found = [who for who in staff if may_sit(who, reading)]
    return found or [who for who in offices.editors() if may_sit(who, reading)]


@job
def announce_reading(reading_id: int, occasion: str) -> None:
    """Tell who may take a free seat."""
    reading = session.get(Reading, reading_id)
    if reading is None or reading.reader_id or reading.review.stage is not Stage.CRITERIA:
        return
    title = _l("Kriterien prüfen: %(title)s", title=reading.review.example.title)
    tell(
        candidates(reading),
        reading.review,
        key=f"reading:{reading.id}:{occasion}",
        title=title,
        url=url_for("readings.read", reading_id=reading.id),
    )
    session.commit()


@job
def announce_nomination(review_id: int, occasion: str) -> None:
    """Tell the office that authors propose their published example for Good Practice."""
    review = session.get(Review, review_id)
    if review is None or review.stage is not Stage.REGIONAL:
        return
    tell(
        office_of(review.example),
        review,
        key=f"review:{review.id}:{occasion}",
        title=_l("Für Good Practice vorgeschlagen: %(title)s", title=review.example.title),
        url=url_for("reviews.show", example_id=review.example_id),
    )
    session.commit()


@job
def announce_talk(review_id: int, occasion: str) -> None:
    """Tell both readers that they can compare, or the other one what was written down."""
    review = session.get(Review, review_id)
    if review is None or review.stage is not Stage.TALK:
        return
    readers = [reading.reader for reading in review.readings if reading.reader]
    tell(
        [who for who in readers if who.id != review.agreed_by_id],
        review,
        key=f"talk:{occasion}",
        title=_l("Zum Gespräch über: %(title)s", title=review.example.title),
        url=url_for("readings.talk", example_id=review.example_id),
    )
    session.commit()


@job
def announce_back(review_id: int, occasion: str) -> None:
    """Tell the office that an example is on its desk again."""
    review = session.get(Review, review_id)
    if review is None or review.stage is not Stage.REGIONAL:
        return
    tell(
        office_of(review.example),
        review,
        key=f"review:{review.id}:{occasion}",
        title=_l("Wieder in Ihrer Prüfung: %(title)s", title=review.example.title),
        url=url_for("reviews.show", example_id=review.example_id),
    )
    session.commit()


def tell(people: Iterable[Account], review: Review, *, key: str, title: Any, url: str) -> None:
    for account in people:
        notify(
            standing_in.stand_in_for(account, clock.today()),
            Event.WORK,
            key=key,
            title=title,
            url=url,
            subject=f"examples:{review.example_id}",
        )


# Deadlines


@sweep(crontab(hour="5", minute="30"))
def remind() -> None:
    """Remind once before each deadline who acts, and once after it the office."""
    today = clock.today()
    horizon = deadlines.horizon(today)
    for review in queries.due_reviews(horizon):
        if review.stage is Stage.CRITERIA:
            for reading in review.readings:
                remind_reader(review, reading)
        elif review.due_on is not None:
            remind_stage(review)
    session.commit()


def remind_reader(review: Review, reading: Reading) -> None:
    if reading.submitted_at is not None or reading.due_on is None:
        return
    who = [reading.reader] if reading.reader else candidates(reading)
    url = url_for("readings.read", reading_id=reading.id)
    remind_of(review, reading.due_on, who, f"reading:{reading.id}", url)


def remind_stage(review: Review) -> None:
    example = review.example
    key = f"review:{review.id}:{review.stage.value}"
    if review.stage is Stage.RELEASE:
        url = url_for("releases.release", example_id=example.id)
        return remind_of(review, review.due_on, writers_of(example), key, url)
    if review.stage is Stage.TALK:
        readers = [reading.reader for reading in review.readings if reading.reader]
        url = url_for("readings.talk", example_id=example.id)
        return remind_of(review, review.due_on, readers, key, url)
    if example.state is ExampleState.CHANGES_ASKED:
        url = url_for("contributions.show", example_id=example.id)
        return remind_of(review, review.due_on, writers_of(example), f"{key}:author", url)
    url = url_for("reviews.show", example_id=example.id)
    return remind_of(review, review.due_on, holders_of(example), key, url)


def holders_of(example: Example) -> list[Account]:
    """Return who has taken the example in the basket, else the whole office."""
    item = offices.find_item(WorkKind.EXAMPLE, f"examples:{example.id}")
    if item is None or item.taken_by is None:
        return office_of(example)
    return [item.taken_by]


def remind_of(review: Review, due_on: Any, who: list[Account], key: str, url: str) -> None:
    """Tell who acts shortly before a deadline, and the office when it has passed."""
    today, title = clock.today(), review.example.title
    if today > due_on:
        tell(
            office_of(review.example),
            review,
            key=f"{key}:{due_on}:late",
            title=_l("Frist verstrichen: %(title)s", title=title),
            url=url_for("reviews.show", example_id=review.example_id),
        )
    elif today >= deadlines.remind_from(due_on, review.example.state_code):
        tell(
            who,
            review,
            key=f"{key}:{due_on}:soon",
            title=_l("Die Frist läuft ab: %(title)s", title=title),
            url=url,
        )
