"""Calendar files that other programs read: folding, escaping, times."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from inforo.events.ics import calendar, escaped, folded, moment
from tests.events.making import make_event


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_any_text_is_folded_to_75_octets_and_comes_back_whole(text):
    pieces = list(folded(text))

    assert all(len(piece) <= 75 for piece in pieces)
    assert "".join([pieces[0].decode(), *(piece.decode()[1:] for piece in pieces[1:])]) == text


def test_commas_semicolons_backslashes_and_lines_are_escaped():
    assert escaped("a,b;c\\d\r\ne") == "a\\,b\\;c\\\\d\\ne"


def test_times_are_written_in_utc():
    assert moment(datetime(2026, 7, 1, 8, 30, tzinfo=UTC)) == "20260701T083000Z"


def test_calendar_holds_the_event_between_its_brackets():
    begins = datetime(2030, 1, 15, 9, tzinfo=UTC)
    ends = datetime(2030, 1, 15, 12, tzinfo=UTC)
    event = make_event("Ernährung, Bewegung; Ruhe", starts_at=begins, ends_at=ends)

    lines = unfolded(calendar([event], "inforo"))

    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "SUMMARY:Ernährung\\, Bewegung\\; Ruhe" in lines
    assert "LOCATION:Rathaus\\, Mannheim" in lines
    assert {"DTSTART:20300115T090000Z", "DTEND:20300115T120000Z"} <= set(lines)
    assert f"UID:termin-{event.id}@localhost" in lines


def test_deadline_has_no_end():
    begins = datetime(2030, 1, 15, 9, tzinfo=UTC)
    event = make_event(starts_at=begins, ends_at=begins)

    assert "DTEND" not in calendar([event], "inforo").decode()
