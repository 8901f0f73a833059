"""Who may still see what a notification is about, at the moment a mail about it leaves.

The rules are those of the slices; here stands only which rule belongs to which object.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from inforo.accounts.models import Account
from inforo.articles.models import Article
from inforo.authz import Actor
from inforo.conversations import policy as conversations
from inforo.conversations.models import Conversation, Message
from inforo.db import session
from inforo.discussions import policy as discussions
from inforo.discussions.models import Post, Thread
from inforo.editorial import policy as editorial
from inforo.enquiries import policy as enquiries
from inforo.enquiries.models import Enquiry, EnquiryInvitation
from inforo.events import models as events
from inforo.groups import policy as groups
from inforo.groups.models import Group, Membership
from inforo.libraries import policy as libraries
from inforo.libraries.models import GroupFile
from inforo.notifications.hiding import WITHHELD
from inforo.notifications.models import Event, EventClass, Notification
from inforo.offices import policy as offices
from inforo.offices.models import WorkItem
from inforo.openings import policy as openings
from inforo.openings.models import Opening
from inforo.people import policy as people
from inforo.people.queries import actors_of
from inforo.rising.finding import may_still_help
from inforo.rising.models import HelpRequest
from inforo.tidings import policy as tidings
from inforo.tidings.models import Tiding
from inforo.toolbox import policy as toolbox
from inforo.toolbox.models import Example
from inforo.toolbox.tool_models import Tool
from inforo.wiki import policy as wiki
from inforo.wiki.models import WikiPage


def sees_thread(actor: Actor, thread: Thread) -> bool:
    return discussions.may_view(actor, thread) and not thread.is_hidden


def sees_post(actor: Actor, post: Post) -> bool:
    return sees_thread(actor, post.thread) and post.is_visible


def sees_example(actor: Actor, example: Example) -> bool:
    """Readers of the criteria come from anywhere among the staff."""
    return toolbox.may_view(actor, example) or actor.is_staff


def belongs(actor: Actor, membership: Membership) -> bool:
    """What a group says to its members only."""
    return membership.group_id in actor.group_ids


def sees_enquiry(actor: Actor, enquiry: Enquiry) -> bool:
    """Who was asked is told about their invitation, not about the enquiry."""
    return enquiries.may_view(actor, enquiry, is_asked=False)


def sees_invitation(actor: Actor, invitation: EnquiryInvitation) -> bool:
    return enquiries.works_for(actor, invitation.ags)


@dataclass(frozen=True)
class Kind:
    """A table that notifications are about: how its rows are read and who sees one."""

    model: Any
    rule: Callable[[Actor, Any], bool]
    options: tuple[Any, ...] = ()


AUTHOR = joinedload(Post.author)
PEOPLE = Conversation.people
KINDS = {
    "threads": Kind(Thread, sees_thread, (joinedload(Thread.group),)),
    "posts": Kind(
        Post,
        sees_post,
        (
            joinedload(Post.thread).joinedload(Thread.group),
            AUTHOR.joinedload(Account.municipality),
            AUTHOR.joinedload(Account.organisation),
        ),
    ),
    "help_requests": Kind(
        HelpRequest,
        may_still_help,
        (joinedload(HelpRequest.thread).joinedload(Thread.group),),
    ),
    "messages": Kind(
        Message,
        conversations.may_view_message,
        (joinedload(Message.author), joinedload(Message.conversation).selectinload(PEOPLE)),
    ),
    "accounts": Kind(Account, people.may_view),
    "groups": Kind(Group, groups.may_know),
    "memberships": Kind(Membership, belongs),
    "examples": Kind(Example, sees_example, (selectinload(Example.co_authors),)),
    "tools": Kind(Tool, toolbox.may_view_tool),
    "articles": Kind(Article, editorial.may_view),
    "events": Kind(events.Event, editorial.may_view),
    "enquiries": Kind(Enquiry, sees_enquiry),
    "enquiry_invitations": Kind(EnquiryInvitation, sees_invitation),
    "group_files": Kind(GroupFile, libraries.may_view, (joinedload(GroupFile.group),)),
    "wiki_pages": Kind(
        WikiPage, wiki.may_enter, (joinedload(WikiPage.group), joinedload(WikiPage.rules))
    ),
    "tidings": Kind(Tiding, tidings.may_hear, (joinedload(Tiding.group),)),
    "openings": Kind(Opening, openings.may_see_as_manager, (joinedload(Opening.group),)),
    "work_items": Kind(WorkItem, offices.may_work_on),
}


def parted(name: str) -> tuple[str, int | None]:
    """Return table and id of the name of an object: "posts:17"."""
    table, _, key = name.partition(":")
    return table, int(key) if key.isdecimal() else None


class Sight:
    """What some notifications are about, and who of their recipients may see it now."""

    def __init__(self, told: Sequence[Notification], people: Sequence[Account]) -> None:
        self.people = {person.id: person for person in people}
        self.actors = actors_of(people)
        self.objects = load(each.decisive for each in told)

    def allows(self, told: Notification) -> bool:
        """Tell whether a mail about it may go to its recipient now."""
        return permits(self.actors[told.account_id], told, self.find(told))

    def reaches(self, told: Notification) -> bool:
        """Tell whether the recipient may get mails at all; applicants get decisions."""
        person = self.people.get(told.account_id)
        if person is None or person.closed_at is not None or person.suspended_at is not None:
            return False
        return person.is_approved or told.event.kind is EventClass.SERVICE

    def find(self, told: Notification) -> Any:
        return self.objects.get(told.decisive)


def permits(actor: Actor, told: Notification, found: Any) -> bool:
    """Tell whether the person may read what the notification says of the object it found."""
    kind = KINDS.get(parted(told.decisive)[0])
    if told.event is Event.WORK and not actor.is_staff:
        return False
    if kind is None or told.event.kind is EventClass.SERVICE:
        return True
    return found is not None and kind.rule(actor, found)


def withheld(actor: Actor, told: Sequence[Notification]) -> set[int]:
    """Return the ids of what the list of notifications must not tell any more."""
    names = {each.decisive for each in told if each.event.kind is not EventClass.SERVICE}
    objects = load(names)
    return {each.id for each in told if not permits(actor, each, objects.get(each.decisive))}


WITHHELD.append(withheld)


def load(names: Iterable[str]) -> dict[str, Any]:
    """Return the objects of those names, one query for each kind."""
    ids: dict[str, set[int]] = defaultdict(set)
    for table, key in {parted(name) for name in names}:
        if table in KINDS and key is not None:
            ids[table].add(key)
    found: dict[str, Any] = {}
    for table, keys in ids.items():
        kind = KINDS[table]
        statement = select(kind.model).where(kind.model.id.in_(keys)).options(*kind.options)
        # What the transaction has read before may be old: somebody may just have hidden it.
        fresh = statement.execution_options(populate_existing=True)
        found |= {f"{table}:{row.id}": row for row in session.scalars(fresh)}
    return found
