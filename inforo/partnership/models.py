"""The profile (Visitenkarte) a municipality keeps, and its place in the Partnerprozess."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.municipalities.models import Municipality
from inforo.vocabularies.models import Term


class PartnershipStatus(StrEnum):
    INTERESTED = "interessiert"
    PRESENTING = "darstellung"
    PARTNER = "partner"
    RESTING = "ruhend"
    LEFT = "ausgetreten"

    @property
    def label(self) -> Any:
        return STATUSES[self]


class BlockStage(StrEnum):
    ABSENT = "nicht-vorhanden"
    PLANNED = "geplant"
    GROWING = "im-aufbau"
    BUILT = "aufgebaut"
    PERMANENT = "verstetigt"

    @property
    def label(self) -> Any:
        return BLOCK_STAGES[self]


class ConceptStage(StrEnum):
    MODULES = "module-entwickelt"
    GROWING = "im-aufbau"
    BUILT = "aufgebaut"

    @property
    def label(self) -> Any:
        return CONCEPT_STAGES[self]


class HurdleAudience(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"
    GROUP = "group"

    @property
    def label(self) -> Any:
        return AUDIENCES[self]


STATUSES: dict[PartnershipStatus, Any] = {
    PartnershipStatus.INTERESTED: _l("interessiert"),
    PartnershipStatus.PRESENTING: _l("Darstellung und Austausch"),
    PartnershipStatus.PARTNER: _l("Partner"),
    PartnershipStatus.RESTING: _l("ruhend"),
    PartnershipStatus.LEFT: _l("ausgetreten"),
}
BLOCK_STAGES: dict[BlockStage, Any] = {
    BlockStage.ABSENT: _l("nicht vorhanden"),
    BlockStage.PLANNED: _l("geplant"),
    BlockStage.GROWING: _l("im Aufbau"),
    BlockStage.BUILT: _l("aufgebaut"),
    BlockStage.PERMANENT: _l("verstetigt"),
}
CONCEPT_STAGES: dict[ConceptStage, Any] = {
    ConceptStage.MODULES: _l("Module entwickelt"),
    ConceptStage.GROWING: _l("im Aufbau"),
    ConceptStage.BUILT: _l("aufgebaut"),
}
AUDIENCES: dict[HurdleAudience, Any] = {
    HurdleAudience.PUBLIC: _l("öffentlich"),
    HurdleAudience.MEMBERS: _l("alle Mitglieder"),
    HurdleAudience.GROUP: _l("nur die eigene Kommune und ihre Koordinierungsstelle"),
}


class MunicipalityProfile(Versioned, Base):
    """What a municipality tells about itself. `status` mirrors the newest Partnership row."""

    __tablename__ = "municipality_profiles"

    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"), primary_key=True)
    motto: Mapped[str] = mapped_column(default="")
    portrait: Mapped[str] = mapped_column(default="")
    portrait_html: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    networks: Mapped[str] = mapped_column(default="")
    networks_html: Mapped[str] = mapped_column(default="")
    hurdles: Mapped[str] = mapped_column(default="")
    hurdles_html: Mapped[str] = mapped_column(default="")
    hurdles_audience: Mapped[HurdleAudience] = mapped_column(default=HurdleAudience.MEMBERS)
    concept_stage: Mapped[ConceptStage | None]
    status: Mapped[PartnershipStatus | None] = mapped_column(index=True)
    status_since: Mapped[date | None]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    municipality: Mapped[Municipality] = relationship()
    confirmed_by: Mapped[Account | None] = relationship()
    terms: Mapped[list[Term]] = relationship(
        secondary="profile_terms", order_by=(Term.vocabulary, Term.position)
    )
    contacts: Mapped[list["ProfileContact"]] = relationship(
        order_by="ProfileContact.id", cascade="all, delete-orphan"
    )
    blocks: Mapped[list["BuildingBlock"]] = relationship(
        order_by="BuildingBlock.position", cascade="all, delete-orphan"
    )

    @property
    def scope(self) -> Scope:
        return Scope(self.municipality.state_code)


class ProfileTerm(Base):
    """Focus topics (field_of_action) and covered age phases of a municipality."""

    __tablename__ = "profile_terms"

    ags: Mapped[str] = mapped_column(
        ForeignKey("municipality_profiles.ags", ondelete="CASCADE"), primary_key=True
    )
    term_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("terms.id"), primary_key=True, index=True
    )


class ProfileContact(Base):
    """A contact person with office data, never private ones."""

    __tablename__ = "profile_contacts"

    id: Mapped[intpk]
    ags: Mapped[str] = mapped_column(
        ForeignKey("municipality_profiles.ags", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    function: Mapped[str] = mapped_column(default="")
    office: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class BuildingBlock(Base):
    """One element of the municipal strategy (Strategiebaustein) and how far it is."""

    __tablename__ = "building_blocks"
    __table_args__ = (UniqueConstraint("ags", "block_key"),)

    id: Mapped[intpk]
    ags: Mapped[str] = mapped_column(
        ForeignKey("municipality_profiles.ags", ondelete="CASCADE"), index=True
    )
    block_key: Mapped[str] = mapped_column(info={"vocabulary": "building_block"})
    position: Mapped[int]
    stage: Mapped[BlockStage]
    year: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class Partnership(Base):
    """A status of a municipality in the Partnerprozess, since a day. Rows are the history."""

    __tablename__ = "partnerships"
    __table_args__ = (UniqueConstraint("ags", "since", "status"),)

    id: Mapped[intpk]
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"), index=True)
    status: Mapped[PartnershipStatus]
    since: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]
