"""What is written on a Merkliste. That of a guest stands in the signed cookie of the browser.

It is a short list of words like "beispiel-4", so nothing is kept on the server about people
who have not signed in, and nothing in the browser of those who mark nothing.
"""

from typing import Any

from flask import request
from flask import session as browser_session

from inforo.authz import Actor
from inforo.collections import actions as collections
from inforo.collections import queries
from inforo.collections.contents import find_contents
from inforo.collections.models import COLUMNS, Entry, Key, Kind
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.web import given_id

MOST_AS_GUEST = 50
NAME = "marked"
Mark = tuple[Kind, Key]


def marks_of_guest() -> list[Mark]:
    """Return what somebody without an account has marked, the first first."""
    words = browser_session.get(NAME, []) if request.cookies else []
    return [(Kind(kind), key_of(kind, key)) for kind, _dash, key in map(parted, words)]


def parted(word: str) -> tuple[str, str, str]:
    return word.partition("-")


def key_of(kind: str, key: str) -> Key:
    return key if kind == Kind.MUNICIPALITY else given_id(key) or 0


def keep(marks: list[Mark]) -> None:
    browser_session[NAME] = [f"{kind.value}-{key}" for kind, key in marks]


def entries_of_guest() -> list[Entry]:
    """Return the marks as entries that are in no database."""
    return [
        Entry(id=number, position=number, note="", **{COLUMNS[kind]: key})
        for number, (kind, key) in enumerate(marks_of_guest(), 1)
    ]


def mark(actor: Actor, kind: Kind, key: Key) -> None:
    """Put something on the Merkliste of a person, or of this browser."""
    if actor.is_member:
        collections.mark(actor, kind, key)
        return
    marks = marks_of_guest()
    if (kind, key) in marks:
        return
    if len(marks) >= MOST_AS_GUEST:
        raise DomainError(
            _(
                "Ohne Anmeldung fasst die Merkliste %(count)s Einträge. Melden Sie sich bitte "
                "an, dann liegt sie in Ihrem Konto.",
                count=MOST_AS_GUEST,
            )
        )
    keep([*marks, (kind, key)])


def unmark(actor: Actor, kind: Kind, key: Key) -> None:
    if actor.is_member:
        collections.unmark(actor, kind, key)
    else:
        keep([mark for mark in marks_of_guest() if mark != (kind, key)])


def take_over(actor: Actor) -> dict[str, Any]:
    """Bring a guest's marks to the account that signs in; return what its session keeps.

    What is gone meanwhile is left out, and so is what a full Merkliste has no room for: a
    sign-in never fails because of it. Who waits for admission keeps the marks as they are.
    """
    marks = marks_of_guest()
    if not marks or not actor.is_member:
        return {NAME: browser_session[NAME]} if marks else {}
    there = find_contents(actor, marks)
    collection = collections.merkliste_of(actor)
    room = queries.MOST_ENTRIES - queries.count_entries(collection)
    for kind, key in [mark for mark in marks if mark in there][:room]:
        collections.put(actor, collection, kind, key)
    return {}
