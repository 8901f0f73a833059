"""Groups and who belongs to them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.i18n import _l
from inforo.municipalities.models import State
from inforo.vocabularies.models import Programme


class GroupAudience(StrEnum):
    """Who reads what is written in a group."""

    PUBLIC = "public"
    MEMBERS = "members"
    CLOSED = "closed"
    HIDDEN = "hidden"

    @property
    def label(self) -> Any:
        return AUDIENCE_LABELS[self]


class Admission(StrEnum):
    """How people get in."""

    OPEN = "open"
    REQUEST = "request"
    INVITE = "invite"

    @property
    def label(self) -> Any:
        return ADMISSION_LABELS[self]


class GroupKind(StrEnum):
    """What people come together for."""

    EXCHANGE = "exchange"
    WORKING = "working"
    NETWORK = "network"
    PROJECT = "project"

    @property
    def label(self) -> Any:
        return KIND_LABELS[self]


AUDIENCE_LABELS = {
    GroupAudience.PUBLIC: _l("öffentlich: alle im Internet lesen mit"),
    GroupAudience.MEMBERS: _l("Plattform: alle angemeldeten Mitglieder lesen mit"),
    GroupAudience.CLOSED: _l("geschlossen: nur die Gruppe liest mit"),
    GroupAudience.HIDDEN: _l("verborgen: nur die Gruppe weiß, dass es sie gibt"),
}
ADMISSION_LABELS = {
    Admission.OPEN: _l("offen: Beitreten mit einem Klick"),
    Admission.REQUEST: _l("auf Anfrage: die Gruppenleitung entscheidet"),
    Admission.INVITE: _l("auf Einladung"),
}


KIND_LABELS = {
    GroupKind.EXCHANGE: _l("Fachaustausch"),
    GroupKind.WORKING: _l("Arbeitsgruppe"),
    GroupKind.NETWORK: _l("Netzwerk vor Ort"),
    GroupKind.PROJECT: _l("Projekt"),
}


class Group(Versioned, Base):
    """A place of threads. Belongs to a Land or is nationwide, may belong to a programme.

    A part of another group (`parent_id`) shares its Land and programme. If only members read
    the parent, they alone may know of the part and enter it: `sheltered_by_id` is the parent
    then, kept by `actions.shelter`.
    """

    __tablename__ = "groups"

    id: Mapped[intpk]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    purpose: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    description_html: Mapped[str] = mapped_column(default="")
    rules: Mapped[str] = mapped_column(default="", server_default="")
    rules_html: Mapped[str] = mapped_column(default="", server_default="")
    welcome: Mapped[str] = mapped_column(default="")
    admission_question: Mapped[str] = mapped_column(default="", server_default="")
    question_template: Mapped[str] = mapped_column(default="")
    audience: Mapped[GroupAudience] = mapped_column(index=True)
    admission: Mapped[Admission]
    kind: Mapped[GroupKind] = mapped_column(
        default=GroupKind.EXCHANGE, server_default=GroupKind.EXCHANGE.value, index=True
    )
    parent_id: Mapped[int | None] = mapped_column(bigint, ForeignKey("groups.id"), index=True)
    sheltered_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("groups.id"), index=True
    )
    state_code: Mapped[str | None] = mapped_column(
        String(2), ForeignKey("states.code"), index=True
    )
    programme_key: Mapped[str | None] = mapped_column(ForeignKey("programmes.key"))
    holds_first_posts: Mapped[bool] = mapped_column(default=True)
    archived_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    state: Mapped[State | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    parent: Mapped["Group | None"] = relationship(
        foreign_keys=[parent_id], remote_side="Group.id"
    )

    @property
    def scope(self) -> Scope:
        return Scope(self.state_code, self.programme_key)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_protected(self) -> bool:
        """Tell whether only its members read it."""
        return self.audience in (GroupAudience.CLOSED, GroupAudience.HIDDEN)


class GroupRole(StrEnum):
    MEMBER = "member"
    MANAGER = "manager"


class Membership(Base):
    """Somebody belongs to a group; how much they hear of it is a wish in `watching`."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("group_id", "account_id"),
        Index("ix_memberships_group_role", "group_id", "role"),
    )

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[GroupRole] = mapped_column(default=GroupRole.MEMBER)
    joined_at: Mapped[created_now]

    group: Mapped[Group] = relationship()
    account: Mapped[Account] = relationship()


class JoinRequest(Base):
    """Somebody asks to be let in, or was invited (`invited_by_id`); open until decided."""

    __tablename__ = "join_requests"
    __table_args__ = (UniqueConstraint("group_id", "account_id"),)

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    message: Mapped[str] = mapped_column(default="")
    invited_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL")
    )
    created_at: Mapped[created_now]

    group: Mapped[Group] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
