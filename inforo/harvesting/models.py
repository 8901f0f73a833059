"""Words of a discussion that may go into an example, once their author agrees."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.clock import now
from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.toolbox.models import Example


class Consent(StrEnum):
    """What the author of some words says about their use."""

    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"
    DROPPED = "dropped"
    UNREACHABLE = "unreachable"

    @property
    def label(self) -> Any:
        return CONSENTS[self]


CONSENTS = {
    Consent.WAITING: _l("wartet auf Zustimmung"),
    Consent.AGREED: _l("stimmt zu"),
    Consent.DECLINED: _l("stimmt nicht zu"),
    Consent.DROPPED: _l("wird nicht verwendet"),
    Consent.UNREACHABLE: _l("nicht zu erreichen"),
}


class Quote(Base):
    """The words of one post as they were shown to their author; no other may be used.

    They stand in the example only from the moment the author agreed. `agreed_to` is the
    sentence that was agreed to; the link in the mail is stored as its SHA-256.
    """

    __tablename__ = "example_quotes"
    __table_args__ = (UniqueConstraint("example_id", "post_id"),)

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE")
    )
    post_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="SET NULL"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    asked_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    name: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    is_question: Mapped[bool] = mapped_column(default=False)
    consent: Mapped[Consent] = mapped_column(default=Consent.WAITING)
    agreed_to: Mapped[str] = mapped_column(default="")
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    mails: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    written_at: Mapped[datetime]
    created_at: Mapped[created_now]

    example: Mapped[Example] = relationship()
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])

    @property
    def waits(self) -> bool:
        return self.consent is Consent.WAITING

    @property
    def is_open(self) -> bool:
        """Tell whether the link in the mail still works."""
        return self.waits and self.expires_at is not None and self.expires_at > now()

    def decide(self, consent: Consent, agreed_to: str = "") -> None:
        self.consent, self.agreed_to, self.decided_at = consent, agreed_to, now()
        self.token_hash = None
