"""People of offices who are nobody's colleagues."""

from typing import Any

from inforo.db import session
from tests import factories


def make_clara() -> Any:
    """Make a coordinator of Land A who works in no municipality: she may decide."""
    clara = factories.make_clara()
    clara.municipality = None
    session.commit()
    return clara
