"""What a closed group of the demo has opened to others: a page, a file, and a thread."""

from sqlalchemy import select

from inforo.accounts.models import Account
from inforo.db import session
from inforo.demo.source import Catalogue
from inforo.discussions.models import Thread
from inforo.groups.models import GroupAudience
from inforo.libraries.models import GroupFile
from inforo.openings import things
from inforo.openings.models import Opening, OpeningConsent
from inforo.openings.queries import accounts
from inforo.openings.things import MOST_POSTS
from inforo.wiki.models import WikiPage

GROUP, AUTHOR = "steuerungsgruppe-partnerprozess", "rosa-winter"


def load_openings(catalogue: Catalogue) -> None:
    group, author = catalogue.groups[GROUP], catalogue.people[AUTHOR]
    for page in session.scalars(select(WikiPage).where(WikiPage.group_id == group.id)):
        opening = Opening(group=group, page=page, audience=GroupAudience.MEMBERS)
        open_agreed(opening, author)
    for file in session.scalars(select(GroupFile).where(GroupFile.group_id == group.id)):
        opening = Opening(group=group, group_file=file, audience=GroupAudience.PUBLIC)
        open_agreed(opening, author)
    in_group = select(Thread).where(Thread.group_id == group.id).order_by(Thread.id.desc())
    thread = session.scalars(in_group.limit(1)).one()
    opening = Opening(group=group, thread=thread, audience=GroupAudience.MEMBERS)
    things.copy_posts(opening, thread, MOST_POSTS)
    open_agreed(opening, author)


def open_agreed(opening: Opening, leader: Account) -> None:
    """Open it as if everybody had been asked and had agreed."""
    opening.proposed_by = leader
    session.add(opening)
    session.flush()
    wrote = [key for key in things.writers(opening) if key is not None]
    for account in accounts(wrote):
        consent = OpeningConsent(opening=opening, account=account)
        consent.grant()
        session.add(consent)
    opening.open()
    session.flush()
