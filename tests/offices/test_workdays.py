from datetime import UTC, date, datetime

import pytest

from inforo.offices.workdays import (
    holidays_of,
    working_day_after,
    working_days_ago,
    working_days_between,
)

STATE_CODES = "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH".split()  # noqa: SIM905
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


def test_corpus_christi_is_a_holiday_in_bavaria_not_in_berlin():
    before, after = date(2026, 6, 3), date(2026, 6, 5)

    assert working_day_after(1, before, "BY") == after
    assert working_day_after(1, before, "BE") == date(2026, 6, 4)
    assert working_days_between(before, after, "BY") == 1
    assert working_days_between(before, after, "BE") == 2
    assert working_days_between(before, after) == 2


def test_deadline_over_the_turn_of_the_year_skips_all_holidays():
    assert working_day_after(5, date(2026, 12, 23), "BW") == date(2026, 12, 31)
    assert working_day_after(6, date(2026, 12, 23), "BW") == date(2027, 1, 4)
    assert working_day_after(8, date(2026, 12, 23), "BW") == date(2027, 1, 7)


def test_counting_back_skips_the_holidays_of_the_land():
    assert working_days_ago(2, date(2026, 6, 5), "BY") == date(2026, 6, 2)
    assert working_days_ago(2, date(2026, 6, 5), "BE") == date(2026, 6, 3)


@pytest.mark.parametrize("code", STATE_CODES)
def test_every_land_has_its_holidays(code):
    assert date(2026, 10, 3) in holidays_of(code, 2026)
