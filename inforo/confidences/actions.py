"""Every write on confidential questions. Nothing here commits; the caller does.

What who asks does is written into no log and closes items in nobody's name: the log and the
basket are read by people who must not learn the name.
"""

from typing import Any

from inforo import audit, clock, text
from inforo.authz import GUEST, Actor
from inforo.clock import now
from inforo.confidences import queries
from inforo.confidences.jobs import tell_asker, tell_office
from inforo.confidences.models import Confidence, ConfidenceMessage, message
from inforo.confidences.policy import Case, is_asker
from inforo.config import settings
from inforo.db import session
from inforo.discussions import actions as discussions
from inforo.discussions import policy as threads
from inforo.discussions.models import Post
from inforo.errors import DomainError
from inforo.groups.models import Group
from inforo.i18n import _, _l
from inforo.notifications.models import Event
from inforo.offices import actions as offices
from inforo.offices.models import CoordinationOffice, WorkItem, WorkKind
from inforo.offices.workdays import working_day_after
from inforo.people.queries import actor_of
from inforo.watching import actions as watching
from inforo.watching.models import Level, Target

KIND = WorkKind.CONFIDENCE


class ChangedMeanwhile(DomainError):
    """Somebody agrees to words that were changed since."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Die Stelle hat inzwischen einen anderen Text vorgeschlagen. Bitte lesen Sie "
                "ihn und entscheiden Sie dann noch einmal."
            )
        )


def ask(actor: Actor, group: Group, values: dict[str, Any]) -> Confidence:
    """Put a question into the hands of the office of the person's Land."""
    office = queries.office_for(actor)
    if office is None:
        raise DomainError(_("Für Ihr Land gibt es noch keine Stelle, die das übernimmt."))
    question = Confidence(
        asker_id=actor.account_id,
        office=office,
        state_code=actor.state_code,
        group=group,
        title=values["title"],
        body=values["body"],
        body_html=text.render_markdown(values["body"]),
    )
    session.add(question)
    session.flush()
    item = put_into_basket(question)
    tell_office(question, item, _l("Neue vertrauliche Frage"), key="asked")
    return question


def put_into_basket(question: Confidence) -> WorkItem:
    """Let the office act next; the item names neither person nor question."""
    item = offices.open_item(
        KIND,
        question,
        title=_l("Vertrauliche Frage Nr. %(number)s", number=question.id),
        url=question.path,
    )
    item.office_id = question.office_id
    days = settings.confidence_days
    question.due_on = working_day_after(days, clock.today(), question.state_code)
    question.waits_since = None
    item.due_on = question.due_on
    session.flush()
    return item


def wait_for_asker(question: Confidence) -> None:
    question.waits_since, question.due_on = now(), None
    offices.wait_for_author(KIND, question)
    offices.set_due(KIND, question, None)


def write(actor: Actor, case: Case, body: str, *, for_thread: bool = False) -> None:
    """Say something to the other side, which is next then."""
    question, mine = case.question, is_asker(actor, case)
    said = message(actor.account_id, body, from_office=not mine)
    said.confidence_id = question.id
    said.is_for_thread = for_thread and mine and question.may_be_revealed
    session.add(said)
    session.flush()
    if mine:
        item = put_into_basket(question)
        title = _l("Antwort zu einer vertraulichen Frage")
        tell_office(question, item, title, key=f"message:{said.id}")
        return
    if question.is_open:
        wait_for_asker(question)
    elif not waiting_for_thread(question):
        settle(actor, question)
    title = _l("Die Koordinierungsstelle hat Ihnen zu Ihrer vertraulichen Frage geschrieben")
    tell_asker(question, title, key=f"message:{said.id}", event=Event.DECISION)


def waiting_for_thread(question: Confidence) -> bool:
    return any(said.waits_for_thread for said in queries.messages_of(question))


def settle(actor: Actor, question: Confidence) -> None:
    """Note that nothing waits for the office at the moment."""
    question.due_on = None
    offices.close_item(actor, KIND, question, _l("veröffentlicht"))


def propose(actor: Actor, case: Case, group: Group, title: str, body: str) -> None:
    """Show who asks the exact words that shall be published, and where."""
    question = case.question
    html = discussions.rendered(None, body, group)
    question.propose(title, body, html, group)
    wait_for_asker(question)
    audit.record(actor, "propose_confidence", question)
    words = _l("Bitte lesen Sie, wie Ihre vertrauliche Frage erscheinen soll")
    tell_asker(question, words, key=f"proposal:{question.proposal}", event=Event.DECISION)


def release(case: Case, proposal: str) -> None:
    """Agree to the words one has read; the office publishes them at a time of its own."""
    question = case.question
    if proposal != str(question.proposal):
        raise ChangedMeanwhile
    question.release()
    item = put_into_basket(question)
    title = _l("Freigegeben: eine vertrauliche Frage kann veröffentlicht werden")
    tell_office(question, item, title, key=f"released:{question.proposal}")


def publish(actor: Actor, case: Case) -> Post:
    """Ask the question in the name of the office, as far as its rights go today."""
    question = case.question
    group, asker = question.group, question.asker
    if group is None or not threads.may_ask_in(actor, group):
        raise DomainError(_("In dieser Gruppe können Sie nicht schreiben. Bitte neu vorlegen."))
    if asker is None or group.id not in {
        row.id for row in queries.groups_for(actor, actor_of(asker))
    }:
        raise DomainError(_("Wer fragt, kann diese Gruppe nicht mehr lesen."))
    values = {"title": question.proposed_title, "body": question.proposed_body}
    post = discussions.relay_question(actor, question.office, group, values)
    question.thread, question.published_at = post.thread, now()
    audit.record(actor, "publish_confidence", question)
    settle(actor, question)
    title = _l("Ihre vertrauliche Frage ist veröffentlicht")
    tell_asker(question, title, key="published", event=Event.DECISION)
    return post


def relay(actor: Actor, case: Case, said: ConfidenceMessage) -> Post:
    """Put a message of who asked into the discussion, word by word."""
    question = case.question
    if not said.waits_for_thread or question.thread is None:
        raise DomainError(_("Diese Nachricht steht schon in der Diskussion."))
    if question.thread.group.is_archived:
        raise DomainError(_("Die Gruppe ist inzwischen archiviert. Bitte geben Sie zurück."))
    post = discussions.relay_reply(actor, question.office, question.thread, said.body)
    said.post = post
    audit.record(actor, "relay_confidence", question)
    session.flush()
    if not waiting_for_thread(question):
        settle(actor, question)
    return post


def end(actor: Actor, case: Case, reason: str = "") -> None:
    """Withdraw a question, or close it for the office with a word to who asked."""
    question = case.question
    if is_asker(actor, case):
        question.end(by_office=False)
        offices.close_item(GUEST, KIND, question, _l("zurückgezogen"))
        return
    said = message(actor.account_id, reason, from_office=True)
    said.confidence_id = question.id
    session.add(said)
    question.end(by_office=True)
    audit.record(actor, "end_confidence", question)
    offices.close_item(actor, KIND, question, _l("ohne Veröffentlichung abgeschlossen"))
    title = _l("Ihre vertrauliche Frage ist abgeschlossen")
    tell_asker(question, title, key="ended", event=Event.DECISION)


def offer(actor: Actor, case: Case, office: CoordinationOffice, reason: str) -> None:
    """Ask who asks whether another office may have the question, with the name."""
    question = case.question
    if office.id == question.office_id:
        raise DomainError(_("Die Frage liegt schon bei dieser Stelle."))
    question.wanted_office, question.wanted_reason = office, reason
    wait_for_asker(question)
    audit.record(actor, "offer_confidence", question)
    title = _l("Darf eine andere Stelle Ihre vertrauliche Frage übernehmen?")
    key = f"offer:{now().timestamp():.0f}"
    tell_asker(question, title, key=key, event=Event.DECISION)


def agree(case: Case, *, is_wanted: bool) -> None:
    """Let the other office have it, which then alone has it; or keep it where it is."""
    question = case.question
    office = question.wanted_office
    question.wanted_office, question.wanted_reason = None, ""
    if is_wanted and office is not None:
        question.office = office
        codes = [state.code for state in office.states]
        question.state_code = codes[0] if len(codes) == 1 else None
        offices.free_item(KIND, question)
        session.flush()
    item = put_into_basket(question)
    title = _l("Neue vertrauliche Frage") if is_wanted else _l("Die Frage bleibt bei Ihnen")
    tell_office(question, item, title, key=f"agreed:{now().timestamp():.0f}")


def accept(case: Case, post: Post) -> None:
    """Mark the answer, in nobody's name."""
    if post.thread_id != case.question.thread_id or case.question.thread is None:
        raise DomainError(_("Dieser Beitrag kann nicht als Antwort gelten."))
    discussions.mark_answer(GUEST, case.question.thread, post)


def reveal(actor: Actor, case: Case) -> None:
    """Put one's name on everything the office has passed on. There is no way back."""
    question = case.question
    discussions.name_author(queries.relayed_posts(question), actor.account_id)
    question.revealed_at = now()
    offices.close_item(GUEST, KIND, question, _l("veröffentlicht"))
    if question.thread_id is not None:
        watching.choose_unless_chosen(actor, Target.THREAD, question.thread_id, Level.FOLLOW)


def note_look(actor: Actor, case: Case) -> None:
    """Keep that somebody of the office opened it; who asked can read that."""
    audit.record(actor, queries.LOOK, case.question)
