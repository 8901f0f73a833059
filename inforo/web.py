"""HTTP around the views: request id, transactions, forms sent twice, page numbers."""

import gzip
import logging
import secrets
import time
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    request,
)
from flask.typing import ResponseReturnValue
from huey import crontab
from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response as Answer

from inforo import authz, clock, continuing
from inforo.caching import finish
from inforo.config import settings
from inforo.db import Base, created_now, reading, session, writing
from inforo.errors import BadInput
from inforo.i18n import _
from inforo.jobs import sweep
from inforo.logs import path_of

log = logging.getLogger(__name__)
LARGEST_ID = 2**63 - 1
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
RETRIES = 5
# Conflict, deadlock, and somebody made the same thing at the same moment: asked again, the
# view finds it and says so.
RETRYABLE = {"40001", "40P01", "23505"}
REQUEST_ID_LENGTH = 64
COMPRESSED = frozenset({".css", ".js", ".svg", ".txt"})
YEAR = 365 * 24 * 3600


class IdempotencyKey(Base):
    """One create form that was carried out, and where it led. Sent again, it leads there."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE")
    )
    endpoint: Mapped[str]
    location: Mapped[str]
    created_at: Mapped[created_now] = mapped_column(index=True)


@lru_cache(maxsize=64)
def compressed(path: Path, _changed_at: int) -> bytes:
    """Return the content of a static file in a quarter of its size; done once per change."""
    return gzip.compress(path.read_bytes(), mtime=0)


class BigIdConverter(IntegerConverter):
    """Ids in addresses: what no database could hold is not there (404)."""

    def __init__(self, map: Any, **options: Any) -> None:  # noqa: A002 (werkzeug's name)
        super().__init__(map, max=LARGEST_ID, **options)


class Application(Flask):
    """Flask, with whole-unit retry for transactions the database asks to repeat."""

    def wsgi_app(self, environ: Any, start_response: Any) -> Any:
        """Let a request read without a write lock until `end_reading()`."""
        with reading():
            return continuing.answer(super().wsgi_app, environ, start_response)

    def url_for(self, endpoint: str, *, _external: bool | None = None, **values: Any) -> str:
        """Build addresses for mails from `base_url`, whatever host the request named."""
        path = super().url_for(endpoint, _external=False, **values)
        return urljoin(settings.base_url, path) if _external else path

    def send_static_file(self, filename: str) -> Response:
        """Send scripts and styles compressed to browsers that understand it."""
        response = super().send_static_file(filename)
        path = Path(self.static_folder or "") / filename
        is_wanted = path.suffix in COMPRESSED and request.accept_encodings["gzip"] > 0
        if not is_wanted or response.status_code != 200:
            return response
        response.close()
        response.direct_passthrough = False
        response.set_data(compressed(path, path.stat().st_mtime_ns))
        response.headers["Content-Encoding"] = "gzip"
        response.set_etag(response.get_etag()[0] or "", weak=True)
        return response

    def dispatch_request(self) -> Any:
        for attempt in range(RETRIES):
            try:
                return super().dispatch_request()
            except (OperationalError, IntegrityError) as error:
                state = getattr(error.orig, "sqlstate", None)
                is_overtaken = lost_its_snapshot(error)
                if not (is_overtaken or state in RETRYABLE):
                    raise
                if attempt == RETRIES - 1 or request.files:
                    raise
                session.rollback()
                writing.set(writing.get() or is_overtaken)
                time.sleep(0.02 * (attempt + 1) * (1 + secrets.randbelow(100) / 100))
        raise AssertionError("unreachable")


def lost_its_snapshot(error: DBAPIError) -> bool:
    """Tell whether a reader on SQLite wanted to write after somebody else had written."""
    return getattr(error.orig, "sqlite_errorname", "") == "SQLITE_BUSY" and not writing.get()


def begin_request() -> None:
    """Name the request, and let its transactions read until the views begin."""
    given = request.headers.get("X-Request-Id", "")
    usable = given.replace("-", "").isalnum() and len(given) <= REQUEST_ID_LENGTH
    g.request_id = given if usable and given.isascii() else secrets.token_hex(8)
    g.started = time.perf_counter()
    g.cacheable = request.method in SAFE_METHODS and not request.cookies
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):  # see files.takes_files
        request.max_content_length = settings.upload_request_max_bytes


def end_reading() -> None:
    """Close the transaction that found out who is asking; writers begin a locked one."""
    g.was_let_in = True  # past all doors: what follows is the view
    if request.method not in SAFE_METHODS:
        begin_writing()


def begin_writing() -> None:
    """Let the rest of the request write; for the rare page whose reading is noted down."""
    session.commit()
    writing.set(True)


def refuse_unstorable() -> None:
    """Refuse text no database of ours takes (NUL, lone surrogates) before it gets there."""
    values = [request.path, *texts_of(request.args)]
    if request.method not in SAFE_METHODS:
        values += texts_of(request.form)
    for value in values:
        if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise BadInput(_("Der Text enthält Zeichen, die sich nicht speichern lassen."))


def texts_of(fields: MultiDict[str, str]) -> list[str]:
    """Return the names and all values of fields, also of those given more than once."""
    return [text for field in fields.items(multi=True) for text in field]


def replay() -> Any:
    """Answer a create form that was carried out before with its first outcome."""
    key = request.form.get("idempotency_key", "") if request.method == "POST" else ""
    if not key:
        return None
    known = find_key(key)
    return redirect(known.location, 303) if known else None


def find_key(key: str) -> IdempotencyKey | None:
    return session.scalar(
        select(IdempotencyKey).where(
            IdempotencyKey.key == key[:64],
            IdempotencyKey.endpoint == (request.endpoint or ""),
            IdempotencyKey.account_id.is_not_distinct_from(authz.actor().account_id),
        )
    )


def created(location: str) -> ResponseReturnValue:
    """Commit what a create form made, remember its key, and lead to the result.

    If the same form was carried out at the same moment by a second click, this one is undone
    and leads to the result of the first.
    """
    key = request.form.get("idempotency_key", "")[:64]
    if key and not is_taken_elsewhere(key):
        session.add(
            IdempotencyKey(
                key=key,
                account_id=authz.actor().account_id,
                endpoint=request.endpoint or "",
                location=location,
            )
        )
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        known = find_key(key) if key else None
        if known is None:
            raise
        location = known.location
    return redirect(location, 303)


def ask_to_wait(seconds: int, page: ResponseReturnValue) -> Response:
    """Answer 429 with the same page: nothing typed is lost."""
    answer = make_response(page)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def is_taken_elsewhere(key: str) -> bool:
    """Tell whether the key stands for another form, or for one of somebody else."""
    with session.no_autoflush:
        known = session.execute(
            select(IdempotencyKey.account_id, IdempotencyKey.endpoint).where(
                IdempotencyKey.key == key
            )
        ).first()
    mine = (authz.actor().account_id, request.endpoint)
    return known is not None and tuple(known) != mine


@sweep(crontab(minute="41"))
def forget_idempotency_keys() -> None:
    until = clock.now() - timedelta(hours=settings.idempotency_hours)
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < until))
    session.commit()


def given_id(typed: str) -> int | None:
    """Return the id a form field holds; None for what is no number any database holds."""
    is_number = typed.isascii() and typed.isdecimal() and len(typed) < 20
    return int(typed) if is_number and int(typed) <= LARGEST_ID else None


def page_number() -> int:
    """Return the number of the wanted list page, from `seite=`; 1 if it makes no sense."""
    given = request.args.get("seite", 1, type=int)
    return min(max(1, given), 100_000)


def log_request(response: Response) -> Response:
    person = g.get("actor", authz.GUEST)
    log.info(
        "%s %s %s %.0f ms",
        request.method,
        path_of(request),
        response.status_code,
        (time.perf_counter() - g.get("started", time.perf_counter())) * 1000,
        extra={"request_id": g.get("request_id"), "account_id": person.account_id},
    )
    return response


def keep_choice(answer: Answer, name: str, value: str) -> None:
    """Let the browser keep a choice of language or appearance for a year."""
    answer.set_cookie(
        name, value, max_age=YEAR, secure=settings.is_https, samesite="Lax", path="/"
    )


def init_app(app: Flask) -> None:
    """Wrap every request. `end_requests()` is called once all doors are hung."""
    app.url_map.converters["int"] = BigIdConverter
    app.before_request(begin_request)
    app.after_request(finish)
    app.after_request(log_request)


def open_transaction(app: Flask) -> None:
    """Register what happens after the doors were checked and before a view runs."""
    app.before_request(refuse_unstorable)
    app.before_request(end_reading)
    app.before_request(replay)
