"""Every change of the circle of authors; each is told to whom it concerns."""

from typing import Any

from flask import url_for

from inforo import audit
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.contributions.actions import add_step
from inforo.db import session
from inforo.errors import DomainError
from inforo.i18n import _, _l
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.toolbox.example_parts import ExampleAuthor, ExampleStep
from inforo.toolbox.models import Example

MOST_AUTHORS = 20


class LastAuthor(DomainError):
    """An example without an author would belong to nobody."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Sie sind die letzte Person, die an diesem Beispiel schreibt. Laden Sie erst "
                "jemanden ein, oder löschen Sie den Entwurf."
            )
        )


def is_writing(example: Example, account: Account) -> bool:
    others = {author.account_id for author in example.co_authors}
    return account.id == example.author_id or account.id in others


def invite(actor: Actor, example: Example, account: Account) -> None:
    """Let somebody write with the others; they need not accept, but are told."""
    if is_writing(example, account):
        raise DomainError(_("%(name)s schreibt schon mit.", name=account.name))
    if len(example.co_authors) >= MOST_AUTHORS:
        raise DomainError(_("Mehr als %(most)s Personen sind zu viele.", most=MOST_AUTHORS))
    example.co_authors.append(
        ExampleAuthor(account_id=account.id, invited_by_id=actor.account_id)
    )
    step = add_step(actor, example, "author_added", account.name)
    title = _l("Sie schreiben jetzt mit: %(title)s", title=example.title)
    text = _l(
        "%(name)s hat Sie eingeladen. Möchten Sie nicht, können Sie sich selbst austragen.",
        name=actor.name,
    )
    tell(actor, example, account, step, title, text)


def remove(actor: Actor, example: Example, author: ExampleAuthor) -> None:
    """Take somebody off the authors; what they wrote stays."""
    account = author.account
    drop(example, author)
    step = add_step(actor, example, "author_removed", account.name)
    audit.record(actor, "remove_author", example, account.name, title=example.title)
    title = _l("Sie schreiben nicht mehr mit: %(title)s", title=example.title)
    tell(actor, example, account, step, title, url=url_for("contributions.mine"))


def leave(actor: Actor, example: Example) -> None:
    """Stop writing; if the person who began it goes, the next in line answers for it."""
    if not example.co_authors or (example.author_id is None and len(example.co_authors) == 1):
        raise LastAuthor
    if actor.is_me(example.author_id):
        example.author = example.co_authors[0].account
        drop(example, example.co_authors[0])
    else:
        [own] = [one for one in example.co_authors if actor.is_me(one.account_id)]
        drop(example, own)
    add_step(actor, example, "author_left", actor.name)


def hand_over(actor: Actor, example: Example, author: ExampleAuthor) -> None:
    """Let another author answer for the example; who did so until now writes on with it."""
    account, former = author.account, example.author_id
    drop(example, author)
    example.author = account
    if former is not None:
        example.co_authors.append(
            ExampleAuthor(account_id=former, invited_by_id=actor.account_id)
        )
    step = add_step(actor, example, "author_changed", account.name)
    audit.record(actor, "hand_over_example", example, account.name, title=example.title)
    title = _l("Sie verantworten jetzt das Beispiel: %(title)s", title=example.title)
    tell(actor, example, account, step, title)


def drop(example: Example, author: ExampleAuthor) -> None:
    example.co_authors.remove(author)
    session.flush()


def tell(  # noqa: PLR0913 (who tells whom what about which step)
    actor: Actor,
    example: Example,
    account: Account,
    step: ExampleStep,
    title: Any,
    text: Any = "",
    url: str = "",
) -> None:
    notify(
        account,
        Event.DECISION,
        key=f"example:{example.id}:step:{step.id}",
        title=title,
        text=text,
        url=url or url_for("contributions.show", example_id=example.id),
        subject=f"examples:{example.id}",
        actor=actor,
    )
