"""Whom to ask about an example: contact person, deputy, and all who wrote it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from inforo.accounts.models import Account
from inforo.confirmations.models import Respondent
from inforo.contributions.queries import authors_of
from inforo.db import folded
from inforo.toolbox.models import Example


@dataclass(frozen=True)
class Recipient:
    """Somebody to ask; `address` is empty if there is none that could work."""

    respondent: Respondent
    name: str
    address: str
    account: Account | None = None

    @property
    def digest(self) -> str:
        return hashlib.sha256(folded(self.address).encode()).hexdigest() if self.address else ""


def recipients(example: Example) -> list[Recipient]:
    """Return everybody once, even who is contact and author; the contact always."""
    found: dict[str, Recipient] = {}
    for someone in candidates(example):
        found.setdefault(folded(someone.address) or someone.respondent.value, someone)
    return list(found.values())


def candidates(example: Example) -> Iterator[Recipient]:
    contact, deputy = usable(example.contact_email), usable(example.deputy_email)
    yield Recipient(Respondent.CONTACT, example.contact_name, contact)
    if deputy or example.deputy_name:
        yield Recipient(Respondent.DEPUTY, example.deputy_name, deputy)
    for author in authors_of(example):
        if author.is_approved:
            yield Recipient(Respondent.AUTHOR, author.name, author.email, author)


def usable(address: str) -> str:
    """Return the address, or nothing if no mail could ever arrive there."""
    name, at, host = address.strip().partition("@")
    return address.strip() if name and at and "." in host else ""
