"""Confirmations: nobody has confirmed one example for long, one is being asked about, whose
mail lies in the outbox, and all others are up to date."""

from datetime import timedelta

from inforo.clock import now
from inforo.config import settings
from inforo.confirmations.jobs import MAILINGS, hand_to_office, take_step
from inforo.confirmations.models import (
    Answer,
    Confirmation,
    ConfirmationMail,
    ConfirmationRound,
    Respondent,
)
from inforo.db import session
from inforo.demo.source import Catalogue, ago
from inforo.i18n import _l
from inforo.toolbox.models import Example
from inforo.toolbox.states import Tier


def load_confirmations(catalogue: Catalogue) -> None:
    published = sorted(
        (example for example in catalogue.examples.values() if example.is_published),
        key=lambda example: (example.tier is Tier.GOOD_PRACTICE, example.updated_at),
    )
    silent, waiting, *others = published
    fall_silent(silent)
    waiting.confirmed_at = ago(days=settings.confirm_after_days + 1)
    take_step(waiting)
    for number, example in enumerate(others):
        if example.published_at and example.published_at < ago(days=300):
            saved = example.updated_at
            example.confirmed_at = ago(days=10 + number * 3 % 280)
            session.add(answer_of(example))
            session.flush()
            example.updated_at = saved
    session.flush()


def answer_of(example: Example) -> Confirmation:
    return Confirmation(
        example_id=example.id,
        answer=Answer.CONFIRMED,
        respondent=Respondent.CONTACT,
        created_at=example.confirmed_at,
    )


def fall_silent(example: Example) -> None:
    """Ask three times in vain, as the job does."""
    wait = timedelta(days=settings.confirm_reminder_days)
    started = now() - wait * MAILINGS - timedelta(days=2)
    asked = ConfirmationRound(
        example=example, number=1, asked=MAILINGS, started_at=started, due_at=now()
    )
    session.add(asked)
    session.flush()
    for mailing in range(1, MAILINGS + 1):
        asked.mails.append(
            ConfirmationMail(
                round_id=asked.id,
                mailing=mailing,
                respondent=Respondent.CONTACT,
                created_at=started + wait * (mailing - 1),
            )
        )
    asked.close()
    example.miss_confirmation()
    hand_to_office(asked, _l("Nicht bestätigt: %(title)s", title=example.title))
