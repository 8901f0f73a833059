"""What becomes of a mail that came in. The caller commits: all of it, or nothing.

The note of the mail, the post and the mails that tell of it are one transaction. Its key is
unique; so a mail that is delivered again, or whose worker died in the middle, counts once.
"""

from email.utils import parseaddr

from sqlalchemy.exc import IntegrityError

from inforo.config import settings
from inforo.db import session
from inforo.discussions import holding, policy
from inforo.discussions.actions import reply
from inforo.discussions.models import Thread
from inforo.discussions.patience import seconds_for
from inforo.errors import DomainError
from inforo.file_checks import FileRefused
from inforo.i18n import in_language
from inforo.replies import bouncing, conversing, notices, queries
from inforo.replies.addresses import find_ticket
from inforo.replies.answers import PATIENCE, Answer, TryLater, keep_as_draft, why_unsure
from inforo.replies.automatic import find_bounce, is_automatic, is_ours
from inforo.replies.models import Outcome, ReceivedMail
from inforo.replies.parsing import parse

HEADERS = 20_000  # bytes that are read of a mail that is too large


def receive(raw: bytes) -> Outcome:
    """Deal with one mail; raise TryLater if it has to wait."""
    is_too_large = len(raw) > settings.reply_max_bytes
    incoming = parse(raw.strip()[:HEADERS] if is_too_large else raw)
    bounce = find_bounce(incoming.message)
    if bounce is not None:
        return bouncing.note(bounce)
    own = parseaddr(settings.mail_from)[1]
    if is_ours(incoming.message, incoming.sender, own):
        return Outcome.IGNORED
    if is_automatic(incoming.message, incoming.sender):
        return Outcome.IGNORED
    ticket = find_ticket(incoming.recipients)
    account = queries.find_account(ticket.account_id) if ticket else None
    if ticket is None or account is None:
        return Outcome.UNKNOWN
    with in_language(account.language):
        return take(Answer(account, ticket, incoming), is_too_large=is_too_large)


def take(answer: Answer, *, is_too_large: bool) -> Outcome:
    """Take an answer once, whatever comes of it."""
    key = f"{answer.account.id}:{answer.incoming.key}"
    if queries.is_known(key):
        return Outcome.AGAIN
    answer.check_files()
    note = remember(key, answer.account.id)
    if note is None:
        return Outcome.AGAIN
    outcome, note.reason = decide(answer, note, is_too_large=is_too_large)
    note.outcome = outcome
    return outcome


def remember(key: str, account_id: int) -> ReceivedMail | None:
    """Add the note of a mail; None if another worker is just dealing with it."""
    note = ReceivedMail(key=key, account_id=account_id, outcome=Outcome.LATER)
    try:
        with session.begin_nested():
            session.add(note)
    except IntegrityError:
        return None
    return note


def decide(answer: Answer, note: ReceivedMail, *, is_too_large: bool) -> tuple[Outcome, str]:
    """Return what became of an answer and why."""
    if queries.count_today(answer.account.id) > settings.limit_replies_by_mail:
        notices.refuse(answer, "many")
        return Outcome.REFUSED, "many"
    if answer.is_private:
        return conversing.decide(answer, note, is_too_large=is_too_large)
    thread = queries.find_thread(answer.ticket.key)
    refused = "large" if is_too_large else why_refused(answer, thread)
    if thread is None or refused:
        notices.refuse(answer, refused, thread)
        return Outcome.REFUSED, refused
    doubt = why_unsure(answer)
    if doubt:
        keep_as_draft(answer, thread, note, doubt)
        return Outcome.DRAFT, doubt
    return publish(answer, thread, note)


def why_refused(answer: Answer, thread: Thread | None) -> str:
    """Return why this person cannot answer there now, or an empty text."""
    if not answer.actor.is_member:
        return "account"
    if thread is None or not policy.may_view(answer.actor, thread):
        return "merged" if can_go_on(answer, thread) else "gone"
    if thread.is_hidden:
        return "merged" if can_go_on(answer, thread) else "gone"
    if not policy.may_reply(answer.actor, thread):
        return "locked" if thread.is_locked else "group"
    return "expired" if answer.ticket.is_expired else ""


def can_go_on(answer: Answer, thread: Thread | None) -> bool:
    """Tell whether the discussion went on in another one that this person can read."""
    other = queries.find_thread(thread.merged_into_id or 0) if thread else None
    return other is not None and policy.may_view(answer.actor, other)


def publish(answer: Answer, thread: Thread, note: ReceivedMail) -> tuple[Outcome, str]:
    wait = seconds_for(answer.account.id, answer.account.approved_at, is_question=False)
    if 0 < wait <= PATIENCE:
        raise TryLater
    if wait:
        keep_as_draft(answer, thread, note, "fast")
        return Outcome.DRAFT, "fast"
    try:
        with session.begin_nested():
            outcome = write(answer, thread)
    except FileRefused:
        raise
    except DomainError as error:
        keep_as_draft(answer, thread, note, "rules", error.message)
        return Outcome.DRAFT, "rules"
    if answer.refused:
        notices.tell_refused_files(answer, thread, note)
    return outcome, ""


def write(answer: Answer, thread: Thread) -> Outcome:
    """Post the answer, or let it wait like every first post of a new member."""
    body = answer.body()
    if holding.must_wait(answer.actor, thread.group):
        holding.hold_answer(answer.actor, thread, {"body": body})
        notices.tell_held(answer, thread)
        return Outcome.HELD
    reply(answer.actor, thread, body)
    return Outcome.POSTED
