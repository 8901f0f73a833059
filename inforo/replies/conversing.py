"""What becomes of an answer to a private message. The caller commits."""

from inforo.conversations import actions, policy, queries
from inforo.conversations.patience import seconds_to_wait
from inforo.conversations.policy import Talk
from inforo.db import session
from inforo.errors import DomainError, NotFound
from inforo.replies import notices
from inforo.replies.answers import PATIENCE, Answer, TryLater, keep_as_draft, why_unsure
from inforo.replies.models import Outcome, ReceivedMail
from inforo.replies.notices import Spot


def decide(answer: Answer, note: ReceivedMail, *, is_too_large: bool) -> tuple[Outcome, str]:
    """Return what became of an answer and why."""
    talk = find_talk(answer)
    refused = "large" if is_too_large else why_refused(answer, talk)
    if talk is None or refused:
        notices.refuse(answer, refused or "talk_gone", spot_of(talk) if talk else None)
        return Outcome.REFUSED, refused
    doubt = why_unsure(answer)
    if doubt:
        keep_as_draft(answer, spot_of(talk), note, doubt)
        return Outcome.DRAFT, doubt
    return send(answer, talk, note)


def find_talk(answer: Answer) -> Talk | None:
    try:
        return queries.get_talk(answer.actor, answer.ticket.key)
    except NotFound:
        return None


def spot_of(talk: Talk) -> Spot:
    return Spot(talk.conversation.subject, talk.conversation.path)


def why_refused(answer: Answer, talk: Talk | None) -> str:
    """Return why this person cannot answer there now, or an empty text."""
    if not policy.may_write(answer.actor):
        return "account"
    if talk is None:
        return "talk_gone"
    if not policy.may_reply(answer.actor, talk):
        return "unreachable"
    return "expired" if answer.ticket.is_expired else ""


def send(answer: Answer, talk: Talk, note: ReceivedMail) -> tuple[Outcome, str]:
    wait = seconds_to_wait(answer.actor, begins=False)
    if 0 < wait <= PATIENCE:
        raise TryLater
    if wait:
        keep_as_draft(answer, spot_of(talk), note, "fast")
        return Outcome.DRAFT, "fast"
    try:
        with session.begin_nested():
            actions.reply(answer.actor, talk, answer.body())
    except DomainError as error:
        keep_as_draft(answer, spot_of(talk), note, "rules", error.message)
        return Outcome.DRAFT, "rules"
    if answer.refused:
        notices.tell_refused_files(answer, spot_of(talk), note)
    return Outcome.POSTED, ""
