"""Homes of groups: rules, questions, parts, a link, an offered management, an archived one."""

from datetime import timedelta

from inforo import clock, sessions, text
from inforo.accounts.models import Account
from inforo.db import folded, session
from inforo.demo.source import Catalogue, ago
from inforo.doors.models import Door, DoorRule, secret_of
from inforo.groups.actions import shelter
from inforo.groups.member_queries import managers, members
from inforo.groups.models import Group, GroupKind, GroupRole, Membership
from inforo.handovers.models import Handover

RULES = """- Was hier erzählt wird, bleibt hier.
- Wir nennen keine Familien und keine Namen.
- Wer eine Frage stellt, schreibt später dazu, was daraus wurde.
"""
KINDS = (
    ("land-", GroupKind.NETWORK),
    ("intern-", GroupKind.WORKING),
    ("steuerungsgruppe-", GroupKind.WORKING),
    ("vorbereitung-", GroupKind.PROJECT),
)
QUESTIONS = {
    "familienhebammen": "In welcher Kommune begleiten Sie Familien?",
    "steuerungsgruppe-partnerprozess": "Für welches Land oder welche Kommune sprechen Sie?",
}
PARTS = (
    (
        "steuerungsgruppe-partnerprozess",
        "Redaktion Jahresbericht",
        "Wir schreiben den Bericht über das Jahr, bevor ihn alle sehen.",
    ),
    (
        "fruehe-hilfen",
        "Lotsendienste in Geburtskliniken",
        "Für alle, die in Kliniken lotsen oder es aufbauen.",
    ),
)


def load_homes(catalogue: Catalogue) -> None:
    for key, group in catalogue.groups.items():
        group.kind = next((kind for start, kind in KINDS if key.startswith(start)), group.kind)
        group.admission_question = QUESTIONS.get(key, "")
        if group.is_protected or key in QUESTIONS:
            group.rules, group.rules_html = RULES, text.render_markdown(RULES)
    for key, name, purpose in PARTS:
        load_part(catalogue.groups[key], name, purpose)
    board = catalogue.groups["steuerungsgruppe-partnerprozess"]
    load_door(board, managers(board)[0])
    load_offer(catalogue.groups["familienhebammen"])


def load_part(whole: Group, name: str, purpose: str) -> None:
    part = Group(
        slug=text.slug(name),
        name=name,
        name_key=folded(name),
        purpose=purpose,
        audience=whole.audience,
        admission=whole.admission,
        kind=GroupKind.WORKING,
        parent_id=whole.id,
        state_code=whole.state_code,
        programme_key=whole.programme_key,
        created_by_id=whole.created_by_id,
        created_at=ago(days=60),
    )
    shelter(part, whole)
    session.add(part)
    session.flush()
    for member in members(whole, size=5):
        role = GroupRole.MANAGER if member.leads else GroupRole.MEMBER
        session.add(Membership(group_id=part.id, account_id=member.id, role=role))


def load_door(group: Group, host: Account) -> None:
    """A link whose salt is its name: the demo is the same each time."""
    salt = f"demo-{group.slug}"
    session.add(
        Door(
            group_id=group.id,
            salt=salt,
            token_hash=sessions.digest(secret_of(salt)),
            rule=DoorRule.APPROVAL,
            note="Fachtag im November",
            max_uses=20,
            expires_at=clock.now() + timedelta(days=7),
            created_by_id=host.id,
        )
    )


def load_offer(group: Group) -> None:
    giver = managers(group)[0]
    taker = next(member for member in members(group, size=20) if not member.leads)
    session.add(
        Handover(
            group_id=group.id,
            from_id=giver.id,
            to_id=taker.id,
            stays=True,
            message="Ich wechsle im Frühjahr die Stelle. Leiten Sie die Runde mit mir?",
        )
    )
