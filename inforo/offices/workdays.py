"""Working days: Monday to Friday, without the public holidays of a Land if one is named."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from inforo import clock

WEEKEND = (5, 6)
ONE_DAY = timedelta(days=1)


def local_day(moment: datetime | date) -> date:
    """Return the day in Germany on which something happened."""
    return moment.astimezone(clock.BERLIN).date() if isinstance(moment, datetime) else moment


@cache
def holidays_of(state_code: str, year: int) -> frozenset[date]:
    """Return the public holidays of a Land, those of all its municipalities only."""
    return frozenset(holidays.country_holidays("DE", subdiv=state_code, years=year))


def is_working_day(day: date, state_code: str | None = None) -> bool:
    if day.weekday() in WEEKEND:
        return False
    return state_code is None or day not in holidays_of(state_code, day.year)


def working_days_between(
    start: datetime | date, end: datetime | date, state_code: str | None = None
) -> int:
    """Count the working days after `start` up to and including `end`; never below 0."""
    first, last = local_day(start), local_day(end)
    weeks, rest = divmod(max(0, (last - first).days), 7)
    tail = (last - timedelta(days=number) for number in range(rest))
    weekdays = weeks * 5 + sum(day.weekday() not in WEEKEND for day in tail)
    return weekdays - sum(1 for _ in free_weekdays(first, last, state_code))


def free_weekdays(first: date, last: date, state_code: str | None) -> Iterator[date]:
    """Yield the holidays after `first` up to `last` on which people would have worked."""
    years = range(first.year, last.year + 1) if state_code else ()
    for year in years:
        for day in holidays_of(state_code or "", year):
            if first < day <= last and day.weekday() not in WEEKEND:
                yield day


def working_days_ago(
    count: int, before: datetime | date, state_code: str | None = None
) -> date:
    """Return the latest day from which `count` working days have passed `before` then."""
    day = local_day(before)
    while count > 0:
        count -= is_working_day(day, state_code)
        day -= ONE_DAY
    return day


def working_day_after(
    count: int, start: datetime | date, state_code: str | None = None
) -> date:
    """Return the day on which `count` working days have passed since `start`: a deadline."""
    day = local_day(start)
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, state_code)
    return day
