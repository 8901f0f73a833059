"""Pages of groups, the titles they had before, and what a group decided about them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from inforo.accounts.models import Account
from inforo.authz import Scope
from inforo.db import Base, Versioned, bigint, created_now, intpk
from inforo.groups.models import Group, GroupAudience
from inforo.text import RENDERER, slug


def page_path(group_slug: str, page_id: int, title: str) -> str:
    """Return the address of a page; the title in it is for people."""
    return f"/gruppen/{group_slug}/seiten/{page_id}-{slug(title) or 'seite'}"


def opened_path(page_id: int, title: str) -> str:
    """Return the address of a page that is open beyond its group, without the group's name."""
    return f"/veroeffentlicht/seiten/{page_id}-{slug(title) or 'seite'}"


class WikiPage(Versioned, Base):
    """One page, in Markdown with its rendered HTML beside it.

    `title_key` is the folded title, unique in the group; a deleted page has none, so that its
    title is free. `opened_to` is who may read it beyond the group; `openings` keeps it.
    """

    __tablename__ = "wiki_pages"
    __table_args__ = (
        UniqueConstraint("group_id", "title_key"),
        Index("ix_wiki_pages_group_edited", "group_id", "edited_at"),
    )

    id: Mapped[intpk]
    group_id: Mapped[int] = mapped_column(bigint, ForeignKey("groups.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("wiki_pages.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str]
    title_key: Mapped[str | None]
    body: Mapped[str]
    body_html: Mapped[str]
    renderer: Mapped[int] = mapped_column(default=RENDERER)
    opened_to: Mapped[GroupAudience | None]
    protected_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None] = mapped_column(index=True)
    deleted_reason: Mapped[str] = mapped_column(default="")
    created_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    edited_by_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[created_now]
    edited_at: Mapped[created_now]

    group: Mapped[Group] = relationship()
    edited_by: Mapped[Account | None] = relationship(foreign_keys=[edited_by_id])
    rules: Mapped["WikiRules | None"] = relationship(
        primaryjoin=lambda: foreign(WikiPage.group_id) == WikiRules.group_id, viewonly=True
    )

    @property
    def only_managers(self) -> bool:
        """Tell whether the group leaves all pages to its managers."""
        return self.rules is not None and self.rules.only_managers

    @property
    def scope(self) -> Scope:
        return self.group.scope

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_protected(self) -> bool:
        """Tell whether only managers change it."""
        return self.protected_at is not None

    @property
    def path(self) -> str:
        return page_path(self.group.slug, self.id, self.title)


class FormerTitle(Base):
    """A title a page had before: links that name it still lead there."""

    __tablename__ = "wiki_former_titles"

    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    title_key: Mapped[str] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("wiki_pages.id", ondelete="CASCADE"), index=True
    )


class WikiLink(Base):
    """A folded title that the text of a page links to, whether or not it is there."""

    __tablename__ = "wiki_links"

    page_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("wiki_pages.id", ondelete="CASCADE"), primary_key=True
    )
    title_key: Mapped[str] = mapped_column(primary_key=True, index=True)


class WikiRules(Base):
    """What a group decided; without a row members write, and no page comes first."""

    __tablename__ = "wiki_rules"

    group_id: Mapped[int] = mapped_column(
        bigint, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    only_managers: Mapped[bool] = mapped_column(default=False)
    start_page_id: Mapped[int | None] = mapped_column(
        bigint, ForeignKey("wiki_pages.id", ondelete="SET NULL"), index=True
    )

    group: Mapped[Group] = relationship()
