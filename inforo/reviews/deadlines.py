"""By when who acts: the working days of the settings, in the Land of the example."""

from datetime import date, timedelta

from inforo import clock
from inforo.config import settings
from inforo.offices.workdays import working_day_after, working_days_ago
from inforo.reviews.models import Stage
from inforo.toolbox.models import Example


def days_of(stage: Stage) -> int:
    return {
        Stage.REGIONAL: settings.review_regional_days,
        Stage.CRITERIA: settings.review_reader_days,
        Stage.TALK: settings.review_talk_days,
        Stage.RELEASE: settings.review_release_days,
    }[stage]


def due(example: Example, stage: Stage) -> date:
    """Return the last day of a stage that begins now."""
    return working_day_after(days_of(stage), clock.now(), example.state_code)


def changes_due(example: Example) -> date:
    """Return the last day on which authors should answer a wish for changes."""
    return working_day_after(settings.review_changes_days, clock.now(), example.state_code)


def remind_from(due_on: date, state_code: str | None) -> date:
    """Return the day from which people are reminded of a deadline."""
    return working_days_ago(settings.review_reminder_days, due_on, state_code)


def horizon(today: date) -> date:
    """Return the last day on which a deadline can lie that is reminded of today."""
    return today + timedelta(days=2 * settings.review_reminder_days + 14)
