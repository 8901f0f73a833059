"""The database: one engine, one session per request, one base class for all models.

SQLite and PostgreSQL behave alike here: foreign keys are enforced, times are UTC, enums are
stored by value, comparing and unique keys use text the application has folded.
"""

import enum
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Annotated, Any

from flask import Flask
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    declared_attr,
    mapped_column,
    scoped_session,
    sessionmaker,
)
from sqlalchemy.pool import StaticPool

from inforo import clock
from inforo.defaults import Settings

session = scoped_session(sessionmaker(expire_on_commit=False))
writing: ContextVar[bool] = ContextVar("writing", default=True)

bigint = BigInteger().with_variant(Integer(), "sqlite")
intpk = Annotated[int, mapped_column(bigint, primary_key=True)]
created_now = Annotated[datetime, mapped_column(default=clock.now)]

SAFE_SQLITE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


class UTCDateTime(TypeDecorator[datetime]):
    """A point in time. Refuses naive values, always returns UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime; use clock.now()")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is not None:
            return value.astimezone(UTC)
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all models share: constraint names, and how Python types are stored."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {
        str: Text,
        datetime: UTCDateTime,
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda cls: [member.value for member in cls],
        ),
    }


class Versioned:
    """Counts the saves of an object, so that a second saver is noticed."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (declarative directive)
        return {"version_id_col": cls.version}


def folded(text: str) -> str:
    """Return the text as it is compared and kept unique: NFKC, without case and margins."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def is_safe_sqlite(version: tuple[int, ...] = sqlite.sqlite_version_info) -> bool:
    """Tell whether this SQLite is free of the bug that loses committed WAL writes."""
    return version >= SAFE_SQLITE[0] or any(
        version[:2] == safe[:2] and version >= safe for safe in SAFE_SQLITE[1:]
    )


def dialect_insert(model: Any) -> Any:
    """Return the INSERT of the database in use, which can say what a conflict does."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite_dialect.insert(model) if is_sqlite else postgresql.insert(model)


@contextmanager
def reading() -> Iterator[None]:
    """Let transactions begun inside take no write lock (on SQLite)."""
    token = writing.set(False)
    try:
        yield
    finally:
        writing.reset(token)


def make_engine(settings: Settings) -> Engine:
    """Build the engine for the configured database."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return make_sqlite_engine(settings)
    options = {
        "statement_timeout": settings.postgres_statement_timeout_ms,
        "lock_timeout": settings.postgres_lock_timeout_ms,
        "idle_in_transaction_session_timeout": settings.postgres_idle_timeout_ms,
        "random_page_cost": settings.postgres_random_page_cost,
    }
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,  # errors are logged, what people wrote is not
        pool_pre_ping=True,
        pool_size=settings.postgres_pool_size,
        max_overflow=settings.postgres_pool_overflow,
        pool_timeout=5,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": 3,
            "tcp_user_timeout": 10_000,
            "target_session_attrs": "read-write",
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        },
    )


def make_sqlite_engine(settings: Settings) -> Engine:
    """Build an engine on the bundled SQLite, with durable settings on each connection."""
    in_memory = make_url(settings.database_url).database in (None, "", ":memory:")
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {"pool_size": 10}
    engine = create_engine(
        settings.database_url,
        module=sqlite,
        hide_parameters=True,  # errors are logged, what people wrote is not
        connect_args={"check_same_thread": False},
        **pool,
    )
    journal = "WAL" if is_safe_sqlite() else "DELETE"

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy, not the driver, begins transactions
        for pragma in (
            f"busy_timeout={settings.sqlite_busy_timeout_ms}",
            f"journal_mode={journal}",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "mmap_size=0",
            "journal_size_limit=67108864",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")

    return engine


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its engine, and every request a session that ends with it."""
    engine = make_engine(settings)
    session.remove()
    session.configure(bind=engine)
    app.extensions["engine"] = engine

    @app.teardown_appcontext
    def end_session(_error: BaseException | None) -> None:
        session.remove()
