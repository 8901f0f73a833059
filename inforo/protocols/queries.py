"""How often what was decided, in figures that point to nobody."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from inforo import clock
from inforo.audit import LogEntry
from inforo.db import session
from inforo.i18n import _l

QUARTERS = 4
FEW = 5  # numbers below it would point to persons
SHOWN: dict[str, Any] = {
    "approve_post": _l("Erste Beiträge freigegeben"),
    "return_post": _l("Erste Beiträge zurückgegeben"),
    "keep": _l("Gemeldete Beiträge stehen gelassen"),
    "hide": _l("Beiträge oder Diskussionen verborgen"),
    "restore": _l("Verborgenes wieder gezeigt"),
    "edit_marked": _l("Beiträge mit Hinweis bearbeitet"),
    "lock": _l("Diskussionen geschlossen"),
    "unlock": _l("Diskussionen wieder geöffnet"),
    "move_here": _l("Diskussionen in andere Gruppen verschoben"),
    "move_posts": _l("Beiträge in andere Diskussionen verschoben"),
    "split_thread": _l("Diskussionen geteilt"),
    "merge_thread": _l("Diskussionen zusammengelegt"),
    "silence": _l("Personen stumm geschaltet"),
    "suspend": _l("Konten gesperrt"),
    "objection_upheld": _l("Einsprüche mit Erfolg"),
    "objection_rejected": _l("Einsprüche abgelehnt"),
}
ABOUT = ("posts:", "threads:", "held_posts:", "accounts:", "objections:")


@dataclass(frozen=True)
class Quarter:
    """Three months; `start` and `end` are moments in Germany."""

    year: int
    number: int

    @property
    def label(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def start(self) -> datetime:
        return moment(date(self.year, self.number * 3 - 2, 1))

    @property
    def end(self) -> datetime:
        return self.following.start

    @property
    def following(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)


def moment(day: date) -> datetime:
    return datetime.combine(day, time(), clock.BERLIN).astimezone(clock.now().tzinfo)


def past_quarters(today: date) -> list[Quarter]:
    """Return the last quarters that are over: growing numbers would show single cases."""
    quarter = Quarter(today.year, (today.month - 1) // 3 + 1).before
    found = []
    for _number in range(QUARTERS):
        found.append(quarter)
        quarter = quarter.before
    return found


def public_figures(quarters: list[Quarter]) -> list[tuple[Any, list[int | None]]]:
    """Return each kind of decision with its numbers; None where there were few or none.

    One decision may leave several entries: requests are counted.
    """

    def within(quarter: Quarter) -> Any:
        is_in = and_(LogEntry.created_at >= quarter.start, LogEntry.created_at < quarter.end)
        return func.count(case((is_in, LogEntry.request_id)).distinct())

    rows = session.execute(
        select(LogEntry.action, *(within(quarter) for quarter in quarters))
        .where(
            LogEntry.action.in_(SHOWN),
            or_(*(LogEntry.subject.startswith(table) for table in ABOUT)),
            LogEntry.created_at >= quarters[-1].start,
        )
        .group_by(LogEntry.action)
    )
    counts = {row[0]: row[1:] for row in rows}
    none = [0] * len(quarters)
    return [
        (label, [number if number >= FEW else None for number in counts.get(action, none)])
        for action, label in SHOWN.items()
    ]
