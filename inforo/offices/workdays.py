"""Working days, Monday to Friday. Holidays differ by Land and are not counted out."""

from datetime import date, datetime, timedelta

from inforo import clock

WEEKEND = (5, 6)


def local_day(moment: datetime | date) -> date:
    """Return the day in Germany on which something happened."""
    return moment.astimezone(clock.BERLIN).date() if isinstance(moment, datetime) else moment


def working_days_between(start: datetime | date, end: datetime | date) -> int:
    """Count the working days after `start` up to and including `end`; never below 0."""
    first, last = local_day(start), local_day(end)
    weeks, rest = divmod(max(0, (last - first).days), 7)
    tail = (last - timedelta(days=number) for number in range(rest))
    return weeks * 5 + sum(day.weekday() not in WEEKEND for day in tail)


def working_days_ago(count: int, before: datetime | date) -> date:
    """Return the latest day from which `count` working days have passed `before` then."""
    day = local_day(before)
    while count > 0:
        count -= day.weekday() not in WEEKEND
        day -= timedelta(days=1)
    return day
