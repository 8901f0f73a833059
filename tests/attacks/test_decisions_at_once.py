"""Two people decide, or one decides twice, at the same moment: one decision stands."""

from sqlalchemy import func, select

from inforo.authz import Role
from inforo.db import session
from inforo.discussions.models import Post
from inforo.groups.models import GroupRole, Membership
from inforo.handovers.models import Answer, Handover
from inforo.notifications.models import Notification
from inforo.offices import actions as offices
from inforo.offices.models import WorkKind
from inforo.reports.models import Report, ReportReason
from inforo.takeouts.models import Takeout
from tests import factories

ROUNDS = 6


def first_post(thread) -> Post:
    return session.scalars(select(Post).where(Post.thread_id == thread.id)).one()


def test_group_is_not_handed_over_by_an_offer_that_was_withdrawn(crowd):
    giver, taker = crowd.people[:2]
    said = ("withdraw", "accept")
    for _round in range(ROUNDS):
        group = factories.make_group(managers=(giver,), members=(taker,))
        offer = factories.save(
            Handover(group_id=group.id, from_id=giver.id, to_id=taker.id, stays=True)
        )
        path = f"/gruppen/uebergaben/{offer.id}"

        answers = crowd.at_once(
            lambda number, path=path: crowd.post(number, path, decision=said[number]), 2
        )

        role = session.scalar(
            select(Membership.role).where(
                Membership.group_id == group.id, Membership.account_id == taker.id
            )
        )
        is_led = role is GroupRole.MANAGER
        assert sorted(status for status, _path in answers) == [303, 404]
        assert (session.get(Handover, offer.id).answer is Answer.ACCEPTED) == is_led


def test_own_data_are_put_together_once_a_day(crowd):
    answers = crowd.at_once(lambda _number: crowd.post(0, "/konto/daten"))

    made = select(func.count(Takeout.id)).where(Takeout.account_id == crowd.ids[0])
    assert sorted(status for status, _path in answers) == [303] + [409] * 7
    assert session.scalar(made) == 1


def test_of_two_decisions_on_a_report_one_stands(crowd):
    for number in (0, 1):
        factories.grant(
            crowd.people[number], Role.COORDINATOR, office=factories.make_office("BW")
        )
    said = ("hide", "keep")
    for _round in range(ROUNDS):
        author = factories.make_account()
        post = first_post(factories.make_thread(author=author))
        report = factories.save(
            Report(
                post_id=post.id,
                reporter_id=crowd.ids[3],
                reason=ReportReason.OTHER,
                state_code="BW",
            )
        )
        path = f"/arbeitskorb/meldungen/{report.id}"
        offices.open_item(WorkKind.REPORT, report, title="Meldung", url=path)
        session.commit()

        answers = crowd.at_once(
            lambda number, path=path: crowd.post(
                number, path, decision=said[number], reason="Das ist unsere Begründung."
            ),
            2,
        )

        told = select(func.count(Notification.id)).where(Notification.account_id == author.id)
        assert sorted(status for status, _path in answers) == [303, 409]
        assert session.scalar(told) == 1
