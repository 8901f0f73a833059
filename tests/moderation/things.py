"""Work items for tests of basket, log and hand-over."""

from itertools import count
from typing import Any

from inforo import clock
from inforo.authz import Role
from inforo.offices.models import OfficeKind, OfficeState, WorkItem, WorkKind
from tests.factories import grant, make_account, make_office, save

number = count(1_000)


def make_item(title: str = "", *, kind: str = "example", state: str = "BW", **values) -> Any:
    serial = next(number)
    defaults = {"url": "/hilfe", "subject": f"things:{serial}", "opened_at": clock.now()}
    return save(
        WorkItem(
            kind=WorkKind(kind),
            title=title or f"Vorgang {serial}",
            state_code=state,
            **(defaults | values),
        )
    )


def make_lks(state: str = "BW", programme: str = "fruehe-hilfen") -> Any:
    """Return an office that works for one programme of a Land."""
    return make_office(state, kind=OfficeKind.LKS, programme_key=programme)


def make_colleague(state: str = "BW", name: str = "Cora") -> Any:
    """Return a second coordinator of the same office."""
    account = make_account(name, state_code=state)
    grant(account, Role.COORDINATOR, office=make_office(state))
    return account


def add_state(office: Any, state: str) -> OfficeState:
    return save(OfficeState(office_id=office.id, state_code=state))
