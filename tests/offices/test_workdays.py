from datetime import UTC, date, datetime

import pytest

from inforo.offices.workdays import working_days_ago, working_days_between

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, SATURDAY, 0),
        (FRIDAY, MONDAY, 1),
        (SATURDAY, MONDAY, 1),
        (FRIDAY, date(2026, 11, 25), 3),
        (MONDAY, date(2026, 11, 30), 5),
        (MONDAY, date(2026, 12, 21), 20),
        (MONDAY, FRIDAY, 0),
    ],
)
def test_weekends_do_not_count(start, end, expected):
    assert working_days_between(start, end) == expected


def test_days_begin_at_midnight_in_germany():
    late_evening_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday 00:30 in Berlin

    assert working_days_between(late_evening_utc, MONDAY) == 0


@pytest.mark.parametrize("count", range(12))
@pytest.mark.parametrize("before", [FRIDAY, SATURDAY, MONDAY])
def test_going_back_and_counting_agree(count, before):
    day = working_days_ago(count, before)

    assert working_days_between(day, before) == count
