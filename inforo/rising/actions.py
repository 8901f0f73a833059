"""Asking somebody by name, and saying that one cannot help now."""

from inforo import audit
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.discussions.models import Thread
from inforo.errors import DomainError
from inforo.i18n import _
from inforo.rising import finding
from inforo.rising.models import HelpOutcome, HelpRequest
from inforo.rising.raising import allowed, ask, settle


class NotToBeAsked(DomainError):
    """The office named somebody who cannot, or need not, be asked now."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "Diese Person können wir gerade nicht fragen. Vielleicht ist sie abwesend, "
                "darf hier nicht antworten, möchte nichts davon hören oder wurde in den "
                "letzten Wochen schon gefragt."
            )
        )


def ask_person(actor: Actor, thread: Thread, account_id: int) -> Account:
    """Ask somebody the office or a manager named."""
    person = finding.find_person_to_ask(thread, account_id)
    if person is None or not allowed(thread, [person]):
        raise NotToBeAsked
    ask(thread, person, actor)
    title = "" if thread.group.is_protected else thread.title
    audit.record(actor, "ask_person", thread, person.name, title=title)
    return person


def decline(request: HelpRequest) -> None:
    settle(request, HelpOutcome.DECLINED)
