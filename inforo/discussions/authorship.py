"""Who wrote something, and from where, as columns beside it."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from inforo.accounts.models import Account, Organisation
from inforo.municipalities.models import Municipality
from inforo.offices.models import CoordinationOffice


def place() -> ColumnElement[Any]:
    """Return where an author works, as a column beside the joins of `with_author`."""
    return func.coalesce(Municipality.display_name, Organisation.name, "").label("place")


def relayed(office_id: Any) -> Any:
    """Return which office passes the words on, as a column; NULL if nobody does."""
    name = select(CoordinationOffice.name).where(CoordinationOffice.id == office_id)
    return name.scalar_subquery().label("relayed")


def with_author(statement: Any, author: Any) -> Any:
    return (
        statement.outerjoin(Account, Account.id == author)
        .outerjoin(Municipality, Municipality.ags == Account.municipality_ags)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
    )
