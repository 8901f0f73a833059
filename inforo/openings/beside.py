"""What stands beside a thing in its group: who else has it, or how to let them."""

from inforo.authz import Actor
from inforo.discussions.models import Thread
from inforo.discussions.places import THREAD_QUESTION
from inforo.libraries.models import GroupFile
from inforo.libraries.places import FILE_SIDE
from inforo.openings import policy, queries
from inforo.openings.models import Thing
from inforo.templating import piece
from inforo.wiki.models import WikiPage
from inforo.wiki.places import PAGE_SIDE


@PAGE_SIDE.filled(order=10)
def beside_page(who: Actor, page: WikiPage) -> str:
    address = f"/gruppen/{page.group.slug}/seiten/{page.id}/veroeffentlichen"
    return beside(who, page, address)


@FILE_SIDE.filled(order=10)
def beside_file(who: Actor, group_file: GroupFile) -> str:
    return beside(who, group_file, f"{group_file.path}/veroeffentlichen")


@THREAD_QUESTION.filled(order=20)
def below_question(who: Actor, thread: Thread) -> str:
    """Say in a thread of a protected group that others read copies of it."""
    opening = queries.current(thread) if thread.group.is_protected and who.is_member else None
    if opening is None:
        return ""
    return piece("openings/_below_question.html", opening=opening)


def beside(who: Actor, thing: Thing, address: str) -> str:
    """Say who else has a thing, and lead to what can be done about that."""
    opening = queries.current(thing) if thing.group.is_protected and who.is_member else None
    may_propose = opening is None and policy.may_propose(who, thing)
    if not may_propose and opening is None:
        return ""
    return piece(
        "openings/_beside.html", opening=opening, propose_at=address if may_propose else ""
    )
