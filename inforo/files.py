"""Files people upload: checked, stored under a random key, delivered after a permission check.

Storage is one interface (obstore): the folder `instance/files/` or an object store. Rows
know name, type, size and hash; what a file belongs to decides who may read it.
"""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inforo.db import Base, bigint, created_now, intpk


class StoredFile(Base):
    """One uploaded file. `key` is its random storage name, `size` in bytes."""

    __tablename__ = "files"

    id: Mapped[intpk]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(bigint)
    sha256: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[created_now]
