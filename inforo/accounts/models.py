"""People and the organisations they work for.

An account is an *applicant* until `approved_at`, then a *member*; suspended and closed
accounts may do what guests may. Name and municipality of a closed account stay as long as
its posts need them.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_login import UserMixin
from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from inforo.authz import Scope
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.municipalities.models import Municipality, State
from inforo.municipalities.names import fold
from inforo.vocabularies.models import Term


class OrganisationKind(StrEnum):
    ASSOCIATION = "verband"
    PROVIDER = "traeger"
    INSURANCE = "krankenkasse"
    UNIVERSITY = "hochschule"
    STATE_ASSOCIATION = "landesvereinigung"
    AGENCY = "behoerde"


class Audience(StrEnum):
    """Who may see one field of a person page."""

    MEMBERS = "members"
    COLLEAGUES = "colleagues"
    NOBODY = "nobody"

    @property
    def label(self) -> Any:
        return AUDIENCE_LABELS[self]


AUDIENCE_LABELS = {
    Audience.MEMBERS: _l("alle Mitglieder"),
    Audience.COLLEAGUES: _l("Mitglieder meiner Gruppen"),
    Audience.NOBODY: _l("niemand"),
}


def search_key(words: str) -> str:
    """Return words as people search them: "Jörg Müller" is found by "joerg mueller"."""
    return fold(words)


def search_key_of(column: str) -> Callable[[Any], str]:
    """Return a default that derives a search column from the column people write."""
    return lambda row: search_key(row.get_current_parameters().get(column) or "")


SEARCH_KEYS = {"name": "name_key", "helps_with": "helps_key"}


class Organisation(Base):
    """An association, agency, Träger, health insurance … that is not a municipality."""

    __tablename__ = "organisations"

    id: Mapped[intpk]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind]
    state_code: Mapped[str | None] = mapped_column(ForeignKey("states.code"))
    created_at: Mapped[created_now]


class Account(UserMixin, Versioned, Base):  # type: ignore[misc]
    """A person who can sign in. `email_key` is the address folded, for uniqueness.

    `may_be_asked_at`: since when they agree to be asked about what they can help with.
    """

    __tablename__ = "accounts"

    id: Mapped[intpk]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(default=search_key_of("name"), index=True)
    password_hash: Mapped[str] = mapped_column(default="")
    password_changed_at: Mapped[datetime | None]
    totp_secret: Mapped[str] = mapped_column(default="")
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)
    recovery_codes: Mapped[list[Any]] = mapped_column(JSON, default=list)

    municipality_ags: Mapped[str | None] = mapped_column(
        ForeignKey("municipalities.ags"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    function: Mapped[str] = mapped_column(default="")
    department_key: Mapped[str] = mapped_column(default="", info={"vocabulary": "department"})
    phone: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    helps_with: Mapped[str] = mapped_column(default="")
    helps_key: Mapped[str] = mapped_column(default=search_key_of("helps_with"))
    looks_for: Mapped[str] = mapped_column(default="")
    may_be_asked_at: Mapped[datetime | None]
    visibility: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    language: Mapped[str] = mapped_column(String(2), default="de")

    terms_version: Mapped[str] = mapped_column(default="")
    terms_accepted_at: Mapped[datetime | None]
    email_confirmed_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None] = mapped_column(index=True)
    suspended_at: Mapped[datetime | None]
    suspension_reason: Mapped[str] = mapped_column(default="")
    suspended_until: Mapped[datetime | None]
    silenced_until: Mapped[datetime | None]
    silence_reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    created_at: Mapped[created_now]
    seen_at: Mapped[datetime | None]

    municipality: Mapped[Municipality | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    state: Mapped[State | None] = relationship()

    @validates("name", "helps_with")
    def keep_search_key(self, column: str, value: str) -> str:
        setattr(self, SEARCH_KEYS[column], search_key(value or ""))
        return value

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code)

    @property
    def is_active(self) -> bool:
        return self.closed_at is None

    @property
    def is_approved(self) -> bool:
        return bool(self.approved_at) and not self.suspended_at and not self.closed_at

    @property
    def has_second_factor(self) -> bool:
        return self.totp_confirmed_at is not None

    @property
    def place(self) -> str:
        """Return the municipality or organisation the person works for."""
        if self.municipality is not None:
            return self.municipality.display_name
        return self.organisation.name if self.organisation is not None else ""


class AccountTerm(Base):
    """A topic somebody works on."""

    __tablename__ = "account_terms"
    __table_args__ = (UniqueConstraint("account_id", "term_id"),)

    id: Mapped[intpk]
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    term_id: Mapped[int] = mapped_column(bigint, ForeignKey("terms.id"), index=True)

    term: Mapped[Term] = relationship()


class Purpose(StrEnum):
    """What a secret is good for; it opens nothing else."""

    CONFIRM = "confirm"
    RESET = "reset"
    EMAIL = "email"
    SECOND_FACTOR = "second-factor"
    INVITATION = "invitation"


class Token(Base):
    """A secret sent by mail: random, stored as SHA-256, for one purpose, used once."""

    __tablename__ = "tokens"

    id: Mapped[intpk]
    purpose: Mapped[Purpose] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    created_at: Mapped[created_now]

    account: Mapped[Account | None] = relationship()


class Attempt(Base):
    """One try of something that must not be repeated at will (sign-in, code, mail).

    `key` is a keyed hash of the address or account it is about, never the address itself.
    """

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_window", "kind", "key", "created_at"),)

    id: Mapped[intpk]
    kind: Mapped[str]
    key: Mapped[str]
    created_at: Mapped[created_now] = mapped_column(index=True)
