"""Every SELECT on what is reviewed. Who asks comes first."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from inforo import versions
from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.contributions.policy import may_open_review
from inforo.contributions.snapshots import snapshot
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.offices.models import CoordinationOffice, OfficeKind, WorkItem, WorkKind
from inforo.offices.queries import offices_with_states, responsible_office
from inforo.reviews import policy
from inforo.reviews.models import Reading, Review, ReviewConflict, Stage
from inforo.toolbox import queries as toolbox
from inforo.toolbox.example_parts import ExampleMunicipality, ExampleStep
from inforo.toolbox.models import Example
from inforo.toolbox.policy import captured_by, is_author, is_responsible, written_by
from inforo.toolbox.tool_models import Tool

# Who did one of these has seen what the author says about the criteria.
AT_THE_DESK = ("proposed", "changes_asked", "edited", "release_asked", "published")
WHOLE = (
    selectinload(Review.readings).joinedload(Reading.reader),
    selectinload(Review.readings).joinedload(Reading.office),
    selectinload(Review.conflicts),
)


def get_review(actor: Actor, example_id: int) -> Example:
    """Return an example for its review; other Länder do not learn that there is one."""
    example = toolbox.get_example(actor, example_id)
    if not may_open_review(actor, example):
        raise NotFound(_("Diesen Vorgang gibt es nicht (mehr)."))
    return example


def get_tool_review(actor: Actor, tool_id: int) -> Tool:
    tool = toolbox.get_tool(actor, tool_id)
    if not is_responsible(actor, tool):
        raise NotFound(_("Diesen Vorgang gibt es nicht (mehr)."))
    return tool


def find_open_review(example: Example) -> Review | None:
    statement = (
        select(Review)
        .where(Review.example_id == example.id, Review.ended_at.is_(None))
        .options(*WHOLE)
    )
    return session.scalar(statement)


def find_last_review(example: Example) -> Review | None:
    """Return the newest passage of an example, whether it is over or not."""
    statement = (
        select(Review)
        .where(Review.example_id == example.id)
        .options(joinedload(Review.readings))
        .order_by(Review.id.desc())
        .limit(1)
    )
    return session.scalars(statement).unique().first()


def lock_example(example: Example) -> None:
    """Let nobody else begin a passage of this example until the commit."""
    session.scalars(select(Example.id).where(Example.id == example.id).with_for_update()).one()


def lock_review(review: Review) -> None:
    """Let nobody else change this passage until the commit, and read it anew."""
    statement = (
        select(Review)
        .where(Review.id == review.id)
        .options(*WHOLE)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    session.scalars(statement).one()


def get_reading(actor: Actor, reading_id: int) -> Reading:
    """Return a seat for its reader or those it is offered to."""
    statement = (
        select(Reading)
        .where(Reading.id == reading_id)
        .options(
            joinedload(Reading.review).joinedload(Review.example),
            joinedload(Reading.review).selectinload(Review.conflicts),
            joinedload(Reading.review).selectinload(Review.readings).joinedload(Reading.office),
            joinedload(Reading.reader),
            selectinload(Reading.ratings),
        )
    )
    reading = session.scalar(statement)
    if reading is None or not policy.may_open_reading(actor, reading):
        raise NotFound(_("Diesen Vorgang gibt es nicht (mehr)."))
    return reading


def get_talk(actor: Actor, example_id: int) -> Review:
    """Return a passage with both ratings, for who may see them."""
    statement = (
        select(Review)
        .where(Review.example_id == example_id, Review.ended_at.is_(None))
        .options(
            *WHOLE,
            joinedload(Review.example),
            selectinload(Review.readings).selectinload(Reading.ratings),
            selectinload(Review.agreements),
        )
    )
    review = session.scalar(statement)
    if review is None or not policy.may_see_ratings(actor, review):
        raise NotFound(_("Diesen Vorgang gibt es nicht (mehr)."))
    return review


def get_release(actor: Actor, example_id: int) -> tuple[Example, Review | None]:
    """Return an example and its passage for one of its authors."""
    example = toolbox.get_example(actor, example_id)
    if not is_author(actor, example):
        raise NotFound(_("Diesen Beitrag gibt es nicht (mehr)."))
    return example, find_open_review(example)


def knows_self_rating(actor: Actor, review: Review) -> bool:
    """Tell whether somebody worked on the example for the office before the readings."""
    statement = (
        select(ExampleStep.id)
        .where(
            ExampleStep.example_id == review.example_id,
            ExampleStep.actor_id == actor.account_id,
            ExampleStep.action.in_(AT_THE_DESK),
        )
        .limit(1)
    )
    return session.scalar(statement) is not None


def changes_since(example: Example, number: int) -> list[tuple[str, str, str]]:
    """Return (field, before, now) of what differs from an entry of the history."""
    statement = select(versions.Version.fields).where(
        versions.Version.subject == subject_of(example), versions.Version.number == number
    )
    before = session.scalar(statement)
    if before is None:
        return []
    return [
        (name, str(before.get(name, "")), value)
        for name, value in snapshot(example).items()
        if str(before.get(name, "")) != value
    ]


def get_text(review: Review) -> Example:
    """Return the example of a passage somebody may see, with all its text needs."""
    statement = toolbox.with_everything().where(Example.id == review.example_id)
    return session.scalars(statement).one()


def find_responsible_office(example: Example) -> CoordinationOffice | None:
    """Return the office that acts: the one an example was handed to, else its Land's."""
    places = offices_with_states()
    handed = [office for office, _code in places if office.id == example.office_id]
    return handed[0] if handed else responsible_office(places, example.scope)


def other_offices(taken: Iterable[int | None]) -> Sequence[CoordinationOffice]:
    """Return the offices that may be asked for the second reading, the national one first."""
    statement = (
        select(CoordinationOffice)
        .where(CoordinationOffice.id.not_in([office for office in taken if office]))
        .order_by(CoordinationOffice.kind != OfficeKind.NATIONAL, CoordinationOffice.name)
    )
    return list(session.scalars(statement))


def conflicts_among(actor: Actor, items: Sequence[WorkItem]) -> set[int]:
    """Return the numbers of those items this person may not work on: two queries at most."""
    by_example: dict[int, list[int]] = {}
    readings = {number_of(item): item.id for item in items if item.kind is WorkKind.READING}
    for item in items:
        if item.subject.startswith(f"{Example.__tablename__}:"):
            by_example.setdefault(number_of(item), []).append(item.id)
    if readings:
        rows = session.execute(
            select(Reading.id, Review.example_id)
            .join(Review, Review.id == Reading.review_id)
            .where(Reading.id.in_(readings))
        )
        for reading_id, example_id in rows:
            by_example.setdefault(example_id, []).append(readings[reading_id])
    if not by_example:
        return set()
    found = session.scalars(conflicted_examples(actor, by_example))
    return {item_id for example_id in found for item_id in by_example[example_id]}


def number_of(item: WorkItem) -> int:
    return int(item.subject.partition(":")[2])


def conflicted_examples(actor: Actor, ids: Iterable[int]) -> Select[int]:
    """The same rule as `policy.conflict`, for SELECTs. A test keeps the two equal."""
    places = select(ExampleMunicipality.example_id).where(
        ExampleMunicipality.municipality_ags == actor.municipality_ags
    )
    stated = (
        select(Review.example_id)
        .join(ReviewConflict, ReviewConflict.review_id == Review.id)
        .where(ReviewConflict.account_id == actor.account_id, Review.ended_at.is_(None))
    )
    own = [written_by(actor), captured_by(actor), Example.id.in_(places)]
    if actor.organisation_id is not None:
        own.append(Example.organisation_id == actor.organisation_id)
    return select(Example.id).where(
        Example.id.in_(list(ids)), or_(*own, Example.id.in_(stated))
    )


def due_reviews(today: date) -> list[Review]:
    """Return open passages and seats with a deadline up to a day, for the reminders."""
    late = union_all(
        select(Review.id).where(Review.ended_at.is_(None), Review.due_on <= today),
        select(Review.id)
        .join(Reading, Reading.review_id == Review.id)
        .where(
            Review.ended_at.is_(None),
            Review.stage == Stage.CRITERIA,
            Reading.submitted_at.is_(None),
            Reading.due_on <= today,
        ),
    ).subquery()
    statement = (
        select(Review)
        .where(Review.id.in_(select(late.c.id)))
        .options(*WHOLE, joinedload(Review.example))
        .order_by(Review.id)
    )
    return list(session.scalars(statement))
