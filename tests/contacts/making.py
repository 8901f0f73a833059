"""Blocks and wishes for tests."""

from typing import Any

from inforo.contacts.models import Block, Circle, ContactWish
from tests.factories import save


def make_block(account: Any, blocked: Any) -> Any:
    return save(Block(account_id=account.id, blocked_id=blocked.id))


def make_wish(account: Any, circle: Circle) -> Any:
    return save(ContactWish(account_id=account.id, circle=circle))
