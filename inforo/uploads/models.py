"""A file that somebody added to a text: first to its draft, then to the post."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.db import Base, bigint, created_now, intpk
from inforo.files import StoredFile


class Attachment(Base):
    """One file of one text.

    Before the text is sent, `target` says which form it belongs to ("reply:12"), or which
    text that waits for approval ("held:3"); afterwards `post_id` decides who may read it.
    `description` says what a picture shows. What was removed stays for a while
    (`removed_at`), because moderators may have to take their decision back.
    """

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_pending", "account_id", "target"),)

    id: Mapped[intpk]
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    file_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("files.id", ondelete="CASCADE"), index=True
    )
    target: Mapped[str] = mapped_column(default="")
    post_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("posts.id", ondelete="CASCADE"), index=True
    )
    description: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]
    removed_at: Mapped[datetime | None]

    file: Mapped[StoredFile] = relationship()

    @property
    def path(self) -> str:
        return f"/anhaenge/{self.id}"

    @property
    def lacks_description(self) -> bool:
        """Tell whether people who cannot see the picture would miss what it shows."""
        return self.file.is_image and not self.description
