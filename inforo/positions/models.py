"""How far somebody has read. Threads lie in a slice above: only their table is named here."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now


class Position(Base):
    """The highest number of a post somebody has read in a thread; no row: never opened."""

    __tablename__ = "positions"

    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int]
    read_at: Mapped[created_now]
