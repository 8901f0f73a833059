"""Which group was pointed at when, so that nobody hears the same every day."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, intpk


class Need(StrEnum):
    SILENT = "silent"
    ALONE = "alone"


class GroupHint(Base):
    """The last time somebody was told that a group needs them."""

    __tablename__ = "group_hints"
    __table_args__ = (UniqueConstraint("group_id", "need"),)

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(bigint, ForeignKey("groups.id", ondelete="CASCADE"))
    need: Mapped[Need]
    hinted_at: Mapped[datetime]
