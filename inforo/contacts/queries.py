"""Every SELECT on blocks and wishes. Who asks comes first."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inforo.accounts.models import Account, search_key
from inforo.authz import Actor
from inforo.config import settings
from inforo.contacts import policy
from inforo.contacts.models import Block, Circle, ContactWish
from inforo.contacts.policy import Contact
from inforo.db import session
from inforo.errors import NotFound
from inforo.people import policy as people
from inforo.people.queries import has_word


def contacts(actor: Actor, ids: Iterable[int]) -> dict[int, Contact]:
    """Return those of the people whom the actor may see, by id: one statement."""
    chosen = select(ContactWish.circle).where(ContactWish.account_id == Account.id)
    statement = (
        select(
            Account,
            chosen.correlate(Account).scalar_subquery(),
            people.colleague_of(actor),
            policy.is_coordinator(),
            policy.blocked_between(actor),
        )
        .where(Account.id.in_(set(ids)), people.visible_to(actor))
        .options(joinedload(Account.municipality), joinedload(Account.organisation))
    )
    return {
        account.id: Contact(
            account,
            Circle(circle) if circle else Circle.MEMBERS,
            bool(is_colleague),
            bool(is_coordinator),
            bool(is_blocked),
        )
        for account, circle, is_colleague, is_coordinator, is_blocked in session.execute(
            statement
        )
    }


def get_contact(actor: Actor, account_id: int) -> Contact:
    found = contacts(actor, [account_id])
    if account_id not in found:
        raise NotFound
    return found[account_id]


def find_people(actor: Actor, words: str, limit: int) -> Sequence[Account]:
    """Return people with such a name who take messages from the actor, by name."""
    statement = select(Account).where(policy.writable_by(actor))
    for word in search_key(words).split():
        statement = statement.where(has_word(Account.name_key, word))
    return session.scalars(
        statement.options(joinedload(Account.municipality), joinedload(Account.organisation))
        .order_by(Account.name_key, Account.id)
        .limit(limit)
    ).all()


def find_wish(account_id: int | None) -> ContactWish | None:
    return session.get(ContactWish, account_id)


def circle_of(actor: Actor) -> Circle:
    wish = find_wish(actor.account_id)
    return wish.circle if wish else Circle.MEMBERS


def find_block(actor: Actor, account_id: int) -> Block | None:
    return session.scalar(
        select(Block).where(
            Block.account_id == actor.account_id, Block.blocked_id == account_id
        )
    )


def get_block(actor: Actor, block_id: int) -> Block:
    block = session.get(Block, block_id)
    if block is None or not actor.is_me(block.account_id):
        raise NotFound
    return block


def blocked_by(actor: Actor) -> set[int]:
    """Return whom the actor has blocked."""
    statement = select(Block.blocked_id).where(Block.account_id == actor.account_id)
    return set(session.scalars(statement))


def list_blocks(actor: Actor, page: int) -> Sequence[Block]:
    statement = (
        select(Block)
        .where(Block.account_id == actor.account_id)
        .options(joinedload(Block.blocked))
        .order_by(Block.id.desc())
        .limit(settings.page_size)
        .offset((page - 1) * settings.page_size)
    )
    return session.scalars(statement).all()


def count_blocks(actor: Actor) -> int:
    statement = select(func.count(Block.id)).where(Block.account_id == actor.account_id)
    return session.scalar(statement) or 0


def who_blocked(account_id: int | None) -> set[int]:
    """Return who wants to hear nothing from somebody."""
    statement = select(Block.account_id).where(Block.blocked_id == account_id)
    return set(session.scalars(statement))
