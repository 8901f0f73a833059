"""What goes into somebody's digest: at most seven things, the most useful first.

Rules, not guesses: an open question fits by topic or by what the person „kann helfen bei“, an
example by Land or by likeness of the municipality, an event by Land, a newcomer by Land.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.clock import BERLIN
from inforo.digests import queries
from inforo.digests.models import Section
from inforo.discussions.models import Thread
from inforo.editorial import policy as editorial
from inforo.i18n import _, ngettext
from inforo.mailings.sight import Sight, sees_thread
from inforo.municipalities.likeness import CLOSE, likeness
from inforo.municipalities.queries import register
from inforo.notifications.models import MailOutcome, Notification
from inforo.rising.fitting import stems
from inforo.toolbox import policy as toolbox
from inforo.toolbox.models import Example

MOST = 7
SHARES = {
    Section.TOLD: 4,
    Section.QUESTION: 3,
    Section.EXAMPLE: 2,
    Section.EVENT: 2,
    Section.NEWCOMER: 1,
}
NAMED = 5  # newcomers in one item


@dataclass(frozen=True)
class Item:
    """One line of a digest; `subjects` are the objects it tells of."""

    section: Section
    title: str
    about: str
    path: str
    subjects: tuple[str, ...]


class Choice:
    """Everything that may be told now, read once for many people."""

    def __init__(self) -> None:
        self.questions = queries.open_questions()
        self.writers = queries.writers_in(self.questions)
        self.words = {thread.id: stems(thread.title) for thread in self.questions}
        self.examples = queries.new_examples()
        self.events = queries.next_events()
        self.newcomers = queries.newcomers()
        self.names = register()

    def items_for(
        self, person: Account, actor: Actor, readers: queries.Readers, told: list[Notification]
    ) -> list[Item]:
        """Return the digest of one person: shares first, then what is left, at most seven."""
        found = {Section.TOLD: list(told_items(told))}
        named = {item.subjects[0] for item in found[Section.TOLD]}
        found |= {
            Section.QUESTION: list(self.questions_for(person, actor, readers)),
            Section.EXAMPLE: list(self.examples_for(person, actor)),
            Section.EVENT: list(self.events_for(person, actor)),
            Section.NEWCOMER: list(self.newcomers_for(person, readers)),
        }
        for section in SHARES:
            if section is not Section.TOLD:
                found[section] = [
                    item
                    for item in found[section]
                    if item.subjects[0] not in named
                    and (person.id, item.subjects[0]) not in readers.known
                ]
        return shared_out(found)

    def questions_for(
        self, person: Account, actor: Actor, readers: queries.Readers
    ) -> Iterator[Item]:
        helps = stems(person.helps_with)
        topics = readers.topics.get(person.id, set())
        scores = {
            thread.id: 2 * len(topics & {term.id for term in thread.terms})
            + 3 * len(helps & self.words[thread.id])
            for thread in self.questions
        }
        fitting = [thread for thread in self.questions if scores[thread.id]]
        fitting.sort(key=lambda thread: (-scores[thread.id], thread.post_count > 1))
        for thread in fitting:
            if self.may_answer(person, actor, thread) and not is_muted(person, thread, readers):
                yield question_item(thread)

    def may_answer(self, person: Account, actor: Actor, thread: Thread) -> bool:
        return (thread.id, person.id) not in self.writers and sees_thread(actor, thread)

    def examples_for(self, person: Account, actor: Actor) -> Iterator[Item]:
        fitting = [(self.fit(person, example), example) for example in self.examples]
        for fit, example in sorted(fitting, key=lambda pair: -pair[0]):
            is_own = toolbox.is_author(actor, example)
            if fit and not is_own and toolbox.may_view(actor, example):
                yield example_item(example)

    def fit(self, person: Account, example: Example) -> int:
        """Return 2 for a municipality like one's own, 1 for the same Land, else 0."""
        mine = self.names.by_ags.get(person.municipality_ags or "")
        places = [self.names.by_ags.get(place.ags) for place in example.municipalities]
        if mine and any(place and likeness(mine, place) >= CLOSE for place in places):
            return 2
        return int(person.state_code is not None and example.state_code == person.state_code)

    def events_for(self, person: Account, actor: Actor) -> Iterator[Item]:
        for event in self.events:
            is_near = event.state_code in (None, person.state_code)
            if is_near and editorial.may_view(actor, event):
                yield event_item(event)

    def newcomers_for(self, person: Account, readers: queries.Readers) -> Iterator[Item]:
        new = [
            other
            for other in self.newcomers
            if person.state_code is not None
            and other.state_code == person.state_code
            and other.id != person.id
            and (person.id, f"accounts:{other.id}") not in readers.known
        ][:NAMED]
        if new:
            yield newcomer_item(person, new)


def is_muted(person: Account, thread: Thread, readers: queries.Readers) -> bool:
    targets = [("thread", thread.id), ("group", thread.group_id)]
    targets += [("term", term.id) for term in thread.terms]
    return any((person.id, kind, key) in readers.muted for kind, key in targets)


def shared_out(found: dict[Section, list[Item]]) -> list[Item]:
    """Give each section its share, then fill up with what is left in the same order."""
    chosen = [item for section, share in SHARES.items() for item in found[section][:share]]
    rest = [item for section, share in SHARES.items() for item in found[section][share:]]
    chosen = (chosen[:MOST] + rest)[:MOST]
    return sorted(chosen, key=lambda item: list(SHARES).index(item.section))


def told_items(told: Sequence[Notification]) -> Iterator[Item]:
    """Return what people were told and wanted here, those about the same in one line."""
    by_subject: dict[str, list[Notification]] = {}
    for each in told:
        by_subject.setdefault(each.subject or each.dedupe_key, []).append(each)
    for subject, group in by_subject.items():
        more = len(group) - 1
        about = ngettext("und eine weitere", "und %(num)s weitere", more) if more else ""
        yield Item(Section.TOLD, group[0].title, about, group[0].url, (subject,))


def question_item(thread: Thread) -> Item:
    answers = thread.post_count - 1
    about = (
        ngettext("%(num)s Antwort bisher", "%(num)s Antworten bisher", answers)
        if answers
        else _("noch ohne Antwort")
    )
    return Item(Section.QUESTION, thread.title, about, thread.path, (f"threads:{thread.id}",))


def example_item(example: Example) -> Item:
    return Item(
        Section.EXAMPLE,
        example.title,
        ", ".join(place.display_name for place in example.municipalities),
        f"/werkzeugkiste/beispiele/{example.id}",
        (f"examples:{example.id}",),
    )


def event_item(event: Any) -> Item:
    when = event.starts_at.astimezone(BERLIN)
    about = when.strftime("%d.%m.%Y, %H:%M")
    return Item(Section.EVENT, event.title, about, event.path, (f"events:{event.id}",))


def newcomer_item(person: Account, new: list[Account]) -> Item:
    names = [f"{other.name} ({other.place})" if other.place else other.name for other in new]
    path = f"/personen/?land={person.state_code}"
    if len(new) == 1:
        path = f"/personen/{new[0].id}"
    subjects = tuple(f"accounts:{other.id}" for other in new)
    return Item(Section.NEWCOMER, ", ".join(names), "", path, subjects)


def settle_told(sight: Sight, told: list[Notification]) -> list[Notification]:
    """Return what may be told in a digest; note of the rest why it is not."""
    for each in told:
        if not sight.reaches(each):
            each.settle(MailOutcome.INACTIVE)
        elif not sight.allows(each):
            each.settle(MailOutcome.NO_RIGHT)
        elif each.read_at is not None:
            each.settle(MailOutcome.SEEN)
    return [each for each in told if not each.mail_outcome or not each.mail_outcome.is_final]
