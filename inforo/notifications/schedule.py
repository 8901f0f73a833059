"""When mails may come: the next digest, and the end of somebody's quiet hours."""

from datetime import date, datetime, time, timedelta

from inforo.clock import BERLIN
from inforo.notifications.models import MailSettings, Rhythm
from inforo.offices.workdays import is_working_day

ONE_DAY = timedelta(days=1)
WEEK = 7


def moment_on(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), BERLIN)


def working_day_from(day: date, state_code: str | None) -> date:
    """Return the day itself or the next one on which people of the Land work."""
    while not is_working_day(day, state_code):
        day += ONE_DAY
    return day


def next_digest(
    chosen: MailSettings, state_code: str | None, after: datetime
) -> datetime | None:
    """Return when the next digest is due; a chosen day that is a holiday moves to the next."""
    if chosen.rhythm is Rhythm.NEVER:
        return None
    day = after.astimezone(BERLIN).date() - WEEK * ONE_DAY
    while True:
        if chosen.rhythm is Rhythm.DAILY or day.weekday() == chosen.weekday:
            due = moment_on(working_day_from(day, state_code), chosen.hour)
            if due > after:
                return due
        day += ONE_DAY


def quiet_end(chosen: MailSettings | None, moment: datetime) -> datetime | None:
    """Return when the quiet hours end that somebody is in, or None outside of them."""
    if chosen is None or chosen.quiet_from is None or chosen.quiet_until is None:
        return None
    local = moment.astimezone(BERLIN)
    begin, end = chosen.quiet_from, chosen.quiet_until
    if not (local.hour - begin) % 24 < (end - begin) % 24:
        return None
    day = local.date() if local.hour < end else local.date() + ONE_DAY
    return moment_on(day, end)
