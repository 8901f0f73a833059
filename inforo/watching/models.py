"""Who wants to hear how much of what.

A row is a wish about one thread, one group, or one topic. It stays when somebody leaves a
group, and counts again when they come back. Threads and groups lie in slices above: their
tables are named here, their classes are not known.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l


class Level(StrEnum):
    """How much somebody wants to hear, from everything to nothing."""

    WATCH = "watch"
    FOLLOW = "follow"
    NORMAL = "normal"
    MUTE = "mute"

    @property
    def label(self) -> Any:
        return LABELS[self]


class Target(StrEnum):
    """What a wish is about."""

    THREAD = "thread"
    GROUP = "group"
    TOPIC = "topic"


LABELS = {
    Level.WATCH: _l("Beobachten"),
    Level.FOLLOW: _l("Folgen"),
    Level.NORMAL: _l("Normal"),
    Level.MUTE: _l("Stumm"),
}
MEANINGS = {
    (Target.THREAD, Level.WATCH): _l(
        "Sie erfahren von jeder neuen Antwort, und wenn die Frage als beantwortet gilt."
    ),
    (Target.THREAD, Level.FOLLOW): _l("Sie erfahren von jeder neuen Antwort."),
    (Target.THREAD, Level.NORMAL): _l(
        "Sie erfahren nur davon, wenn jemand Sie erwähnt. Listen zählen, was neu ist."
    ),
    (Target.THREAD, Level.MUTE): _l(
        "Sie erfahren nur davon, wenn jemand Sie erwähnt. Auch Listen zählen nichts Neues."
    ),
    (Target.GROUP, Level.WATCH): _l(
        "Sie erfahren von jeder Frage und jeder Antwort, jeder Datei und Seite und ihren "
        "Änderungen."
    ),
    (Target.GROUP, Level.FOLLOW): _l("Sie erfahren von jeder neuen Frage, Datei und Seite."),
    (Target.GROUP, Level.NORMAL): _l(
        "Sie erfahren von nichts aus der Gruppe, außer Sie folgen einer Diskussion oder einem "
        "Thema oder haben an einer Seite oder Datei mitgearbeitet."
    ),
    (Target.GROUP, Level.MUTE): _l(
        "Sie erfahren von nichts aus der Gruppe, auch wenn Sie dem Thema folgen. Nur was Sie "
        "für eine einzelne Diskussion wählen, geht vor."
    ),
    (Target.TOPIC, Level.WATCH): _l(
        "Sie erfahren von jeder Frage und jeder Antwort zu diesem Thema, in allen Gruppen, die "
        "Sie lesen dürfen."
    ),
    (Target.TOPIC, Level.FOLLOW): _l(
        "Sie erfahren von jeder neuen Frage zu diesem Thema, in allen Gruppen, die Sie lesen "
        "dürfen."
    ),
    (Target.TOPIC, Level.NORMAL): _l("Das Thema allein ist kein Grund, Ihnen zu schreiben."),
    (Target.TOPIC, Level.MUTE): _l(
        "Sie erfahren von nichts zu diesem Thema, auch nicht aus Gruppen, denen Sie folgen. "
        "Nur was Sie für eine einzelne Diskussion wählen, geht vor."
    ),
}


def levels_of(target: str) -> list[tuple[str, Any, Any]]:
    """Return value, label and meaning of each level, for the control of one kind of target."""
    kind = Target(target)
    return [(level.value, level.label, MEANINGS[kind, level]) for level in Level]


def label_of(level: str) -> Any:
    return Level(level).label


class Watch(Base):
    """A wish. `created_at` is since when: nobody is told of what was written before."""

    __tablename__ = "watches"
    __table_args__ = (
        UniqueConstraint("account_id", "thread_id"),
        UniqueConstraint("account_id", "group_id"),
        UniqueConstraint("account_id", "term_id"),
        CheckConstraint(
            "(CASE WHEN thread_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN term_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_target",
        ),
        Index("ix_watches_thread_level", "thread_id", "level"),
        Index("ix_watches_group_level", "group_id", "level"),
        Index("ix_watches_term_level", "term_id", "level"),
    )

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE")
    )
    thread_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE")
    )
    group_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE")
    )
    term_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("terms.id", ondelete="CASCADE")
    )
    level: Mapped[Level]
    created_at: Mapped[created_now]


class WatchHabit(Base):
    """What answering a thread does to the wish about it; without a row: following."""

    __tablename__ = "watch_habits"

    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    by_answering: Mapped[Level] = mapped_column(default=Level.FOLLOW)
