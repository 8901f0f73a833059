"""Telling what came of a question, or that nothing did."""

from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.discussions.actions import reply
from inforo.discussions.models import Post, Thread
from inforo.outcomes import queries
from inforo.outcomes.models import OWN, OutcomeQuestion, Reply


def tell(actor: Actor, thread: Thread, body: str) -> Post:
    """Write what came of it as a post: who follows the thread hears of it as of any answer."""
    post = reply(actor, thread, body)
    record(actor, thread, Reply.TOLD, post)
    thread.outcome_post_id, thread.outcome_at = post.id, now()
    return post


def tell_nothing(actor: Actor, thread: Thread) -> None:
    """Note that nothing came of it; that is worth knowing, too."""
    record(actor, thread, Reply.NOTHING)
    thread.outcome_post_id, thread.outcome_at = None, now()


def refuse(actor: Actor, thread: Thread) -> None:
    """Ask about this thread no more."""
    record(actor, thread, Reply.REFUSED)


def record(actor: Actor, thread: Thread, said: Reply, post: Post | None = None) -> None:
    """Keep what was said beside the asking it replies to, else as told unasked."""
    question = queries.find_waiting(thread) or queries.find_step(thread, OWN)
    if question is None:
        question = OutcomeQuestion(
            thread_id=thread.id, account_id=actor.account_id or 0, step=OWN
        )
        session.add(question)
    question.reply, question.replied_at = said, now()
    question.post_id = post.id if post else None
