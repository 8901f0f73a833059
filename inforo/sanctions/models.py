"""Notes on people. What holds now stands at the account, what happened in the log."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.db import Base, bigint, created_now, intpk


class PersonNote(Base):
    """A fact an office writes down about somebody, who may read it."""

    __tablename__ = "person_notes"

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    text: Mapped[str]
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    author: Mapped[Account | None] = relationship(foreign_keys=[author_id])
