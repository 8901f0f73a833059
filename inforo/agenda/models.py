"""Mentions somebody has settled without answering them."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now


class SettledMention(Base):
    """A notification of a mention that needs no answer any more."""

    __tablename__ = "settled_mentions"

    notification_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("notifications.id", ondelete="CASCADE"), primary_key=True
    )
    settled_at: Mapped[created_now]
