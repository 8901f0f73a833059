"""Beginning an example from a discussion, asking for consent, and using what is agreed to."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from babel.dates import format_date
from flask import url_for

from inforo import audit, mail, text
from inforo.accounts.models import Account
from inforo.authz import GUEST, Actor
from inforo.clock import now
from inforo.config import settings
from inforo.contributions.actions import Note, NotReady, begin, save
from inforo.contributions.places import SUBMITTED
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.errors import DomainError
from inforo.harvesting import queries
from inforo.harvesting.models import Consent, Quote
from inforo.i18n import _, _l, written
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.offices.workdays import local_day
from inforo.people.queries import actor_of
from inforo.sessions import digest
from inforo.toolbox.models import Example

AGREED = _l(
    "Meine Worte dürfen so, mit meinem Namen, in diesem Praxisbeispiel stehen und mit ihm "
    "veröffentlicht werden."
)
TITLE, SUMMARY = 150, 280


class NothingChosen(DomainError):
    status = 422

    def __init__(self) -> None:
        super().__init__(_("Bitte wählen Sie mindestens eine Antwort aus."))


class NotSaidAnyMore(DomainError):
    """The post was deleted or hidden while its author was asked."""

    def __init__(self) -> None:
        super().__init__(
            _("Ihr Beitrag ist nicht mehr zu sehen. Er wird auch hier nicht verwendet.")
        )


def harvest(actor: Actor, thread: Thread, title: str, post_ids: Sequence[int]) -> Example:
    """Begin a draft and ask all whose words are to be used; one's own stand in it at once."""
    posts = queries.chosen_posts(thread, post_ids)
    if not any(post.number > 1 for post in posts):
        raise NothingChosen
    example = begin(actor, {"title": title}, queries.municipality_of(thread))
    example.origin_thread_id = thread.id
    for author, quotes in by_author(quote(actor, example, post) for post in posts):
        ask(actor, quotes, author)
    if not actor.is_me(thread.author_id):
        audit.record(actor, "harvest", thread, title=log_title(thread))
    return example


def by_author(quotes: Iterable[Quote]) -> list[tuple[Account, list[Quote]]]:
    """Return who is to be asked, each with all of their words that wait for an answer."""
    asked: dict[Account, list[Quote]] = {}
    for waiting in quotes:
        if waiting.author is not None and waiting.waits:
            asked.setdefault(waiting.author, []).append(waiting)
    return list(asked.items())


def log_title(thread: Thread) -> str:
    return "" if thread.group.is_protected else thread.title


def quote(actor: Actor, example: Example, post: Post) -> Quote:
    author = post.author
    made = Quote(
        example=example,
        example_id=example.id,
        post_id=post.id,
        author=author,
        author_id=post.author_id,
        asked_by_id=actor.account_id,
        name=author.name if author else "",
        place=author.place if author else "",
        text=post.body,
        is_question=post.number == 1,
        written_at=post.created_at,
        mails=0,
    )
    session.add(made)
    session.flush()
    if actor.is_me(post.author_id):
        made.decide(Consent.AGREED, written(AGREED))
        use(actor, made)
    elif author is None or not author.is_approved:
        made.decide(Consent.UNREACHABLE)
    return made


def ask(actor: Actor, quotes: Sequence[Quote], author: Account) -> None:
    """Mail somebody their words, each with a link to say yes or no; older links end."""
    first = quotes[0]
    passages = [
        {
            "words": text.plain(text.render_markdown(quote.text)),
            "url": url_for("harvesting.consent", secret=new_secret(quote), _external=True),
        }
        for quote in quotes
    ]
    mail.order(
        author.email,
        "harvesting/consent",
        dedupe_key=f"quote:{first.id}:{first.mails}",
        name=author.name,
        account_id=author.id,
        language=author.language,
        asker=actor.name,
        title=first.example.title,
        passages=passages,
    )


def new_secret(quote: Quote) -> str:
    """Make the link that decides about some words, counted as one more mail about them."""
    secret = secrets.token_urlsafe(32)
    quote.token_hash, quote.mails = digest(secret), quote.mails + 1
    quote.expires_at = now() + timedelta(days=settings.token_release_days)
    return secret


def ask_again(actor: Actor, quote: Quote) -> None:
    if quote.author is None or not quote.author.is_approved:
        quote.decide(Consent.UNREACHABLE)
    else:
        ask(actor, [quote], quote.author)


def drop(quote: Quote) -> None:
    """Go on without these words."""
    quote.decide(Consent.DROPPED)


def agree(quote: Quote) -> None:
    """Note the consent, and put the words into the example."""
    if not queries.is_still_said(quote):
        raise NotSaidAnyMore
    quote.decide(Consent.AGREED, written(AGREED))
    use(writer_of(quote.example), quote)
    tell(quote, _l("%(name)s stimmt zu: %(title)s", name=quote.name, title=quote.example.title))


def decline(quote: Quote) -> None:
    quote.decide(Consent.DECLINED)
    title = quote.example.title
    tell(quote, _l("%(name)s stimmt nicht zu: %(title)s", name=quote.name, title=title))


def writer_of(example: Example) -> Actor:
    author = session.get(Account, example.author_id) if example.author_id else None
    return actor_of(author) if author else GUEST


def use(actor: Actor, quote: Quote) -> None:
    """Add the words where they belong: the question is the problem, an answer the approach."""
    example, words = quote.example, block_of(quote)
    name = "problem" if quote.is_question else "approach"
    before = getattr(example, name)
    value = f"{before}\n\n{words}".strip()
    values = {name: value}
    if quote.is_question and not example.summary:
        values["summary"] = text.excerpt(text.plain(text.render_markdown(quote.text)), SUMMARY)
    note = Note(_l("Worte aus der Diskussion: %(name)s", name=quote.name))
    save(actor, example, values, note=note)


def block_of(quote: Quote) -> str:
    """Return the words as a quotation that says who wrote them, when."""
    lines = "\n".join(f"> {line}".rstrip() for line in quote.text.splitlines())
    day = format_date(local_day(quote.written_at), "long", locale="de")
    who = ", ".join(part for part in (quote.name, quote.place) if part)
    return f"{lines}\n\n– {who}, {day}"


def tell(quote: Quote, title: Any) -> None:
    """Tell who asked for the words what their author decided."""
    asker = session.get(Account, quote.asked_by_id) if quote.asked_by_id else None
    if asker is not None:
        notify(
            asker,
            Event.DECISION,
            key=f"quote:{quote.id}:{quote.consent}",
            title=title,
            url=url_for("harvesting.quotes", example_id=quote.example_id),
            subject=f"examples:{quote.example_id}",
        )


@SUBMITTED.then
def refuse_without_consent(_actor: Actor, example: Example) -> None:
    """Hand nothing in while somebody has not answered: they might think it is used."""
    if example.origin_thread_id is not None and queries.waits_for_consent(example):
        raise NotReady(
            _(
                "Noch haben nicht alle zugestimmt, deren Worte Sie verwenden möchten. Warten "
                "Sie auf die Antworten, oder verzichten Sie auf diese Beiträge."
            )
        )
