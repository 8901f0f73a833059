"""Forgetting sessions, tokens and tries that are over."""

from datetime import timedelta

from huey import crontab
from sqlalchemy import delete, or_

from inforo.accounts.models import Attempt, Token
from inforo.clock import now
from inforo.config import settings
from inforo.db import session
from inforo.jobs import sweep
from inforo.sessions import LoginSession


@sweep(crontab(minute="29", hour="*"))
def forget_sessions_and_tokens() -> None:
    """Delete what ended a day ago, and tries after three months."""
    tried = now() - timedelta(days=settings.keep_attempts_days)
    until = now() - timedelta(hours=settings.keep_sessions_hours)
    started = until - timedelta(hours=settings.session_hours)
    idle = until - timedelta(minutes=settings.session_idle_minutes)
    over = or_(LoginSession.created_at < started, LoginSession.seen_at < idle)
    session.execute(delete(LoginSession).where(over))
    session.execute(delete(Token).where(or_(Token.expires_at < until, Token.used_at < until)))
    session.execute(delete(Attempt).where(Attempt.created_at < tried))
    session.commit()
