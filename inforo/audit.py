"""The log of decisions: who did what to which content, and why. Entries never change.

The database refuses it, too: see audit_guard.
"""

from datetime import timedelta
from typing import Any

from flask import g, has_request_context
from huey import crontab
from sqlalchemy import DDL, ForeignKey, delete, event
from sqlalchemy.orm import Mapped, mapped_column

from inforo import audit_guard, clock
from inforo.authz import Actor, Scope
from inforo.config import settings
from inforo.db import Base, created_now, intpk, session
from inforo.jobs import sweep


class LogEntry(Base):
    """One decision. `subject` is "table:id", `state_code` and `programme_key` its scope."""

    __tablename__ = "log_entries"

    id: Mapped[intpk]
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(default="")
    state_code: Mapped[str | None] = mapped_column(index=True)
    programme_key: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now] = mapped_column(index=True)


for dialect, statements in audit_guard.CREATE.items():
    for statement in statements:
        made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(LogEntry.__table__, "after_create", made)


def subject_of(content: Any) -> str:
    """Return the name under which an object is known in logs, histories and baskets."""
    key = getattr(content, "id", None) or getattr(content, "ags", "")
    return f"{content.__tablename__}:{key}"


def record(
    actor: Actor, action: str, content: Any, reason: str = "", *, title: str = ""
) -> None:
    """Log `action` on `content`, in the transaction that carries it out."""
    scope = getattr(content, "scope", Scope())
    session.add(
        LogEntry(
            actor_id=actor.account_id,
            action=action,
            subject=subject_of(content),
            title=title,
            state_code=scope.state_code,
            programme_key=scope.programme_key,
            reason=reason,
            request_id=g.get("request_id", "") if has_request_context() else "",
        )
    )


@sweep(crontab(minute="43", hour="2"))
def forget_log_entries() -> None:
    """Delete what is too old; the database refuses to let go of anything younger."""
    kept = max(settings.keep_log_days, audit_guard.KEPT_DAYS)
    session.execute(
        delete(LogEntry).where(LogEntry.created_at < clock.now() - timedelta(days=kept))
    )
    session.commit()
