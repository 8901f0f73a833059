"""A crowd of people who act at the same moment, on a SQLite file and on PostgreSQL."""

import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from inforo import db, sessions
from inforo.app import create_app
from inforo.db import session
from inforo.sessions import LoginSession
from tests import factories, reference, services
from tests.conftest import DATABASE_URL, SETTINGS

MANY = 8


class Crowd:
    """People who are signed in to an application of their own, with a real database."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.people = [factories.make_account(f"Person {number}") for number in range(MANY)]
        self.ids = [account.id for account in self.people]
        self.tokens = [self.sign_in(account_id) for account_id in self.ids]

    def sign_in(self, account_id: int) -> str:
        token = secrets.token_urlsafe(32)
        row = LoginSession(id_hash=sessions.digest(token), account_id=account_id)
        row.data = {"_user_id": str(account_id), "_fresh": True}
        factories.save(row)
        return token

    def post(self, person: int, path: str, **data: Any) -> tuple[int, str]:
        """Send a form as one of the people; return status and where it leads."""
        client = self.app.test_client()
        client.set_cookie("sid", self.tokens[person])
        answer = client.post(path, data=data)
        return answer.status_code, answer.location or ""

    def at_once(self, send: Callable[[int], tuple[int, str]], count: int = MANY) -> list:
        """Call `send` with 0, 1, 2 … in as many threads, all starting together."""
        answers: list = [None] * count
        barrier = threading.Barrier(count)

        def run(number: int) -> None:
            barrier.wait()
            answers[number] = send(number)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        session.rollback()
        session.expire_all()
        return answers


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request, tmp_path_factory) -> Iterator[str]:
    if not DATABASE_URL.startswith("sqlite"):
        pytest.skip("runs once, in the SQLite suite")
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('races')}/inforo.db"
        return
    if not services.has_postgres() and not services.REQUIRED:
        pytest.skip("PostgreSQL is missing")
    place = services.beside(f"races_{services.unique()}")
    services.recreate(place)
    yield place
    services.drop(place)


@pytest.fixture(scope="module")
def other_app(url, tmp_path_factory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("races-instance")
    app = create_app(SETTINGS | {"database_url": url, "instance_path": str(folder)})
    app.config |= {"WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": False}
    engine = app.extensions["engine"]
    with engine.begin() as connection:
        db.Base.metadata.create_all(connection)
        reference.insert_rows(connection)
    yield app
    engine.dispose()


@pytest.fixture
def crowd(other_app) -> Iterator[Crowd]:
    session.remove()
    session.configure(bind=other_app.extensions["engine"])
    with other_app.app_context(), other_app.test_request_context(base_url="http://localhost"):
        yield Crowd(other_app)
        session.remove()
