"""A round of questions about one example, the mails of it, and what people answered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.clock import now
from inforo.db import Base, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.mail import Mail
from inforo.toolbox.models import Example


class Answer(StrEnum):
    CONFIRMED = "confirmed"
    CHANGE = "change"
    ENDED = "ended"

    @property
    def label(self) -> Any:
        return LABELS[self]


class Respondent(StrEnum):
    """In which capacity somebody is asked or answers."""

    CONTACT = "contact"
    DEPUTY = "deputy"
    AUTHOR = "author"
    OFFICE = "office"

    @property
    def label(self) -> Any:
        return LABELS[self]


class Unreachable(StrEnum):
    """Why nobody could be asked: such a question counts as a miss."""

    MISSING = "missing"
    REFUSED = "refused"

    @property
    def label(self) -> Any:
        return LABELS[self]


LABELS: dict[Any, Any] = {
    Answer.CONFIRMED: _l("stimmt noch"),
    Answer.CHANGE: _l("muss geändert werden"),
    Answer.ENDED: _l("gibt es nicht mehr"),
    Respondent.CONTACT: _l("Ansprechperson"),
    Respondent.DEPUTY: _l("Vertretung"),
    Respondent.AUTHOR: _l("Autorin oder Autor"),
    Respondent.OFFICE: _l("Koordinierungsstelle"),
    Unreachable.MISSING: _l("keine gültige Adresse"),
    Unreachable.REFUSED: _l("möchte nicht gefragt werden"),
}


class ConfirmationRound(Base):
    """One year's question. `asked` counts its mailings; `due_at` is when the next step is.

    It ends when somebody answers, when all mailings were in vain, or when it has become
    needless. Its links live until then or, if nobody answered, until the next round.
    """

    __tablename__ = "confirmation_rounds"
    __table_args__ = (
        UniqueConstraint("example_id", "number"),
        Index("ix_confirmation_rounds_open", "ended_at", "due_at"),
    )

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    asked: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[created_now]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    example: Mapped[Example] = relationship()
    mails: Mapped[list["ConfirmationMail"]] = relationship(
        order_by="ConfirmationMail.id", cascade="all, delete-orphan"
    )

    @property
    def scope(self) -> Scope:
        return self.example.scope

    def close(self) -> None:
        self.ended_at = self.ended_at or now()

    def settle(self) -> None:
        """Note that somebody answered; from now on no link of the round works."""
        self.answered_at = self.answered_at or now()
        self.close()


class ConfirmationMail(Base):
    """One question to one person, of whom several may be authors. Only a hash of the secret
    in its links is kept."""

    __tablename__ = "confirmation_mails"
    __table_args__ = (
        UniqueConstraint(
            "round_id",
            "mailing",
            "respondent",
            "address_digest",
            name="uq_confirmation_mails_person",
        ),
    )

    id: Mapped[intpk]
    round_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("confirmation_rounds.id", ondelete="CASCADE"), index=True
    )
    mailing: Mapped[int]
    respondent: Mapped[Respondent]
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    address_digest: Mapped[str] = mapped_column(default="")
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    unreachable: Mapped[Unreachable | None]
    mail_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("mails.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[created_now]

    mail: Mapped[Mail | None] = relationship()
    round: Mapped[ConfirmationRound] = relationship(viewonly=True)

    @property
    def has_failed(self) -> bool:
        """Tell whether this question reached nobody, as far as the platform knows."""
        bounced = self.mail is not None and self.mail.given_up_at is not None
        return self.unreachable is not None or bounced


class Confirmation(Base):
    """One answer in the history of an example; whoever gives it needs no account."""

    __tablename__ = "confirmations"

    id: Mapped[intpk]
    example_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("examples.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[Answer]
    respondent: Mapped[Respondent]
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    text: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]

    account: Mapped[Account | None] = relationship()


class ConfirmationRefusal(Base):
    """An address that wants no more of these questions, kept as a hash."""

    __tablename__ = "confirmation_refusals"

    address_digest: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[created_now]
