"""Events, and what remains of them: minutes, a video, files."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo import text
from inforo.clock import BERLIN, now
from inforo.db import Base, bigint
from inforo.editorial.models import Attachment, Submission
from inforo.groups.models import Group
from inforo.i18n import _l
from inforo.offices.models import WorkKind

KINDS = "event_kind"


class Mode(StrEnum):
    ONSITE = "onsite"
    ONLINE = "online"
    BOTH = "both"

    @property
    def label(self) -> Any:
        return MODE_LABELS[self]


MODE_LABELS = {
    Mode.ONSITE: _l("vor Ort"),
    Mode.ONLINE: _l("online"),
    Mode.BOTH: _l("vor Ort und online"),
}


class Event(Submission, Base):
    """Something people may come to, or a day by which they should act (`ends_at` = start).

    It may belong to a group. Only who reads the group learns that, and from no history:
    who sees the event itself is decided by its own audience.
    """

    __tablename__ = "events"
    __table_args__ = (CheckConstraint("ends_at >= starts_at", name="order"),)

    work_kind: ClassVar[WorkKind] = WorkKind.EVENT
    folder: ClassVar[str] = "termine"
    kept_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "subtitle",
        "body",
        "kind_key",
        "starts_at",
        "ends_at",
        "mode",
        "place",
        "organiser",
        "registration_url",
        "video_url",
        "minutes",
        "audience",
        "state_code",
    )

    kind_key: Mapped[str] = mapped_column(index=True, info={"vocabulary": KINDS})
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    mode: Mapped[Mode]
    place: Mapped[str] = mapped_column(default="")
    organiser: Mapped[str] = mapped_column(default="")
    registration_url: Mapped[str] = mapped_column(default="")
    video_url: Mapped[str] = mapped_column(default="")
    minutes: Mapped[str] = mapped_column(default="")
    group_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="SET NULL"), index=True
    )

    group: Mapped[Group | None] = relationship()
    files: Mapped[list["EventFile"]] = relationship(
        order_by="EventFile.id", cascade="all, delete-orphan"
    )

    @property
    def minutes_html(self) -> Markup:
        return Markup(text.render_markdown(self.minutes))  # noqa: S704 (cleaned)

    @property
    def is_over(self) -> bool:
        return self.ends_at < now()

    @property
    def month(self) -> datetime:
        """Return the first day of the month it begins in, as people in Berlin see it."""
        return self.starts_at.astimezone(BERLIN).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )


class EventFile(Attachment, Base):
    """A file of the documentation, e.g. slides, and whose they are."""

    __tablename__ = "event_files"

    event_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    speaker: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")

    @property
    def credit(self) -> str:
        return ", ".join(filter(None, (self.speaker, self.organisation)))
