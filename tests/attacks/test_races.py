"""Eight people, or eight clicks, at the same moment: on a SQLite file and on PostgreSQL."""

import dataclasses
import io
import secrets
from collections import Counter
from datetime import timedelta

from sqlalchemy import event, func, select, update

from inforo.accounts.models import Account
from inforo.authz import Role
from inforo.clock import now
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.doors.actions import Limits, open_door
from inforo.doors.models import DoorRule
from inforo.groups.models import Group, GroupRole, Membership
from inforo.libraries.models import FileVersion
from inforo.notifications.models import Event as Occasion
from inforo.notifications.models import Notification
from inforo.reviews.models import Reading, Review, Stage
from inforo.toolbox.example_parts import ExampleStep
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.libraries.making import add_file, address
from tests.reference import BRUCHSAL

MANY = 8


def test_one_form_sent_eight_times_makes_one_thread(crowd):
    group = factories.make_group()
    key = secrets.token_hex(8)

    answers = crowd.at_once(
        lambda _number: crowd.post(
            0,
            "/diskussionen/neu",
            title=f"Doppelt geklickt {key}",
            body="Wie macht ihr das?",
            group_id=str(group.id),
            idempotency_key=key,
        )
    )

    [thread_id] = session.scalars(select(Thread.id).where(Thread.title.endswith(key)))
    assert {(status, path.split("-")[0]) for status, path in answers} == {
        (303, f"/diskussionen/{thread_id}")
    }


def test_the_same_key_of_somebody_else_makes_a_thing_of_its_own(crowd):
    group = factories.make_group()
    key = secrets.token_hex(8)

    answers = crowd.at_once(
        lambda number: crowd.post(
            number,
            "/diskussionen/neu",
            title=f"Frage von {number}",
            body="Wie macht ihr das?",
            group_id=str(group.id),
            idempotency_key=key,
        ),
        2,
    )

    assert [status for status, _path in answers] == [303, 303]
    assert answers[0][1] != answers[1][1]


def test_page_that_notes_its_reader_is_shown_though_somebody_wrote_meanwhile(crowd):
    """What was read is noted in the transaction that read it: late, on SQLite."""
    example = factories.make_example(author=session.get(Account, crowd.ids[0]))
    told = Notification(
        account_id=crowd.ids[0],
        event=Occasion.ANSWER,
        dedupe_key=secrets.token_hex(8),
        subject=f"examples:{example.id}",
        title="Neu",
        url="/",
    )
    number = factories.save(told).id
    engine, overtaken = crowd.app.extensions["engine"], []

    def overtake(_conn, _cursor, statement, *_rest):
        if "notifications.subject = " in statement and not overtaken:
            overtaken.append(statement)
            with engine.begin() as other:
                other.execute(update(Account).values(name=Account.name + "!"))

    client = crowd.app.test_client()
    client.set_cookie("sid", crowd.tokens[0])
    event.listen(engine, "after_cursor_execute", overtake)
    try:
        answer = client.get(f"/werkzeugkiste/beitragen/{example.id}")
    finally:
        event.remove(engine, "after_cursor_execute", overtake)

    session.rollback()
    session.expire_all()
    assert overtaken
    assert answer.status_code == 200
    assert session.get(Notification, number).read_at is not None


def test_answers_at_once_get_numbers_without_gap_or_twin(crowd):
    thread = factories.make_thread()

    answers = crowd.at_once(
        lambda number: crowd.post(
            number, f"/diskussionen/{thread.id}/antworten", body=f"Antwort {number}"
        )
    )

    numbers = session.scalars(select(Post.number).where(Post.thread_id == thread.id))
    assert {status for status, _path in answers} == {303}
    assert sorted(numbers) == list(range(1, MANY + 2))
    assert session.get(Thread, thread.id).post_count == MANY + 1


def test_of_savers_at_once_one_wins_and_the_others_are_told(crowd):
    thread = factories.make_thread(author=crowd.people[0])
    version = str(thread.version)

    answers = crowd.at_once(
        lambda number: crowd.post(
            0,
            f"/diskussionen/{thread.id}/bearbeiten",
            title=f"Neuer Titel {number}",
            version=version,
        ),
        4,
    )

    assert Counter(status for status, _path in answers) == {303: 1, 409: 3}


def test_groups_of_the_same_name_at_once_get_addresses_of_their_own(crowd):
    name = f"Gleicher Name {secrets.token_hex(4)}"

    answers = crowd.at_once(
        lambda number: crowd.post(
            number,
            "/gruppen/neu",
            name=name,
            purpose="Ein Zweck",
            audience="members",
            admission="open",
            kind="exchange",
            state_code="",
            programme_key="",
        ),
        4,
    )

    assert [status for status, _path in answers] == [303] * 4
    assert len({path for _status, path in answers}) == 4


def test_joining_by_many_clicks_is_joining_once(crowd):
    group = factories.make_group(managers=(crowd.people[1],))

    answers = crowd.at_once(lambda _number: crowd.post(0, f"/gruppen/{group.slug}/beitreten"))

    mine = Membership.group_id == group.id, Membership.account_id == crowd.ids[0]
    assert {status for status, _path in answers} == {303}
    assert session.scalar(select(func.count(Membership.id)).where(*mine)) == 1


def test_two_managers_who_leave_at_once_leave_one_behind(crowd):
    group = factories.make_group(managers=tuple(crowd.people[:2]))

    answers = crowd.at_once(
        lambda number: crowd.post(number, f"/gruppen/{group.slug}/austreten"), 2
    )

    left = select(Membership.role).join(Group).where(Group.id == group.id)
    assert sorted(status for status, _path in answers) == [303, 409]
    assert list(session.scalars(left)) == [GroupRole.MANAGER]


def test_link_lets_in_as_many_as_it_promises(crowd):
    group = factories.make_group(audience="hidden", managers=(crowd.people[7],))
    limits = Limits(
        rule=DoorRule.DOMAINS,
        max_uses=3,
        expires_at=now() + timedelta(days=7),
        domains=crowd.people[0].email.rpartition("@")[2],
    )
    secret = open_door(factories.actor(crowd.people[7]), group, limits).secret
    session.commit()

    answers = crowd.at_once(
        lambda number: crowd.post(number, f"/einladung/gruppe/{secret}/annehmen"), 7
    )

    assert Counter(status for status, _path in answers) == {303: 3, 409: 4}
    inside = select(func.count(Membership.id)).where(Membership.group_id == group.id)
    assert session.scalar(inside) == 4


def test_two_readers_who_submit_at_once_open_one_talk(crowd):
    example = factories.make_example(state=ExampleState.SUBMITTED, municipality=BRUCHSAL)
    review = factories.save(Review(example_id=example.id, stage=Stage.CRITERIA))
    office = factories.make_office("NW")
    seats = []
    for number in (0, 1):
        reader = session.get(Account, crowd.ids[number])
        factories.grant(reader, Role.COORDINATOR, office=office)
        seat = Reading(review_id=review.id, seat=number + 1, reader_id=reader.id)
        seats.append(factories.save(seat).id)
    values = {f"level_{number}": "2" for number in range(1, 13)}
    values |= {f"sentence_{number}": "Gut" for number in range(1, 13)}
    version = str(example.version)

    answers = crowd.at_once(
        lambda number: crowd.post(
            number,
            f"/arbeitskorb/lesungen/{seats[number]}",
            version=version,
            submit="1",
            **values,
        ),
        2,
    )

    assert [status for status, _path in answers] == [303, 303]
    assert session.get(Review, review.id).stage is Stage.TALK
    told = select(ExampleStep).where(
        ExampleStep.example_id == example.id, ExampleStep.action == "rated"
    )
    assert len(session.scalars(told).all()) == 1


def sent_version(crowd, path: str, number: int) -> tuple[int, str]:
    content = (io.BytesIO(f"Inhalt {number}".encode()), f"Fassung {number}.txt")
    return crowd.post(number, path, note=f"von {number}", upload=content)


def test_versions_of_a_file_at_once_get_numbers_of_their_own(crowd):
    group = factories.make_group(members=tuple(crowd.people))
    group_file = add_file(group, by=crowd.people[0])
    where = address(group_file)

    answers = crowd.at_once(lambda number: sent_version(crowd, f"{where}/neue-fassung", number))

    assert Counter(status for status, _path in answers) == {303: MANY}
    numbers = select(FileVersion.number).where(FileVersion.group_file_id == group_file.id)
    assert sorted(session.scalars(numbers)) == list(range(1, MANY + 2))
    session.refresh(group_file)
    assert group_file.number == MANY + 1


def test_uploads_at_once_do_not_overflow_the_space_of_a_group(crowd, monkeypatch):
    group = factories.make_group(members=tuple(crowd.people))
    group_file = add_file(group, data=b"x" * 10, by=crowd.people[0])
    where = address(group_file)
    small = dataclasses.replace(crowd.app.extensions["settings"], upload_group_bytes=35)
    monkeypatch.setitem(crowd.app.extensions, "settings", small)

    answers = crowd.at_once(lambda number: sent_version(crowd, f"{where}/neue-fassung", number))

    assert Counter(status for status, _path in answers) == {303: 3, 422: MANY - 3}
