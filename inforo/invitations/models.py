"""Invitations by mail, perhaps into a role."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account, Token
from inforo.authz import Role
from inforo.db import Base, bigint, created_now, intpk
from inforo.municipalities.models import Municipality


class Invitation(Base):
    """Somebody is invited by mail, perhaps into a role; the secret is a Token."""

    __tablename__ = "invitations"

    id: Mapped[intpk]
    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    invited_by_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role | None]
    municipality_ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"))
    token_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("tokens.id", ondelete="SET NULL")
    )
    accepted_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    invited_by: Mapped[Account] = relationship(foreign_keys=[invited_by_id])
    municipality: Mapped[Municipality] = relationship()
    token: Mapped[Token | None] = relationship()
