"""Who may do what: the authorization matrix, cell by cell, by real requests.

A row names the resource and the action and holds one sign per role, in the order of ROLES:

    +  allowed                      -  allowed to look, but the secret is not on the page
    L  led to the sign-in page      3  refused, the thing is known
    4  as if it did not exist       .  has no meaning for this role

Two doors answer for whole areas, whatever lies behind them: people whose application is open
get 403 everywhere, and places of the staff are 404 for everybody else. So 403 of an
applicant counts as 4 (it does not depend on what exists), and 404 counts as 3.
Each refused write is followed by a look at the data: nothing has changed.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from inforo import clock, sessions
from inforo.accounts.models import Account
from inforo.adoptions.models import Adoption
from inforo.applications.models import Application, ApplicationState
from inforo.articles.models import Article
from inforo.authz import Role
from inforo.capturing.models import ExampleRelease
from inforo.confirmations.models import Confirmation
from inforo.conversations.models import Message, MessageReport
from inforo.db import session
from inforo.discussions.models import Post
from inforo.drafts.models import Draft
from inforo.events.models import Event
from inforo.groups.models import GroupRole, JoinRequest, Membership
from inforo.municipalities.models import Municipality
from inforo.notifications.models import Event as Occasion
from inforo.notifications.models import Notification
from inforo.offices import actions as offices
from inforo.offices.models import RoleAssignment, RoleProposal, WorkKind
from inforo.partnership.models import MunicipalityProfile
from inforo.reports.models import Report, ReportReason
from inforo.reviews.models import Agreement, Reading, Review, Stage
from inforo.sessions import LoginSession
from inforo.toolbox.example_parts import ExampleAuthor, ExampleCapture
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from inforo.vocabularies.models import Term
from tests import factories
from tests.adoptions.making import make_adoption
from tests.articles.making import make_article
from tests.browser import Browser
from tests.conversations.making import first_message, make_conversation
from tests.conversations.making import report as report_message
from tests.events.making import make_event
from tests.reference import BRUCHSAL, KARLSRUHE_KREIS, MANNHEIM

ROLES = ("AN", "PE", "ME", "MX", "GM", "GL", "PR", "KA", "KB", "RE", "AD")


@dataclass(frozen=True)
class Row:
    """One line of the matrix. `address` and `data` are filled with the world."""

    about: str
    signs: str
    address: str
    data: dict[str, Any] = field(default_factory=dict)
    secret: str = ""
    probe: Callable[[SimpleNamespace], Any] | None = None

    def sign(self, role: str) -> str:
        return self.signs.split()[ROLES.index(role)]

    @property
    def is_write(self) -> bool:
        return self.probe is not None


def value(attribute: Any, name: str) -> Callable[[SimpleNamespace], Any]:
    """Return a look at one column of a thing of the world."""

    def look(world: SimpleNamespace) -> Any:
        key = getattr(world, name)
        return session.scalar(select(attribute).where(attribute.class_.id == key))

    return look


def count(model: Any) -> Callable[[SimpleNamespace], Any]:
    return lambda _world: session.scalar(select(func.count()).select_from(model))


READS = [
    #                                                  AN PE ME MX GM GL PR KA KB RE AD
    Row("M01 start page", "                            +  +  +  +  +  +  +  +  +  +  +", "/"),
    Row("M01 published example", "                     +  +  +  +  +  +  +  +  +  +  +",
        "/werkzeugkiste/beispiele/{example}"),
    Row("M02 own application", "                       L  +  .  .  .  .  .  .  .  .  .",
        "/konto/antrag"),
    Row("M03 application of Land A", "                 L  4  4  4  4  4  4  +  4  4  +",
        "/arbeitskorb/anmeldungen/{application}"),
    Row("M05 directory of members", "                  L  3  +  +  +  +  +  +  +  +  +",
        "/personen/"),
    Row("M06 hidden fields of a person", "             L  3  -  -  -  -  -  -  -  -  -",
        "/personen/{olga}", secret="olga@geheim.example"),
    Row("M11 published profile", "                     +  +  +  +  +  +  +  +  +  +  +",
        "/kommunen/{a1}"),
    Row("M12 draft of a profile", "                    L  4  4  4  4  4  +  +  4  4  +",
        "/kommunen/{a1}/entwurf"),
    Row("M13 profile of A1, edit", "                   L  3  3  3  3  3  +  +  3  3  +",
        "/kommunen/{a1}/bearbeiten"),
    Row("M14 profile of A2, edit", "                   L  3  3  3  3  3  3  +  3  3  +",
        "/kommunen/{a2}/bearbeiten"),
    Row("M15 public discussion", "                     +  +  +  +  +  +  +  +  +  +  +",
        "/diskussionen/{public_thread}"),
    Row("M15 discussion for members", "                4  3  +  +  +  +  +  +  +  +  +",
        "/diskussionen/{thread}"),
    Row("M17 name of a closed group", "                -  -  +  +  +  +  +  +  +  +  +",
        "/gruppen/", secret="Vertrauter Kreis"),
    Row("M18 hidden group", "                          4  4  4  4  +  +  4  +  4  4  +",
        "/gruppen/{hidden}"),
    Row("M19 discussion of a closed group", "          4  4  4  4  +  +  4  4  4  4  4",
        "/diskussionen/{closed_thread}"),
    Row("M19 post of a closed group", "                4  4  4  4  +  +  4  4  4  4  4",
        "/beitraege/{closed_post}"),
    Row("M22 settings of a closed group", "            L  4  3  3  3  +  3  +  3  3  +",
        "/gruppen/{closed}/bearbeiten"),
    Row("M26 reported post of a closed group", "       L  4  4  4  4  .  4  +  4  4  +",
        "/arbeitskorb/meldungen/{report}"),
    Row("M28 draft of an example", "                   L  4  4  4  4  4  4  4  4  4  +",
        "/werkzeugkiste/beitragen/{draft}"),
    Row("M29 submitted example, review", "             L  4  4  4  4  4  4  +  4  +  +",
        "/arbeitskorb/beispiele/{submitted}"),
    Row("M29 submitted example, page", "               4  4  4  4  4  4  4  +  4  +  +",
        "/werkzeugkiste/beispiele/{submitted}"),
    Row("M32 history of an example", "                 L  4  4  4  4  4  4  +  4  +  +",
        "/werkzeugkiste/beispiele/{submitted}/verlauf"),
    Row("M28 draft written together", "                L  4  +  4  4  4  4  4  4  4  +",
        "/werkzeugkiste/beitragen/{shared}"),
    Row("M28 who writes a draft together", "           L  4  +  4  4  4  4  4  4  4  4",
        "/werkzeugkiste/beitragen/{shared}/mitschreibende"),
    Row("M28 draft from a conversation", "             L  4  4  4  4  4  4  4  4  4  +",
        "/werkzeugkiste/beitragen/{captured}"),
    Row("M28 conversation of a colleague", "           L  4  4  4  4  4  4  4  4  4  4",
        "/arbeitskorb/erfassen/{captured}"),
    Row("M30 propose an example for Good Practice", "  L  4  4  4  4  4  4  4  4  4  4",
        "/werkzeugkiste/beitragen/{example}/good-practice"),
    Row("M29 text to be released", "                   L  4  +  4  4  4  4  4  4  4  4",
        "/werkzeugkiste/beitragen/{shared}/freigabe"),
    Row("M31 seat of a reader of Land A", "            L  4  4  4  4  4  4  +  4  +  +",
        "/arbeitskorb/lesungen/{seat}"),
    Row("M31 ratings side by side", "                  L  4  4  4  4  4  4  +  4  +  +",
        "/arbeitskorb/beispiele/{talked}/gespraech"),
    Row("M32 whether an example is confirmed", "       L  4  4  4  4  4  4  +  4  +  +",
        "/arbeitskorb/bestaetigungen/{example}"),
    Row("M33 conversation of others", "                L  4  4  4  4  4  4  4  4  4  4",
        "/nachrichten/{conversation}"),
    Row("M33 numbers of a conversation of others", "   L  4  4  4  4  4  4  4  4  4  4",
        "/nachrichten/{conversation}/neues"),
    Row("M34 reported private message", "              L  4  4  4  4  4  4  4  4  4  +",
        "/arbeitskorb/nachrichten/{message_report}"),
    Row("M35 notification of somebody else", "         L  4  4  4  4  4  4  4  4  4  4",
        "/konto/benachrichtigungen/{notification}"),
    Row("M35 draft of somebody else", "                L  4  4  4  4  4  4  4  4  4  4",
        "/konto/entwuerfe/{kept}/verwerfen"),
    Row("M30 contact of an adoption", "                -  -  +  +  +  +  +  +  +  +  +",
        "/werkzeugkiste/beispiele/{example}/uebernahmen", secret="Adoptionskontakt"),
    Row("M30 sheet of what came of an example", "      L  4  4  4  4  4  4  +  4  +  +",
        "/werkzeugkiste/beispiele/{example}/wirkung"),
    Row("M37 event for everybody", "                   +  +  +  +  +  +  +  +  +  +  +",
        "/termine/{event}"),
    Row("M37 calendar file of an event for members", " 4  4  +  +  +  +  +  +  +  +  +",
        "/termine/{members_event}.ics"),
    Row("M37 event for members", "                     4  4  +  +  +  +  +  +  +  +  +",
        "/termine/{members_event}"),
    Row("M37 event that waits in Land A", "            4  4  4  4  4  4  4  +  4  +  +",
        "/termine/{waiting_event}"),
    Row("M37 history of an event", "                   L  4  4  4  4  4  4  +  4  +  +",
        "/termine/{waiting_event}/verlauf"),
    Row("M37 draft of an event", "                     4  4  4  4  4  4  4  4  4  4  4",
        "/termine/{draft_event}"),
    Row("M37 article that waits in Land A", "          4  4  4  4  4  4  4  +  4  +  +",
        "/meldungen/{waiting_article}"),
    Row("M42 log of decisions", "                      L  3  3  3  3  3  3  +  +  +  +",
        "/arbeitskorb/protokoll"),
    Row("M42 log of decisions of Land A", "            L  3  3  3  3  3  3  +  -  -  +",
        "/arbeitskorb/protokoll", secret="Protokollierter Vorgang"),
]  # fmt: skip
WRITES = [
    #                                                  AN PE ME MX GM GL PR KA KB RE AD
    Row("M37 publish an event of Land A", "            L  4  4  4  4  4  4  +  4  +  +",
        "/termine/{waiting_event}/veroeffentlichen", probe=value(Event.state, "waiting_event")),
    Row("M37 give an article of Land A back", "        L  4  4  4  4  4  4  +  4  +  +",
        "/meldungen/{waiting_article}/zurueckgeben", {"return-reason": "Zu lang"},
        probe=value(Article.state, "waiting_article")),
    Row("M37 delete a draft of an event", "            L  4  4  4  4  4  4  4  4  4  4",
        "/termine/{draft_event}/loeschen", probe=value(Event.state, "draft_event")),
    Row("M04 approve an application of Land A", "      L  4  4  4  4  4  4  +  4  4  +",
        "/arbeitskorb/anmeldungen/{application}/freigeben",
        probe=value(Application.state, "application")),
    Row("M04 decline an application of Land A", "      L  4  4  4  4  4  4  +  4  4  +",
        "/arbeitskorb/anmeldungen/{application}/ablehnen", {"decline-reason": "Doppelt"},
        probe=value(Application.state, "application")),
    Row("M08 suspend a member of Land A", "            L  3  3  3  3  3  3  +  3  3  +",
        "/personen/{olga}/sperren", {"suspend-reason": "Missbrauch"},
        probe=value(Account.suspended_at, "olga")),
    Row("M09 give the profile editor of A1", "         L  3  3  3  3  3  3  +  x  3  +",
        "/arbeitskorb/rollen/neu",
        {"email": "olga@geheim.example", "role": "profile_editor", "municipality": MANNHEIM},
        probe=count(RoleAssignment)),
    Row("M10 propose a coordinator", "                 L  3  3  3  3  3  3  x  x  3  +",
        "/arbeitskorb/rollen/neu",
        {"email": "olga@geheim.example", "role": "coordinator", "office": "{office}"},
        probe=count(RoleProposal)),
    Row("M13 save the profile of A1", "                L  3  3  3  3  3  .  .  3  3  .",
        "/kommunen/{a1}/bearbeiten", {"portrait": "Neu", "version": "1"},
        probe=lambda world: session.get(MunicipalityProfile, world.a1).portrait),
    Row("M16 answer an open discussion", "             L  3  +  +  +  +  +  +  +  +  +",
        "/diskussionen/{thread}/antworten", {"body": "Eine Antwort"}, probe=count(Post)),
    Row("M20 ask to join a closed group", "            L  3  +  +  .  .  +  +  +  +  +",
        "/gruppen/{closed}/anfragen", {"message": "Bitte"}, probe=count(JoinRequest)),
    Row("M21 decide a request", "                      L  4  3  3  3  +  3  +  3  3  +",
        "/gruppen/{closed}/anfragen/{request}", {"decision": "accept"},
        probe=count(Membership)),
    Row("M23 answer in a closed group", "              L  4  4  4  +  +  4  4  4  4  4",
        "/diskussionen/{closed_thread}/antworten", {"body": "Eine Antwort"},
        probe=count(Post)),
    Row("M33 answer in a conversation of others", "    L  4  4  4  4  4  4  4  4  4  4",
        "/nachrichten/{conversation}/antworten", {"body": "Eine Antwort"},
        probe=count(Message)),
    Row("M34 decide on a reported message", "          L  4  4  4  4  4  4  4  4  4  +",
        "/arbeitskorb/nachrichten/{message_report}",
        {"reason": "Beleidigend", "decision": "hide"},
        probe=value(MessageReport.decided_at, "message_report")),
    Row("M24 edit somebody else's post", "             L  3  3  3  3  3  3  3  3  3  3",
        "/beitraege/{post}/bearbeiten", {"body": "Geändert", "version": "1"},
        probe=value(Post.body, "post")),
    Row("M24 delete somebody else's post", "           L  3  3  3  3  3  3  3  3  3  3",
        "/beitraege/{post}/loeschen", probe=value(Post.deleted_at, "post")),
    Row("M25 hide somebody else's post", "             L  3  3  3  3  3  3  +  3  3  +",
        "/beitraege/{post}/verbergen", {"reason": "Werbung"},
        probe=value(Post.hidden_at, "post")),
    Row("M28 change the draft of an example", "        L  4  4  4  4  4  4  4  4  4  .",
        "/werkzeugkiste/beitragen/{draft}/grunddaten", {"title": "Neu", "version": "1"},
        probe=value(Example.title, "draft")),
    Row("M28 change a draft from a conversation", "    L  4  4  4  4  4  4  4  4  4  .",
        "/werkzeugkiste/beitragen/{captured}/grunddaten", {"title": "Neu", "version": "1"},
        probe=value(Example.title, "captured")),
    Row("M28 send a text from a conversation", "       L  4  4  4  4  4  4  4  4  4  4",
        "/arbeitskorb/erfassen/{captured}/senden",
        {"name": "Ida", "email": "ida@stadt.example"}, probe=count(ExampleRelease)),
    Row("M29 take the seat of a reader", "             L  4  4  4  4  4  4  +  4  +  +",
        "/arbeitskorb/lesungen/{seat}/uebernehmen", probe=value(Reading.reader_id, "seat")),
    Row("M29 write down the agreement of others", "    L  4  4  4  4  4  4  3  4  3  3",
        "/arbeitskorb/beispiele/{talked}/gespraech", {"note": "Neu"},
        probe=count(Agreement)),
    Row("M30 confirm an example after a call", "       L  4  4  4  4  4  4  +  4  +  +",
        "/arbeitskorb/bestaetigungen/{example}/bestaetigt", {"call-note": "Frau Imhof"},
        probe=count(Confirmation)),
    Row("M29 return a submitted example", "            L  4  4  4  4  4  4  +  4  +  +",
        "/arbeitskorb/beispiele/{submitted}/zurueckgeben",
        {"reason": "Zu kurz", "version": "{version}"},
        probe=value(Example.state, "submitted")),
    Row("M30 correct an adoption of Land A", "         L  3  3  3  3  3  3  +  3  3  +",
        "/uebernahmen/{adoption}/bearbeiten",
        {"stage": "pilot", "since": "2026-01-01", "reason": "Irrtum", "version": "1"},
        probe=value(Adoption.stage, "adoption")),
    Row("M30 remove an adoption of Land A", "          L  3  3  3  3  3  3  +  3  3  +",
        "/uebernahmen/{adoption}/loeschen", {"remove-reason": "Missbrauch"},
        probe=count(Adoption)),
    Row("M30 adopt for the own municipality", "        L  3  +  +  +  +  +  +  +  3  3",
        "/werkzeugkiste/beispiele/{example}/uebernehmen",
        {"stage": "pilot", "since": "2026-01-01"}, probe=count(Adoption)),
    Row("M30 publish an example", "                    L  3  3  3  3  3  3  +  3  +  +",
        "/arbeitskorb/beispiele/{submitted}/veroeffentlichen", {"version": "{version}"},
        probe=value(Example.state, "submitted")),
]  # fmt: skip


@pytest.fixture
def world() -> SimpleNamespace:
    """Make one of each thing of Land A; numbers and slugs, as addresses need them."""
    olga = factories.make_account("Olga", municipality=BRUCHSAL, email="olga@geheim.example")
    member, leader = factories.make_account("Gerd"), factories.make_account("Gisela")
    closed = factories.make_group(
        "Vertrauter Kreis",
        audience="closed",
        admission="request",
        managers=(olga, leader),
        members=(member,),
    )
    hidden = factories.make_group(
        "Stiller Kreis", audience="hidden", managers=(olga, leader), members=(member,)
    )
    meeting = factories.make_group("Offener Kreis", managers=(olga,))
    public = factories.make_group("Marktplatz", audience="public", managers=(olga,))
    closed_thread = factories.make_thread(group=closed, author=olga)
    thread = factories.make_thread(group=meeting, author=olga)
    people = {
        "PE": factories.make_applicant(municipality=MANNHEIM),
        "ME": factories.make_anna(),
        "MX": factories.make_bernd(),
        "GM": member,
        "GL": leader,
        "PR": factories.make_profile_editor(MANNHEIM),
        "KA": factories.make_clara(),
        "KB": factories.make_doris(),
        "RE": factories.make_emil(),
        "AD": factories.make_frieda(),
    }
    factories.grant(factories.make_account("Ferdinand"), Role.ADMIN)
    posts = {post.thread_id: post.id for post in session.scalars(select(Post))}
    made = SimpleNamespace(
        people=people,
        olga=olga.id,
        a1=MANNHEIM,
        a2=BRUCHSAL,
        office=factories.make_office("BW").id,
        closed=closed.slug,
        hidden=hidden.slug,
        thread=thread.id,
        post=posts[thread.id],
        public_thread=factories.make_thread(group=public, author=olga).id,
        closed_thread=closed_thread.id,
        closed_post=posts[closed_thread.id],
        report=make_report(posts[closed_thread.id], olga),
        request=ask_to_join(closed),
        application=make_application("Konrad"),
        notification=make_notification(olga),
        kept=make_kept(olga),
        **make_examples(olga),
        **make_passages(olga, people["ME"]),
        **make_news(),
        **make_messages(olga),
    )
    make_application("Petra", people["PE"])
    session.add(MunicipalityProfile(ags=MANNHEIM, portrait="Ein Entwurf"))
    session.commit()
    return made


def make_messages(olga) -> dict[str, int]:
    """Let Olga write to Otto, who reports it."""
    otto = factories.make_account("Otto")
    made = make_conversation(olga, otto)
    reported = report_message(otto, first_message(made))
    return {"conversation": made.id, "message_report": reported.id}


def make_examples(olga) -> dict[str, int]:
    states = {
        "example": ExampleState.PUBLISHED,
        "draft": ExampleState.DRAFT,
        "submitted": ExampleState.SUBMITTED,
    }
    made = {
        name: factories.make_example(author=olga, municipality=BRUCHSAL, state=state)
        for name, state in states.items()
    }
    item = offices.open_item(
        WorkKind.EXAMPLE,
        made["submitted"],
        title="Protokollierter Vorgang",
        url=f"/arbeitskorb/beispiele/{made['submitted'].id}",
        author_id=olga.id,
    )
    made["submitted"].terms = [
        session.scalar(select(Term).where(Term.vocabulary == vocabulary).limit(1))
        for vocabulary in ("age_phase", "field_of_action")
    ]
    session.commit()
    offices.add_note(factories.actor(olga), item, "Eine Notiz")
    adoption = make_adoption(
        made["example"], KARLSRUHE_KREIS, author=olga, contact_name="Adoptionskontakt"
    )
    return {name: example.id for name, example in made.items()} | {
        "adoption": adoption.id,
        "version": made["submitted"].version,
    }


def make_news() -> dict[str, int]:
    """Make events and articles of Land A, by people who work in Bruchsal."""
    events = {
        "event": make_event(),
        "members_event": make_event(audience="members"),
        "waiting_event": make_event(state="submitted"),
        "draft_event": make_event(state="draft"),
    }
    made = {name: event.id for name, event in events.items()}
    return made | {"waiting_article": make_article(state="submitted").id}


def make_passages(olga, anna) -> dict[str, int]:
    """Make what is between a draft and its page: written together, told, read, agreed on."""
    carla = factories.make_coordinator("BW", "Carla")
    drafts = {
        name: factories.make_example(
            name, author=author, municipality=BRUCHSAL, state=ExampleState.DRAFT
        )
        for name, author in (("shared", olga), ("captured", olga))
    }
    told = ExampleCapture(account_id=carla.id, name="Ida", email="ida@stadt.example")
    drafts["captured"].author_id, drafts["captured"].capture = None, told
    factories.save(ExampleAuthor(example_id=drafts["shared"].id, account_id=anna.id))
    seats = {
        stage: make_seats(olga, stage, (carla, factories.make_coordinator("NW", "Nora")))
        for stage in (Stage.CRITERIA, Stage.TALK)
    }
    return {name: draft.id for name, draft in drafts.items()} | {
        "seat": seats[Stage.CRITERIA].id,
        "talked": seats[Stage.TALK].review.example_id,
    }


def make_seats(olga, stage: Stage, readers: Any) -> Reading:
    """Make an example with two seats: free, or of readers who have handed in."""
    example = factories.make_example(
        author=olga, municipality=BRUCHSAL, state=ExampleState.SUBMITTED
    )
    review = factories.save(Review(example_id=example.id, stage=stage))
    is_rated = stage is Stage.TALK
    for seat, reader in enumerate(readers, 1):
        made = Reading(review_id=review.id, seat=seat, office_id=None)
        if is_rated:
            made.reader_id, made.submitted_at = reader.id, clock.now()
        factories.save(made)
    return session.scalars(
        select(Reading).where(Reading.review_id == review.id, Reading.seat == 1)
    ).one()


def make_application(name: str, account: Any = None) -> int:
    account = account or factories.make_account(name, approved_at=None)
    made = factories.save(
        Application(
            account=account,
            state=ApplicationState.OPEN,
            reason="Ich möchte mitreden",
            state_code="BW",
            confirmed_at=clock.now(),
        )
    )
    url = f"/arbeitskorb/anmeldungen/{made.id}"
    offices.open_item(WorkKind.APPLICATION, made, title=name, url=url, author_id=account.id)
    return made.id


def make_report(post_id: int, reporter: Any) -> int:
    made = factories.save(
        Report(post_id=post_id, reporter=reporter, reason=ReportReason.OTHER, state_code="BW")
    )
    url = f"/arbeitskorb/meldungen/{made.id}"
    offices.open_item(WorkKind.REPORT, made, title="Meldung", url=url)
    return made.id


def ask_to_join(group: Any) -> int:
    asks = JoinRequest(group_id=group.id, account_id=factories.make_account("Ilse").id)
    return factories.save(asks).id


def make_notification(account: Any) -> int:
    told = Notification(
        account_id=account.id, event=Occasion.ANSWER, dedupe_key="m35", title="Neu", url="/"
    )
    return factories.save(told).id


def make_kept(account: Any) -> int:
    kept = Draft(account_id=account.id, target="m35", writer="m35", path="/")
    return factories.save(kept).id


def sign_in(browser: Browser, account: Any) -> None:
    """Give the browser a session without the way through the page: there are many to make."""
    token = secrets.token_urlsafe(16)
    data = {"_user_id": str(account.id), "_fresh": True}
    row = LoginSession(id_hash=sessions.digest(token), account_id=account.id, data=data)
    factories.save(row)
    browser.client.set_cookie("sid", token)


def ask(app, world, role: str, row: Row) -> Any:
    """Send the request of a row as one role, in a browser of its own."""
    browser = Browser(app)
    if role != "AN":
        sign_in(browser, world.people[role])
    names = vars(world)
    address = row.address.format_map(names)
    if not row.is_write:
        return browser.client.get(address, follow_redirects=role != "AN")
    data = {key: str(given).format_map(names) for key, given in row.data.items()}
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        return browser.client.post(address, data=data)
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


def verdict(row: Row, role: str, response: Any) -> bool:
    """Tell whether the answer is what the matrix says."""
    sign, status = row.sign(role), response.status_code
    signs_in = status == 302 and "/konto/anmelden" in response.location
    if sign == "L":
        return signs_in
    if sign == "4":
        hidden = status == 404 or (role == "AN" and signs_in)
        return hidden or (role == "PE" and status == 403)
    if sign == "3":
        return status in (403, 404)
    if sign == "x":
        return status in (403, 404, 422)
    if row.is_write:
        return status in (302, 303) and not signs_in
    shown = row.secret in response.text
    moved = role == "AN" and status in (301, 308)
    return (status == 200 or moved) and (not row.secret or shown == (sign == "+"))


@pytest.mark.parametrize("row", READS, ids=lambda row: row.about)
def test_reading(app, world, row):
    asked = {role: ask(app, world, role, row) for role in ROLES if row.sign(role) != "."}

    wrong = {
        role: (row.sign(role), answer.status_code)
        for role, answer in asked.items()
        if not verdict(row, role, answer)
    }
    assert wrong == {}


@pytest.mark.parametrize("row", WRITES, ids=lambda row: row.about)
def test_refused_writing_changes_nothing(app, world, row):
    before, wrong = row.probe(world), {}
    for role in ROLES:
        if row.sign(role) in ".+":
            continue
        answer = ask(app, world, role, row)
        session.expire_all()
        if not verdict(row, role, answer) or row.probe(world) != before:
            wrong[role] = (row.sign(role), answer.status_code)

    assert wrong == {}


ALLOWED = [(row, role) for row in WRITES for role in ROLES if row.sign(role) == "+"]


@pytest.mark.parametrize(
    ("row", "role"), ALLOWED, ids=[f"{row.about} {role}" for row, role in ALLOWED]
)
def test_allowed_writing_works(app, world, row, role):
    before = row.probe(world)

    answer = ask(app, world, role, row)

    assert verdict(row, role, answer), answer.status_code
    session.expire_all()
    assert row.probe(world) != before


def test_every_row_has_a_sign_for_every_role():
    for row in READS + WRITES:
        assert len(row.signs.split()) == len(ROLES), row.about


def test_group_role_is_what_the_row_says(world):
    roles = select(Membership.role).where(Membership.account_id == world.people["GL"].id)
    assert set(session.scalars(roles)) == {GroupRole.MANAGER}
    assert session.get(Municipality, world.a1).state_code == "BW"
