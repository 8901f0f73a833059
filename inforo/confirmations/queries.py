"""Every SELECT on confirmations."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from inforo import sessions
from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.confirmations import policy
from inforo.confirmations.models import (
    Confirmation,
    ConfirmationMail,
    ConfirmationRefusal,
    ConfirmationRound,
)
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState

Round = ConfirmationRound


def due_examples() -> list[int]:
    """Return the examples with a step to take: open rounds first, then as many new ones
    as a day may begin."""
    going_on = select(Round.example_id).where(Round.ended_at.is_(None), Round.due_at <= now())
    old = now() - timedelta(days=settings.confirm_after_days)
    confirmed = func.coalesce(Example.confirmed_at, Example.published_at)
    asked_lately = select(Round.id).where(
        Round.example_id == Example.id, or_(Round.ended_at.is_(None), Round.started_at > old)
    )
    to_begin = (
        select(Example.id)
        .where(Example.state == ExampleState.PUBLISHED, confirmed < old)
        .where(~asked_lately.exists())
        .order_by(confirmed, Example.id)
        .limit(settings.confirm_per_day)
    )
    return [*session.scalars(going_on.order_by(Round.id)), *session.scalars(to_begin)]


def find_example_to_ask(example_id: int) -> Example | None:
    """Return the example, locked: two workers must not ask at once."""
    return session.scalar(
        select(Example)
        .where(Example.id == example_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def latest_round(example: Example) -> ConfirmationRound | None:
    """Return the newest round of an example with its mails and what became of them."""
    return session.scalar(
        select(Round)
        .where(Round.example_id == example.id)
        .options(selectinload(Round.mails).joinedload(ConfirmationMail.mail))
        .order_by(Round.number.desc())
        .limit(1)
    )


def get_question(secret: str) -> ConfirmationMail:
    """Return the mail whose link somebody opened, if the question still stands."""
    question = session.scalar(
        select(ConfirmationMail)
        .where(ConfirmationMail.token_hash == sessions.digest(secret))
        .options(joinedload(ConfirmationMail.round).joinedload(Round.example))
    )
    if question is None or not stands(question.round):
        raise NotFound(
            _(
                "Dieser Link gilt nicht mehr. Vielleicht hat schon jemand geantwortet – dann "
                "vielen Dank."
            )
        )
    return question


def get_question_to_refuse(secret: str) -> ConfirmationMail:
    """Return the mail whose link unsubscribes; that works also after an answer."""
    question = session.scalar(
        select(ConfirmationMail).where(ConfirmationMail.token_hash == sessions.digest(secret))
    )
    if question is None:
        raise NotFound
    return question


def stands(asked: ConfirmationRound) -> bool:
    """Tell whether nobody answered yet, no newer round began, and the example is public."""
    if asked.answered_at is not None or not asked.example.is_published:
        return False
    newest = select(func.max(Round.number)).where(Round.example_id == asked.example_id)
    return session.scalar(newest) == asked.number and not is_needless(asked)


def is_needless(asked: ConfirmationRound) -> bool:
    """Tell whether the example was confirmed otherwise since the question was asked."""
    confirmed_at = asked.example.confirmed_at
    return confirmed_at is not None and confirmed_at >= asked.started_at


def refused(digests: Sequence[str]) -> set[str]:
    """Return those of the addresses that want no such mails."""
    column = ConfirmationRefusal.address_digest
    return set(session.scalars(select(column).where(column.in_(digests))))


def get_case(actor: Actor, example_id: int) -> Example:
    """Return an example for the office that looks after its confirmation."""
    example = session.scalar(
        select(Example)
        .where(Example.id == example_id)
        .options(
            joinedload(Example.organisation),
            joinedload(Example.capture),
            selectinload(Example.municipalities),
            selectinload(Example.co_authors),
        )
    )
    if example is None or not policy.may_open(actor, example):
        raise NotFound(_("Diesen Vorgang gibt es nicht (mehr)."))
    return example


def confirmations_of(example: Example) -> list[Confirmation]:
    """Return what people answered over the years, the newest first."""
    statement = (
        select(Confirmation)
        .where(Confirmation.example_id == example.id)
        .options(joinedload(Confirmation.account))
        .order_by(Confirmation.id.desc())
        .limit(100)
    )
    return list(session.scalars(statement))
