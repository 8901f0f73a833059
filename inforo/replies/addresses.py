"""The address that takes one person's answers to one thread or conversation.

It holds person, object and day, and a signature bound to this purpose. Mail servers may change
upper to lower case, and allow 64 characters before the @. Whether the person may still write
is asked when a mail arrives.
"""

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from inforo import clock
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.mailings import replies

SIGNED = r"(m?)(\d{1,12})-(\d{1,12})-(\d{1,6})-([a-z2-7]{26})"
LETTERS = {"threads": "", "conversations": "m"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Ticket:
    """What a reply address stands for."""

    account_id: int
    table: str
    key: int
    day: int

    @property
    def subject(self) -> str:
        return f"{self.table}:{self.key}"

    @property
    def is_expired(self) -> bool:
        return not 0 <= today() - self.day <= settings.token_reply_days


def today() -> int:
    return (clock.now() - EPOCH).days


def token_of(ticket: Ticket) -> str:
    """Return what stands in the address before the signature."""
    return f"{LETTERS[ticket.table]}{ticket.account_id}-{ticket.key}-{ticket.day}"


def signature(ticket: Ticket) -> str:
    """Return 128 bits that only this installation can make for this purpose."""
    message = f"reply-by-mail:{token_of(ticket)}".encode()
    digest = hmac.new(settings.secret_key.encode(), message, hashlib.sha256).digest()
    return b32encode(digest[:16]).decode().rstrip("=").lower()


def address_for(person: Account, subject: str) -> str:
    """Return the Reply-To of a mail about such an object; empty if no mail can come in."""
    table, _, key = subject.partition(":")
    if "{token}" not in settings.reply_address or table not in LETTERS or not key.isdecimal():
        return ""
    ticket = Ticket(person.id, table, int(key), today())
    token = f"{token_of(ticket)}-{signature(ticket)}"
    return settings.reply_address.replace("{token}", token)


def without_addresses(text: str) -> str:
    """Take our addresses out of a text: a quote nobody recognised must not publish them."""
    before, _, after = settings.reply_address.partition("{token}")
    pattern = re.escape(before) + SIGNED + re.escape(after)
    return re.sub(pattern, "…", text, flags=re.IGNORECASE) if after else text


def find_ticket(recipients: Iterable[str]) -> Ticket | None:
    """Return what the first address of ours with a true signature stands for."""
    before, _, after = settings.reply_address.lower().partition("{token}")
    pattern = re.compile(re.escape(before) + SIGNED + re.escape(after))
    for address in recipients:
        found = pattern.fullmatch(address.lower()) if after else None
        if found is None:
            continue
        table = next(name for name, letter in LETTERS.items() if letter == found[1])
        ticket = Ticket(int(found[2]), table, int(found[3]), int(found[4]))
        if hmac.compare_digest(signature(ticket), found[5]):
            return ticket
    return None


replies.addresses.append(address_for)
