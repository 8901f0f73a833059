"""Applications for an account, or for another place of work."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account, Organisation, OrganisationKind
from inforo.authz import Scope
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.municipalities.models import Municipality, State


class ApplicationState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    OPEN = "open"
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Any:
        return STATE_LABELS[self]


STATE_LABELS = {
    ApplicationState.UNCONFIRMED: _l("E-Mail-Adresse noch nicht bestätigt"),
    ApplicationState.OPEN: _l("liegt bei der Koordinierungsstelle"),
    ApplicationState.ASKED: _l("Rückfrage an Sie"),
    ApplicationState.APPROVED: _l("freigegeben"),
    ApplicationState.DECLINED: _l("abgelehnt"),
    ApplicationState.WITHDRAWN: _l("zurückgezogen"),
}


OPEN_STATES = (ApplicationState.OPEN, ApplicationState.ASKED)


class Application(Versioned, Base):
    """A person asks to become a member, or works elsewhere now; the office decides.

    Place and Land are wishes here until the office agrees; then they go into the account.
    Which office is responsible stands in the work item.
    """

    __tablename__ = "applications"

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[ApplicationState] = mapped_column(index=True)
    reason: Mapped[str]
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    municipality_ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
    organisation_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("organisations.id"))
    organisation_name: Mapped[str] = mapped_column(default="")
    organisation_kind: Mapped[OrganisationKind | None]
    confirmed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    decision_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    municipality: Mapped[Municipality | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    state_of_place: Mapped[State | None] = relationship()

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_move(self) -> bool:
        """Tell whether a member asks to change the place, not somebody new to come in."""
        return self.account.approved_at is not None

    @property
    def place(self) -> str:
        if self.municipality is not None:
            return self.municipality.display_name
        known = self.organisation.name if self.organisation else self.organisation_name
        return known or self.account.place


class ApplicationMessage(Base):
    """A question of the office, or the applicant's answer; both stay with the application."""

    __tablename__ = "application_messages"

    id: Mapped[intpk]
    application_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("applications.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    text: Mapped[str]
    created_at: Mapped[created_now]

    author: Mapped[Account | None] = relationship()
