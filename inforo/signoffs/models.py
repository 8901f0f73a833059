"""Texts that a superior shall read first, and the links sent for that."""

import hashlib
import hmac
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.clock import now
from inforo.config import settings
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.groups.models import Group
from inforo.i18n import _l
from inforo.toolbox.models import Example


class SignoffKind(StrEnum):
    QUESTION = "question"
    EXAMPLE = "example"

    @property
    def label(self) -> Any:
        return KIND_LABELS[self]


KIND_LABELS = {SignoffKind.QUESTION: _l("Frage"), SignoffKind.EXAMPLE: _l("Praxisbeispiel")}


class Signoff(Versioned, Base):
    """A text of one author. A question is kept here; an example stays where it is written.

    `number` counts the versions of a question's text; of an example its own version counts.
    With `publishes` an approval publishes the question at once; `refusal` is why it did not.
    """

    __tablename__ = "signoffs"
    __table_args__ = (UniqueConstraint("example_id"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[SignoffKind]
    example_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE")
    )
    group_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    number: Mapped[int] = mapped_column(default=1)
    publishes: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    published_path: Mapped[str] = mapped_column(default="")
    refusal: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship()
    example: Mapped[Example | None] = relationship()
    group: Mapped[Group | None] = relationship()

    @property
    def current(self) -> int:
        """Return the number of the text as it is now."""
        return self.example.version if self.example is not None else self.number

    @property
    def heading(self) -> str:
        return self.example.title if self.example is not None else self.title

    @property
    def path(self) -> str:
        return f"/vorgesetzte/{self.id}"


class SignoffLink(Base):
    """One link to one version of a text, for one person; stored as SHA-256.

    The secret is made of `nonce` and the key of the application, so that a reminder can
    repeat it, and the database alone opens nothing. `email` is emptied some time after.
    """

    __tablename__ = "signoff_links"

    id: Mapped[intpk]
    signoff_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("signoffs.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    name: Mapped[str]
    email: Mapped[str]
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    signed_name: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    signoff: Mapped[Signoff] = relationship()

    @property
    def is_answered(self) -> bool:
        return self.approved_at is not None or self.declined_at is not None

    @property
    def is_open(self) -> bool:
        ended = self.is_answered or self.withdrawn_at is not None
        return not ended and self.expires_at > now() and self.is_current

    @property
    def is_current(self) -> bool:
        """Tell whether the text is still the one this link was sent for."""
        return self.number == self.signoff.current

    @property
    def approves(self) -> bool:
        """Tell whether the text as it is now was approved."""
        return self.approved_at is not None and self.is_current

    @property
    def secret(self) -> str:
        return secret_of(self.nonce)

    def withdraw(self) -> None:
        self.withdrawn_at = now()

    def answer(self, name: str, remark: str, *, is_approved: bool) -> None:
        """Keep who said what of this version, and when."""
        self.signed_name, self.remark = name, remark
        if is_approved:
            self.approved_at = now()
        else:
            self.declined_at = now()


def secret_of(nonce: str) -> str:
    """Return the secret of a link; it opens this one page and nothing else."""
    key = f"signoff:{settings.secret_key}".encode()
    return hmac.new(key, nonce.encode(), hashlib.sha256).hexdigest()
