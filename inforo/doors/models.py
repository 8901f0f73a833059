"""Links into groups, and who came through them."""

import base64
import hashlib
import hmac
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo import clock, sessions
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.db import Base, bigint, created_now, intpk
from inforo.groups.models import Group
from inforo.i18n import _l


class DoorRule(StrEnum):
    """Whom a link lets in: nobody comes in on the link alone."""

    APPROVAL = "approval"
    DOMAINS = "domains"
    PERSON = "person"

    @property
    def label(self) -> Any:
        return RULE_LABELS[self]


RULE_LABELS = {
    DoorRule.APPROVAL: _l("jede Person, die Gruppenleitung gibt sie frei"),
    DoorRule.DOMAINS: _l("sofort, wer eine passende E-Mail-Adresse hat"),
    DoorRule.PERSON: _l("nur diese eine E-Mail-Adresse"),
}


class Door(Base):
    """A link into a group, for membership and nothing more.

    Only its hash is stored. Who manages the group sees the link again because it is made of
    `salt` and the secret key of the installation; the database alone does not hold it.
    """

    __tablename__ = "group_doors"
    __table_args__ = (CheckConstraint("max_uses >= 1", name="max_uses"),)

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    salt: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    rule: Mapped[DoorRule]
    email_key: Mapped[str] = mapped_column(default="")
    domains: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    max_uses: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]
    created_by_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[created_now]

    group: Mapped[Group] = relationship()
    created_by: Mapped[Account] = relationship()

    @property
    def secret(self) -> str:
        return secret_of(self.salt)

    @property
    def is_showable(self) -> bool:
        """Tell whether the link can still be made: not after the secret key changed."""
        return sessions.digest(self.secret) == self.token_hash

    @property
    def domain_list(self) -> list[str]:
        return self.domains.split()

    @property
    def is_over(self) -> bool:
        return self.expires_at <= clock.now()


def secret_of(salt: str) -> str:
    key = f"group-door:{settings.secret_key}".encode()
    digest = hmac.new(key, salt.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class DoorUse(Base):
    """Somebody came through a link, or waits for the own account (`settled_at` is None)."""

    __tablename__ = "group_door_uses"
    __table_args__ = (UniqueConstraint("door_id", "account_id"),)

    id: Mapped[intpk]
    door_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("group_doors.id", ondelete="CASCADE")
    )
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    message: Mapped[str] = mapped_column(default="")
    used_at: Mapped[created_now]
    settled_at: Mapped[datetime | None]

    door: Mapped[Door] = relationship()
