"""Templates for reasons. Those of no office are for everybody who moderates."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.offices.models import CoordinationOffice


class ReasonTemplate(Versioned, Base):
    __tablename__ = "reason_templates"

    id: Mapped[intpk]
    office_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("coordination_offices.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    text: Mapped[str]
    created_at: Mapped[created_now]

    office: Mapped[CoordinationOffice | None] = relationship()
