"""A text that was written down for somebody, sent to that person to be released."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.clock import now
from inforo.db import Base, bigint, created_now, intpk
from inforo.toolbox.models import Example


class ExampleRelease(Base):
    """One link to one text: random, stored as SHA-256, used once.

    It ends when it is answered, withdrawn, replaced by a newer one or too old. What the
    author signed with and agreed to stays as it was shown.
    """

    __tablename__ = "example_releases"

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str]
    sent_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    released_version: Mapped[int | None]
    signed_name: Mapped[str] = mapped_column(default="")
    consent: Mapped[str] = mapped_column(default="")
    declined_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    example: Mapped[Example] = relationship()

    @property
    def is_answered(self) -> bool:
        return self.released_at is not None or self.declined_at is not None

    @property
    def is_open(self) -> bool:
        ended = self.is_answered or self.withdrawn_at is not None
        return not ended and self.expires_at > now()

    def withdraw(self) -> None:
        self.withdrawn_at = now()

    def release(self, name: str, consent: str) -> None:
        """Note who agreed to which words about which version."""
        self.released_at, self.released_version = now(), self.example.version
        self.signed_name, self.consent = name, consent

    def decline(self, remark: str) -> None:
        """Note what the author wants to have changed."""
        self.declined_at, self.remark = now(), remark
