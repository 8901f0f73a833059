"""The history of edited objects, and the conflict of two people who edit at once.

`record()` keeps a copy of the given fields in the transaction that changes them;
`check()` refuses a save that was begun before somebody else's save.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from inforo.audit import subject_of
from inforo.authz import Actor
from inforo.db import Base, Versioned, created_now, intpk, session
from inforo.errors import DomainError
from inforo.i18n import _


class Version(Base):
    """What an object looked like after one save. `number` counts from 1 per subject."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("subject", "number"),)

    id: Mapped[intpk]
    subject: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL")
    )
    note: Mapped[str] = mapped_column(default="")
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[created_now]


class Conflict(DomainError):
    """Somebody else saved in the meantime; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Inzwischen hat jemand anderes gespeichert. Es wurde nichts überschrieben: "
                "Sehen Sie sich den jetzigen Stand an und entscheiden Sie dann neu."
            )
        )


def check(content: Versioned, version: int | str | None) -> None:
    """Raise Conflict unless the form was opened on the current version of the object."""
    if str(version) != str(content.version):
        raise Conflict


def record(actor: Actor, content: Any, fields: dict[str, Any], note: str = "") -> Version:
    """Add the current state of an object to its history. Values must be JSON."""
    version = Version(
        subject=subject_of(content),
        number=latest_number(content) + 1,
        author_id=actor.account_id,
        fields=fields,
        note=note,
    )
    session.add(version)
    return version


def latest_number(content: Any) -> int:
    """Return the number of the newest entry in the object's history, 0 without history."""
    statement = select(func.max(Version.number)).where(Version.subject == subject_of(content))
    return session.scalar(statement) or 0


def forget(content: Any) -> None:
    """Delete the history of something that is deleted itself."""
    session.execute(delete(Version).where(Version.subject == subject_of(content)))


def history(content: Any) -> list[Version]:
    """Return the history of an object, the newest first."""
    statement = select(Version).where(Version.subject == subject_of(content))
    return list(session.scalars(statement.order_by(Version.number.desc())))


def changed_at(content: Any) -> datetime | None:
    """Return when the object was last saved with history."""
    statement = select(func.max(Version.created_at)).where(
        Version.subject == subject_of(content)
    )
    return session.scalar(statement)
