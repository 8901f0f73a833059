"""Numbers in addresses that no row has: nothing is there, on either database."""

import pytest
from werkzeug.routing import IntegerConverter

from inforo import db
from inforo.glossary.linking import memory as words
from inforo.search.rings import memory as rings
from tests import factories
from tests.test_access import ARGUMENTS, World, keys, make_world, routes

NUMBERS = (2**31, 2**63 - 1)  # more than a column for numbers holds, the most an id can be


def numbers_of(rule):
    """Return the names of what is counted in an address: versions, years, steps; no ids."""
    return [
        name
        for name, converter in rule._converters.items()
        if isinstance(converter, IntegerConverter) and not name.endswith("_id")
    ]


def addresses(rule, given):
    """Yield the address with one of its numbers replaced by one that nothing has."""
    for name in numbers_of(rule):
        for number in NUMBERS:
            yield rule.build(given | {name: number})[1]


def answers(app, client, world, method, rule):
    """Yield address and status of each; what the row made and did is undone."""
    db.session.remove()
    savepoint = db.session.get_bind().begin_nested()
    again = World(**{name: db.session.get(*key) for name, key in world.items()})
    given = ARGUMENTS[rule.endpoint](again) if rule.endpoint in ARGUMENTS else {}
    for address in addresses(rule, given):
        yield f"{method} {address}", client.open(address, method=method).status_code
    db.session.remove()
    savepoint.rollback()
    words.forget()
    rings.forget()


@pytest.mark.parametrize("who", ["owner", "admin"])
def test_numbers_nothing_has_break_no_page(app, browser, monkeypatch, who):
    world = make_world()
    browser.sign_in(world.owner if who == "owner" else factories.make_frieda())
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    found = {}

    counted = {route: rule for route, rule in routes(app).items() if numbers_of(rule)}
    for (method, _endpoint), rule in counted.items():
        for sent, status in answers(app, browser.client, keys(world), method, rule):
            if status >= 500:
                found[sent] = status

    assert counted
    assert not found


@pytest.mark.parametrize("number", NUMBERS)
def test_editions_nobody_published_cannot_be_cited(browser, number):
    example = factories.make_example()

    answer = browser.client.get(
        f"/werkzeugkiste/beispiele/{example.id}/zitat.bib?fassung={number}"
    )

    assert answer.status_code == 404
