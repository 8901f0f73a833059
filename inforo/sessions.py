"""Sessions live on the server: the cookie holds a random id, the row everything else.

Guests have no row. A guest who opens a form gets a signed cookie with the CSRF secret, and
with what the guest marks; signing in replaces it by a row. Ending a row ends the session at
once, on every device.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, g
from flask.sessions import (
    SecureCookieSession,
    SecureCookieSessionInterface,
    SessionInterface,
    SessionMixin,
)
from flask.wrappers import Request as FlaskRequest
from sqlalchemy import JSON, ForeignKey, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from inforo import clock
from inforo.config import settings
from inforo.db import Base, created_now, session

SEEN_EVERY = timedelta(minutes=5)
# Asked by open windows, not by people: no sign of life.
UNATTENDED = re.compile(r"(/nachrichten/\d+)?/neues", re.ASCII)
SIGNED_IN = ("_user_id", "_fresh", "_id")  # what Flask-Login notes in a session
Takeover = Callable[[], dict[str, Any]]  # returns what stays in the new session
TAKEN_OVER: list[Takeover] = []


class LoginSession(Base):
    """One signed-in browser. `id_hash` is the SHA-256 of the id in the cookie."""

    __tablename__ = "login_sessions"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    methods: Mapped[str] = mapped_column(default="password")
    password_stamp: Mapped[str] = mapped_column(default="")
    ip_prefix: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")
    is_staff: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[created_now]
    seen_at: Mapped[created_now]
    authenticated_at: Mapped[created_now]

    def is_over(self, now: datetime) -> bool:
        """Tell whether the session was idle for too long, or is too old in any case."""
        idle = (
            settings.session_idle_minutes_staff
            if self.is_staff
            else settings.session_idle_minutes
        )
        return now - self.seen_at > timedelta(
            minutes=idle
        ) + SEEN_EVERY or now - self.created_at > timedelta(hours=settings.session_hours)


class ServerSession(dict[str, Any], SessionMixin):
    """The data of a row, as Flask's session. Notices when it is changed."""

    def __init__(self, row: LoginSession) -> None:
        super().__init__(row.data)
        self.row = row
        self.before = dict(row.data)

    @property
    def is_changed(self) -> bool:
        return dict(self) != self.before


ROW = select(LoginSession).where(LoginSession.id_hash == bindparam("id_hash"))


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_name(name: str) -> str:
    """Return the name of a cookie; on HTTPS browsers guard it by the prefix."""
    return f"__Host-{name}" if settings.is_https else name


class GuestSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, named and secured like the others."""

    def open_session(self, app: Flask, request: FlaskRequest) -> SecureCookieSession | None:
        """Read the cookie; it never says who somebody is, even if it was told so once."""
        opened = super().open_session(app, request)
        for name in SIGNED_IN:
            if opened is not None:
                opened.pop(name, None)
        return opened

    def get_cookie_name(self, app: Flask) -> str:
        return cookie_name("guest")

    def get_cookie_secure(self, app: Flask) -> bool:
        return settings.is_https

    def get_cookie_samesite(self, app: Flask) -> str:
        return "Lax"


class Sessions(SessionInterface):
    """Reads and writes the session of a request: a row, or a guest's signed cookie."""

    guests = GuestSessions()

    def open_session(self, app: Flask, request: FlaskRequest) -> SessionMixin | None:
        token = request.cookies.get(cookie_name("sid"), "")
        row = find_row(token, is_attended=not UNATTENDED.fullmatch(request.path))
        return ServerSession(row) if row else self.guests.open_session(app, request)

    def save_session(self, app: Flask, session_: Any, response: Response) -> None:
        fresh = g.pop("new_session_token", None)
        if fresh:
            set_cookie(response, fresh)
            response.delete_cookie(cookie_name("guest"), path="/", secure=settings.is_https)
        elif g.pop("session_ended", False):
            response.delete_cookie(cookie_name("sid"), path="/", secure=settings.is_https)
            response.delete_cookie(cookie_name("guest"), path="/", secure=settings.is_https)
        elif isinstance(session_, ServerSession):
            save_row(session_)
        elif isinstance(session_, SecureCookieSession):
            self.guests.save_session(app, session_, response)


def set_cookie(response: Response, token: str) -> None:
    response.set_cookie(
        cookie_name("sid"),
        token,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def find_row(token: str, *, is_attended: bool = True) -> LoginSession | None:
    """Return the living session behind a cookie, and note now and then that it lives."""
    if not token or len(token) > 100:
        return None
    id_hash, now = digest(token), clock.now()
    row = session.scalar(ROW, {"id_hash": id_hash})
    if row is None or row.is_over(now):
        return None
    if is_attended and now - row.seen_at > SEEN_EVERY:
        session.rollback()  # SQLite refuses to write after what it read has changed
        session.execute(
            update(LoginSession).where(LoginSession.id_hash == id_hash).values(seen_at=now)
        )
        session.commit()
    return row


def save_row(changed: ServerSession) -> None:
    """Keep what the request changed in its session, apart from the view's own transaction."""
    if not changed.is_changed:
        return
    id_hash = changed.row.id_hash
    session.rollback()
    session.execute(
        update(LoginSession).where(LoginSession.id_hash == id_hash).values(data=dict(changed))
    )
    session.commit()


def taken_over(take: Takeover) -> Takeover:
    """Let a function bring to an account what its owner had as a guest, in one transaction."""
    TAKEN_OVER.append(take)
    return take


def begin(
    account_id: int,
    request: FlaskRequest,
    *,
    is_staff: bool,
    methods: str,
    password_stamp: str = "",
) -> LoginSession:
    """Start a session with a new id; the caller commits. The cookie follows the answer."""
    token = secrets.token_urlsafe(32)
    end_oldest(account_id)
    kept = {name: value for keep in TAKEN_OVER for name, value in keep().items()}
    row = LoginSession(
        id_hash=digest(token),
        account_id=account_id,
        data=kept | {"_user_id": str(account_id), "_fresh": True},
        methods=methods,
        password_stamp=password_stamp,
        ip_prefix=shortened(request.remote_addr or ""),
        browser=coarse_browser(request.user_agent.string),
        is_staff=is_staff,
    )
    session.add(row)
    g.new_session_token, g.new_session_row = token, row
    return row


def end(row: LoginSession) -> None:
    """End the session of this request; the caller commits."""
    session.execute(delete(LoginSession).where(LoginSession.id_hash == row.id_hash))
    g.session_ended = True


def end_all(account_id: int, *, keep: str = "") -> None:
    """End all sessions of a person, except one; the caller commits."""
    session.execute(
        delete(LoginSession).where(
            LoginSession.account_id == account_id, LoginSession.id_hash != keep
        )
    )


def end_oldest(account_id: int) -> None:
    """Make room for a new session among the allowed number."""
    newest = (
        select(LoginSession.id_hash)
        .where(LoginSession.account_id == account_id)
        .order_by(LoginSession.seen_at.desc())
        .limit(settings.sessions_per_account - 1)
    )
    kept = list(session.scalars(newest))
    session.execute(
        delete(LoginSession).where(
            LoginSession.account_id == account_id, LoginSession.id_hash.not_in(kept)
        )
    )


def shortened(address: str) -> str:
    """Return an internet address without its last part."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + "::"
    return ".".join(address.split(".")[:3]) + ".0" if address.count(".") == 3 else ""


def coarse_browser(user_agent: str) -> str:
    """Return browser and system in two words, no more than a person needs to recognise."""
    browsers = {"Edg": "Edge", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows"}
    systems |= {"Mac OS": "macOS", "Linux": "Linux"}
    browser = next((name for sign, name in browsers.items() if sign in user_agent), "Browser")
    system = next((name for sign, name in systems.items() if sign in user_agent), "")
    return f"{browser}, {system}".strip(", ")
