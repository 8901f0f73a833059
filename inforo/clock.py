"""The time. Everything that needs "now" asks here, so tests and the demo can shift it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
YEARS = range(1900, 3000)  # of days people mean; at both ends of the calendar sums overflow
offset = timedelta()


def now() -> datetime:
    """Return the current time in UTC, moved by the offset a test may have set."""
    return datetime.now(UTC) + offset


def today() -> date:
    """Return the current day where the readers of the platform live."""
    return now().astimezone(BERLIN).date()


def day_of(written: str) -> date | None:
    """Return the day of an address (2026-12-24); None for what is none, or nobody means."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def shift(by: timedelta) -> None:
    """Move the clock for this process; refused in production (see `config.py`)."""
    global offset
    offset = by
