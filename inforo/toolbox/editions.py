"""The published versions of an example, numbered as readers count them (Fassungen).

`keep()` is called by whoever publishes an example or saves a published one. An edition holds
what everybody may read and cite; drafts between two editions and the addresses of contact
persons are no part of it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from inforo.authz import Actor
from inforo.clock import now
from inforo.config import settings
from inforo.db import Base, bigint, created_now, intpk, session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.toolbox.models import Example

# Persons change, what was done does not; and people must be able to vanish.
NOT_CITED = frozenset(
    {
        "contact_name",
        "contact_function",
        "contact_email",
        "contact_phone",
        "deputy_name",
        "deputy_function",
        "deputy_email",
        "deputy_phone",
    }
)


class Edition(Base):
    """One Fassung. `changed` names the fields that differ from the one before.

    `open_until` is set for a correction of the published text: what the same person saves
    until then belongs to it, so that one correction in several steps is one edition.
    """

    __tablename__ = "example_editions"
    __table_args__ = (UniqueConstraint("example_id", "number"),)

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    changed: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")
    editor_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    open_until: Mapped[datetime | None]
    created_at: Mapped[created_now]


def keep(
    actor: Actor,
    example: Example,
    fields: Mapping[str, str],
    note: str = "",
    *,
    is_correction: bool = False,
) -> Edition:
    """Keep the published text of an example as its newest edition, unless nothing changed."""
    public = {name: str(value) for name, value in fields.items() if is_cited(name)}
    newest = newest_of(example)
    if newest is not None and newest.fields == public:
        return newest
    example.updated_at = now()
    if newest is not None and is_correction and still_open(newest, actor):
        before = find_edition(example, newest.number - 1)
        newest.fields, newest.note = public, joined(newest.note, note)
        newest.changed = changes(before.fields if before else {}, public)
        return newest
    edition = Edition(
        example_id=example.id,
        number=newest.number + 1 if newest else 1,
        fields=public,
        changed=changes(newest.fields, public) if newest else [],
        note=note,
        editor_id=actor.account_id,
        open_until=correction_ends() if is_correction and newest else None,
    )
    session.add(edition)
    session.flush()
    return edition


def joined(before: str, note: str) -> str:
    """Return the notes of one correction in several steps; the same one is said once."""
    return before if note in before else f"{before} {note}".strip()


def is_cited(name: str) -> bool:
    return name not in NOT_CITED


def correction_ends() -> datetime:
    return now() + timedelta(minutes=settings.edition_minutes)


def still_open(edition: Edition, actor: Actor) -> bool:
    """Tell whether a save of this person belongs to the correction begun before."""
    is_open = edition.open_until is not None and edition.open_until > now()
    return is_open and actor.is_me(edition.editor_id)


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Return the names of the fields that differ."""
    return [name for name in {**new, **old} if old.get(name, "") != new.get(name, "")]


def newest_of(example: Example) -> Edition | None:
    statement = select(Edition).where(Edition.example_id == example.id)
    return session.scalar(statement.order_by(Edition.number.desc()).limit(1))


def find_edition(example: Example, number: int) -> Edition | None:
    return session.scalar(
        select(Edition).where(Edition.example_id == example.id, Edition.number == number)
    )


def get_edition(example: Example, number: int) -> Edition:
    edition = find_edition(example, number)
    if edition is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    return edition


def editions_of(example: Example) -> list[Edition]:
    """Return all editions of an example somebody may read, the newest first."""
    statement = select(Edition).where(Edition.example_id == example.id)
    return list(session.scalars(statement.order_by(Edition.number.desc())))
