"""The file a person asked for."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.db import Base, bigint, created_now, intpk
from inforo.files import StoredFile

KEPT_FOR = timedelta(days=7)


class Takeout(Base):
    """One order. The worker makes the file; the sweep forgets both after a week."""

    __tablename__ = "takeouts"

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("files.id"))
    language: Mapped[str] = mapped_column(default="de")
    finished_at: Mapped[datetime | None]
    created_at: Mapped[created_now] = mapped_column(index=True)

    file: Mapped[StoredFile | None] = relationship()

    @property
    def expires_at(self) -> datetime:
        return self.created_at + KEPT_FOR
