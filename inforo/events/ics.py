"""Calendar files (RFC 5545): one VCALENDAR with an event each, in UTC.

Lines end with CRLF and are folded after 75 octets, never inside a character.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from inforo.config import settings
from inforo.events.models import Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
MOST_OCTETS = 75
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def calendar(events: Iterable[Event], name: str) -> bytes:
    """Return a calendar with these events."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//inforo//Termine//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for event in events for line in described(event)),
        "END:VCALENDAR",
    ]
    return b"".join(piece + b"\r\n" for line in lines for piece in folded(line))


def described(event: Event) -> Iterator[str]:
    address = f"{settings.base_url.rstrip('/')}{event.path}"
    yield "BEGIN:VEVENT"
    yield f"UID:termin-{event.id}@{urlsplit(settings.base_url).hostname or 'inforo'}"
    yield f"DTSTAMP:{moment(event.changed_at)}"
    yield f"LAST-MODIFIED:{moment(event.changed_at)}"
    yield f"SEQUENCE:{event.version - 1}"
    yield f"DTSTART:{moment(event.starts_at)}"
    if event.ends_at > event.starts_at:
        yield f"DTEND:{moment(event.ends_at)}"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    about = "\n".join(filter(None, (event.subtitle, event.organiser, address)))
    yield f"DESCRIPTION:{escaped(about)}"
    yield f"URL:{address}"
    yield "END:VEVENT"


def moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    return "".join(ESCAPES.get(char, char) for char in text.replace("\r", ""))


def folded(line: str) -> Iterator[bytes]:
    """Yield a line in pieces that fit; all but the first begin with a blank."""
    piece = b""
    for char in line:
        octets = char.encode()
        if len(piece) + len(octets) > MOST_OCTETS:
            yield piece
            piece = b" "
        piece += octets
    yield piece
