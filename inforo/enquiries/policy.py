"""Who asks, who lets it go out, who answers, and who reads the result.

Members who work for a municipality ask in its name, and the office of their Land approves.
Staff ask directly as far as their Länder reach. Municipalities that were asked see the
enquiry and their own answer; anybody who works there may answer for it.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from inforo.authz import Actor, coordinates_sql
from inforo.clock import today
from inforo.enquiries.models import Enquiry, EnquiryAnswer, EnquiryInvitation
from inforo.enquiries.states import Audience, Stage


def may_create(actor: Actor, _: object = None) -> bool:
    return actor.is_member and (actor.municipality_ags is not None or actor.is_staff)


def is_author(actor: Actor, enquiry: Enquiry) -> bool:
    return actor.is_member and actor.is_me(enquiry.author_id)


def oversees(actor: Actor, enquiry: Enquiry) -> bool:
    """The office of its Land or the one it was handed to, and admins, once it is handed in."""
    is_ours = actor.moderates(enquiry) or enquiry.office_id in actor.office_ids
    return enquiry.submitted_at is not None and actor.is_member and is_ours


def overseen_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `oversees`, for SELECTs."""
    ours = or_(
        true() if actor.is_admin else coordinates_sql(actor, Enquiry.state_code),
        Enquiry.office_id.in_(actor.office_ids),
    )
    return and_(Enquiry.submitted_at.is_not(None), ours)


def works_for(actor: Actor, ags: str) -> bool:
    """Tell whether somebody answers for a municipality: who works there or keeps its page."""
    return actor.is_member and ags in places_of(actor)


def places_of(actor: Actor) -> frozenset[str]:
    own = {actor.municipality_ags} if actor.municipality_ags else set()
    return actor.edited_municipalities | own


def is_open_to_members(enquiry: Enquiry) -> bool:
    is_out = enquiry.approved_at is not None and enquiry.withdrawn_at is None
    return is_out and enquiry.audience is Audience.MEMBERS


def may_view(actor: Actor, enquiry: Enquiry, *, is_asked: bool) -> bool:
    """`is_asked`: the enquiry went to a municipality the person works for."""
    if is_author(actor, enquiry) or oversees(actor, enquiry):
        return True
    return actor.is_member and (is_asked or is_open_to_members(enquiry))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs. A test keeps the two equal."""
    if not actor.is_member:
        return false()
    return or_(
        Enquiry.author_id == actor.account_id,
        overseen_by(actor),
        asked(actor),
        and_(
            Enquiry.approved_at.is_not(None),
            Enquiry.withdrawn_at.is_(None),
            Enquiry.audience == Audience.MEMBERS,
        ),
    )


def asked(actor: Actor) -> ColumnElement[bool]:
    """The enquiry went to a municipality the person works for."""
    places = places_of(actor)
    if not places:
        return false()
    invited: Any = select(EnquiryInvitation.id).where(
        EnquiryInvitation.enquiry_id == Enquiry.id, EnquiryInvitation.ags.in_(places)
    )
    return and_(true(), invited.exists())


def may_edit(actor: Actor, enquiry: Enquiry) -> bool:
    return is_author(actor, enquiry) and enquiry.is_unsent


def may_discard(actor: Actor, enquiry: Enquiry) -> bool:
    """Who wrote it forgets it as long as it has not gone out."""
    return is_author(actor, enquiry) and enquiry.approved_at is None


def may_send_directly(actor: Actor, enquiry: Enquiry) -> bool:
    """Staff need no approval for what stays within the reach of their office."""
    if actor.is_admin or actor.is_editor:
        return True
    wanted = frozenset(enquiry.target.get("states", ()))
    return bool(wanted) and wanted <= actor.coordinated_states


def may_decide(actor: Actor, enquiry: Enquiry) -> bool:
    """Approve or give back: the office or an admin, never who asks."""
    is_other = not actor.is_me(enquiry.author_id)
    return enquiry.stage is Stage.WAITING and is_other and oversees(actor, enquiry)


def may_steer(actor: Actor, enquiry: Enquiry) -> bool:
    """Extend, end early, withdraw: who asks, and the office, as long as it runs."""
    return enquiry.is_running and (is_author(actor, enquiry) or oversees(actor, enquiry))


def may_extend(actor: Actor, enquiry: Enquiry) -> bool:
    return may_steer(actor, enquiry) and enquiry.extended_at is None


def may_see_sending(actor: Actor, enquiry: Enquiry) -> bool:
    """See which municipality got it, or why not."""
    is_out = enquiry.approved_at is not None
    return is_out and (is_author(actor, enquiry) or oversees(actor, enquiry))


def may_archive(actor: Actor, enquiry: Enquiry) -> bool:
    is_done = enquiry.stage in {Stage.ENDED, Stage.WITHDRAWN}
    return is_author(actor, enquiry) and is_done


def may_answer(actor: Actor, invitation: EnquiryInvitation) -> bool:
    return invitation.enquiry.is_running and works_for(actor, invitation.ags)


def may_read_result(actor: Actor, enquiry: Enquiry, *, has_answered: bool) -> bool:
    """Asker, office, and as chosen the municipalities that answered or all members."""
    if enquiry.stage is not Stage.ENDED:
        return False
    if is_author(actor, enquiry) or oversees(actor, enquiry):
        return True
    return actor.is_member and (has_answered or enquiry.audience is Audience.MEMBERS)


def result_readable_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_read_result`, for SELECTs. A test keeps the two equal."""
    if not actor.is_member:
        return false()
    answered: Any = (
        select(EnquiryAnswer.invitation_id)
        .join(EnquiryInvitation, EnquiryInvitation.id == EnquiryAnswer.invitation_id)
        .where(
            EnquiryAnswer.enquiry_id == Enquiry.id,
            EnquiryAnswer.submitted_at.is_not(None),
            EnquiryInvitation.ags.in_(places_of(actor)),
        )
    )
    ended = and_(
        Enquiry.approved_at.is_not(None),
        Enquiry.withdrawn_at.is_(None),
        or_(Enquiry.closed_at.is_not(None), Enquiry.ends_on < today()),
    )
    return and_(
        ended,
        or_(
            Enquiry.author_id == actor.account_id,
            overseen_by(actor),
            Enquiry.audience == Audience.MEMBERS,
            answered.exists(),
        ),
    )
