"""Every route, for every kind of person. A new route fails here until its slice lists it.

Each slice has `tests/<slice>/access.py` with ACCESS (method, endpoint) → statuses in the
order of PEOPLE, and ARGUMENTS endpoint → function(world) → values for the address.

There are thousands of rows, so what they begin with is made once: the world and everybody
signed in for the whole table, what an address is about for all people of a route. Each row
then acts in a savepoint of its own, which is rolled back.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from inforo import db
from inforo.glossary.linking import memory as words
from inforo.search.rings import memory as rings
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.browser import Browser

PEOPLE = ("guest", "applicant", "anna", "bernd", "clara", "doris", "emil", "frieda")
ACCESS_MODULES = [
    importlib.import_module(f"tests.{path.parent.name}.access")
    for path in sorted(Path(__file__).parent.glob("*/access.py"))
]
ACCESS = {route: row for module in ACCESS_MODULES for route, row in module.ACCESS.items()}
ARGUMENTS = {name: make for module in ACCESS_MODULES for name, make in module.ARGUMENTS.items()}


@dataclass
class World:
    """What the rows are about: things of Land A that belong to none of PEOPLE."""

    owner: Any
    open_group: Any
    closed_group: Any
    thread: Any
    closed_thread: Any
    example: Any
    draft: Any
    submitted: Any
    tool: Any


@dataclass
class Scene:
    """A world with everybody signed in, in the transaction of all rows of the table."""

    connection: Any
    keys: dict[str, tuple[type, int]]
    cookies: dict[str, str]

    def world(self) -> World:
        return World(**{name: db.session.get(*key) for name, key in self.keys.items()})


def make_world() -> World:
    owner = factories.make_account("Olga", municipality=factories.MANNHEIM)
    open_group = factories.make_group("Offene Gruppe", managers=(owner,))
    closed_group = factories.make_group(
        "Geschlossene Gruppe", audience="closed", admission="request", managers=(owner,)
    )
    return World(
        owner=owner,
        open_group=open_group,
        closed_group=closed_group,
        thread=factories.make_thread(group=open_group, author=owner),
        closed_thread=factories.make_thread(group=closed_group, author=owner),
        example=factories.make_example(author=owner, municipality=factories.MANNHEIM),
        draft=factories.make_example(author=owner, state=ExampleState.DRAFT),
        submitted=factories.make_example(author=owner, state=ExampleState.SUBMITTED),
        tool=factories.make_tool(author_id=owner.id),
    )


MAKE = {
    "applicant": factories.make_applicant,
    "anna": factories.make_anna,
    "bernd": factories.make_bernd,
    "clara": factories.make_clara,
    "doris": factories.make_doris,
    "emil": factories.make_emil,
    "frieda": factories.make_frieda,
}


def routes(app):
    return {
        (method, rule.endpoint): rule
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST"}
        if rule.endpoint != "static"
    }


def test_every_route_is_listed(app):
    assert set(routes(app)) == set(ACCESS)


@pytest.fixture(autouse=True)
def clean_slate() -> None:
    """Leave the undoing of single tests to `client`."""


@pytest.fixture(scope="module")
def scene(app) -> Iterator[Scene]:
    """Sign everybody in beside a world, once for all rows."""
    engine = app.extensions["engine"]
    with (
        app.app_context(),
        app.test_request_context(base_url="http://localhost"),
        engine.connect() as connection,
    ):
        transaction = connection.begin()
        db.session.remove()
        db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
        kept = keys(make_world())
        yield Scene(connection, kept, {person: sign_in(app, person) for person in PEOPLE})
        db.session.remove()
        transaction.rollback()
        db.session.configure(bind=engine, join_transaction_mode="conditional_savepoint")


def keys(world: World) -> dict[str, tuple[type, int]]:
    return {name: (type(row), row.id) for name, row in vars(world).items()}


def sign_in(app, person: str) -> str:
    """Return the session cookie of a person, nothing for a guest."""
    if person not in MAKE:
        return ""
    return Browser(app).sign_in(MAKE[person]()).client.get_cookie("sid").value


@contextmanager
def undone(scene: Scene) -> Iterator[None]:
    """Undo what is written meanwhile, and forget what was learnt of it."""
    db.session.remove()
    savepoint = scene.connection.begin_nested()
    yield
    db.session.remove()
    savepoint.rollback()
    words.forget()
    rings.forget()


@pytest.fixture(scope="module")
def rules(app) -> dict[tuple[str, str], Any]:
    return routes(app)


@pytest.fixture(scope="module")
def address(rules, scene, route) -> Iterator[str]:
    """Make what the address of a route is about, once for all people."""
    rule = rules[route]
    with undone(scene):
        make = ARGUMENTS.get(rule.endpoint)
        _, address = rule.build(make(scene.world()) if make else {})
        db.session.commit()
        yield address


@pytest.fixture
def client(app, scene, address, person) -> Iterator[FlaskClient]:
    """Give a row the browser of its person, and undo what the row does."""
    with undone(scene):
        client = app.test_client()
        if scene.cookies[person]:
            client.set_cookie("sid", scene.cookies[person])
        yield client


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("route", ACCESS, ids=" ".join, scope="module")
def test_access(app, client, address, route, person):
    app.config["WTF_CSRF_ENABLED"] = False
    response = client.open(address, method=route[0])
    app.config["WTF_CSRF_ENABLED"] = True

    assert response.status_code == ACCESS[route][PEOPLE.index(person)], response.location
