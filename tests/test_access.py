"""Every route, for every kind of person. A new route fails here until its slice lists it.

Each slice has `tests/<slice>/access.py` with ACCESS (method, endpoint) → statuses in the
order of PEOPLE, and ARGUMENTS endpoint → function(world) → values for the address.
"""

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inforo.toolbox.models import ExampleState
from tests import factories

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


@pytest.fixture
def world() -> World:
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


@pytest.mark.parametrize("route", ACCESS, ids=" ".join)
@pytest.mark.parametrize("person", PEOPLE)
def test_access(app, browser, world, person, route):
    if person in MAKE:
        browser.sign_in(MAKE[person]())
    rule = routes(app)[route]
    given = ARGUMENTS[rule.endpoint](world) if rule.endpoint in ARGUMENTS else {}
    _, address = rule.build(given)
    app.config["WTF_CSRF_ENABLED"] = False
    response = browser.client.open(address, method=route[0])
    app.config["WTF_CSRF_ENABLED"] = True

    assert response.status_code == ACCESS[route][PEOPLE.index(person)], response.location
