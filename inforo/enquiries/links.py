"""The signed address that lets a municipality answer without signing in.

It names one invitation and the number of its link, nothing else; it opens nothing but the
answer of that municipality, as long as the enquiry runs and who got it may answer there.
"""

from itsdangerous import BadSignature, URLSafeSerializer

from inforo.config import settings
from inforo.enquiries import queries
from inforo.enquiries.models import EnquiryInvitation
from inforo.enquiries.policy import works_for
from inforo.errors import NotFound
from inforo.people.queries import actor_of


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt="enquiry-answer")


def token_of(invitation: EnquiryInvitation) -> str:
    return str(signer().dumps([invitation.id, invitation.link_number]))


def get_by_token(token: str) -> EnquiryInvitation:
    """Return the invitation of a link that counts, or raise NotFound."""
    try:
        invitation_id, number = (int(part) for part in signer().loads(token))
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    invitation = queries.find_invitation(invitation_id)
    if invitation is None or invitation.link_number != number or not stands(invitation):
        raise NotFound
    return invitation


def stands(invitation: EnquiryInvitation) -> bool:
    """Tell whether who got the link could still answer signed in."""
    if invitation.account is None:
        return True
    who = actor_of(invitation.account)
    return works_for(who, invitation.ags) and not who.is_silenced
