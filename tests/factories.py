"""Objects for tests. Name what the test is about; the rest has sensible defaults.

People mean the same everywhere: Anna is a member in Land A (BW), Bernd in Land B (NW),
Clara coordinates Land A, Doris coordinates Land B, Emil edits nationally, Frieda is admin.
"""

from datetime import timedelta
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import select

from inforo import clock, passwords, text
from inforo.accounts.models import Account, Organisation, OrganisationKind
from inforo.authz import Actor, Role
from inforo.db import folded, session
from inforo.discussions.models import Post, Thread
from inforo.groups.models import Admission, Group, GroupAudience, GroupRole, Membership
from inforo.municipalities.models import Municipality
from inforo.offices.models import (
    CoordinationOffice,
    OfficeKind,
    OfficeState,
    RoleAssignment,
)
from inforo.people.queries import actor_of
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState, Tier
from inforo.toolbox.tool_models import Tool
from inforo.watching.models import Level, Watch
from tests.reference import MANNHEIM, MUENSTER

PASSWORD = "korrekt Pferd Batterie Klammer"
number = count(1)


@cache
def password_hash() -> str:
    return passwords.hash_password(PASSWORD)


def save(obj: Any) -> Any:
    session.add(obj)
    session.commit()
    return obj


def make_account(name: str = "Anna", *, municipality: str | None = MANNHEIM, **values) -> Any:
    """Make an approved member; `approved_at=None` makes an applicant."""
    place = session.get(Municipality, municipality) if municipality else None
    email = f"{text.slug(name)}{next(number)}@stadt.example"
    defaults = {
        "name": name,
        "email": email,
        "password_hash": password_hash(),
        "municipality": place,
        "state_code": place.state_code if place else None,
        "function": "Netzwerkkoordination",
        "terms_version": "2026-11",
        "terms_accepted_at": clock.now(),
        "email_confirmed_at": clock.now(),
        "approved_at": clock.now() - timedelta(days=400),
        "created_at": clock.now() - timedelta(days=400),
    }
    values = defaults | values
    return save(Account(email_key=folded(values["email"]), **values))


def make_anna(**values) -> Any:
    return make_account("Anna", municipality=MANNHEIM, **values)


def make_bernd(**values) -> Any:
    return make_account("Bernd", municipality=MUENSTER, **values)


def make_applicant(**values) -> Any:
    return make_account("Petra", approved_at=None, **values)


def make_organisation(name: str = "", **values) -> Any:
    name = name or f"Verband {next(number)}"
    kind = values.pop("kind", OrganisationKind.ASSOCIATION)
    return save(Organisation(name=name, name_key=folded(name), kind=kind, **values))


def make_office(state: str = "BW", *, kind: OfficeKind = OfficeKind.KGC, **values) -> Any:
    """Return the office of a Land, made at the first call."""
    key = f"{kind.value}-{state.lower()}"
    office = session.scalar(select(CoordinationOffice).where(CoordinationOffice.key == key))
    if office is None:
        name = values.pop("name", f"Koordinierungsstelle {kind.value.upper()} {state}")
        office = save(CoordinationOffice(key=key, name=name, kind=kind, **values))
        save(OfficeState(office_id=office.id, state_code=state))
    return office


def grant(account: Any, role: Role, *, office: Any = None, municipality: str | None = None):
    scope = str(office.id) if office else municipality or "*"
    return save(
        RoleAssignment(
            account_id=account.id,
            role=role,
            scope_key=scope,
            office_id=office.id if office else None,
            municipality_ags=municipality,
        )
    )


def make_coordinator(state: str = "BW", name: str = "Clara", **values) -> Any:
    place = {"BW": MANNHEIM, "NW": MUENSTER}.get(state)
    account = make_account(name, municipality=place, **({"state_code": state} | values))
    grant(account, Role.COORDINATOR, office=make_office(state))
    return account


def make_clara(**values) -> Any:
    return make_coordinator("BW", "Clara", **values)


def make_doris(**values) -> Any:
    return make_coordinator("NW", "Doris", **values)


def make_luise(state: str = "BW", kind: OfficeKind = OfficeKind.LKS, **values) -> Any:
    """Luise works for an office of Land A that has one programme."""
    account = make_account("Luise", municipality=None, **({"state_code": state} | values))
    office = make_office(state, kind=kind, programme_key="fruehe-hilfen")
    grant(account, Role.COORDINATOR, office=office)
    return account


def make_emil(**values) -> Any:
    account = make_account("Emil", municipality=None, **values)
    grant(account, Role.EDITOR)
    return account


def make_frieda(**values) -> Any:
    account = make_account("Frieda", municipality=None, **values)
    grant(account, Role.ADMIN)
    return account


def make_profile_editor(municipality: str = MANNHEIM, name: str = "Gustav") -> Any:
    account = make_account(name, municipality=municipality)
    grant(account, Role.PROFILE_EDITOR, municipality=municipality)
    return account


def actor(account: Any) -> Actor:
    """Return the actor as the next request of this person would see it."""
    return actor_of(account)


def make_group(
    name: str = "",
    *,
    audience: str = "members",
    admission: str = "open",
    state: str | None = "BW",
    managers: tuple = (),
    members: tuple = (),
    **values,
) -> Any:
    name = name or f"Gruppe {next(number)}"
    defaults = {"purpose": "Austausch", "slug": text.slug(name), "name_key": folded(name)}
    group = save(
        Group(
            name=name,
            audience=GroupAudience(audience),
            admission=Admission(admission),
            state_code=state,
            **(defaults | values),
        )
    )
    for account in managers:
        join(group, account, GroupRole.MANAGER)
    for account in members:
        join(group, account)
    return group


def join(group: Any, account: Any, role: GroupRole = GroupRole.MEMBER) -> Any:
    return save(Membership(group_id=group.id, account_id=account.id, role=role))


def watch(account: Any, target: Any, level: str = "follow") -> Any:
    """Let somebody hear of a thread, a group, or a topic (term)."""
    name = {"threads": "thread_id", "groups": "group_id", "terms": "term_id"}
    column = {name[target.__tablename__]: target.id}
    long_ago = clock.now() - timedelta(days=300)
    return save(Watch(account_id=account.id, level=Level(level), created_at=long_ago, **column))


def make_thread(
    title: str = "Wie erreichen wir junge Familien?",
    *,
    group: Any = None,
    author: Any = None,
    posts: tuple[str, ...] = ("Wer hat Erfahrung damit?",),
    **values,
) -> Any:
    """Make a thread with posts, each by an author of its own but the first."""
    author = author or make_account("Autorin")
    group = group or make_group()
    defaults = {
        "state_code": group.state_code or author.state_code,
        "programme_key": group.programme_key,
        "post_count": len(posts),
    }
    thread = save(Thread(group=group, title=title, author=author, **(defaults | values)))
    for position, body in enumerate(posts, 1):
        writer = author if position == 1 else make_account(f"Antwort {position}")
        make_post(thread, body, author=writer, number=position)
    return thread


def make_post(thread: Any, body: str = "Bei uns so.", *, author: Any = None, **values) -> Any:
    defaults = {"number": thread.post_count + 1, "body_html": text.render_markdown(body)}
    post = Post(
        thread=thread,
        author=author or make_account("Antwort"),
        body=body,
        **(defaults | values),
    )
    save(post)
    thread.post_count = max(thread.post_count, post.number)
    thread.last_post_at, thread.last_post_by_id = post.created_at, post.author_id
    session.commit()
    return post


def make_example(
    title: str = "Babybegrüßung mit Hausbesuch",
    *,
    author: Any = None,
    municipality: str = MANNHEIM,
    state: ExampleState = ExampleState.PUBLISHED,
    **values,
) -> Any:
    place = session.get(Municipality, municipality)
    is_public = state is ExampleState.PUBLISHED
    defaults = {
        "summary": "Fachkräfte besuchen junge Familien.",
        "tier": Tier.PUBLISHED if is_public else None,
        "published_at": clock.now() if is_public else None,
        "state_code": place.state_code,
    }
    return save(
        Example(
            title=title,
            author=author or make_account("Autorin", municipality=municipality),
            municipalities=[place],
            state=state,
            **(defaults | values),
        )
    )


def make_tool(title: str = "Mustervereinbarung", **values) -> Any:
    defaults = {
        "summary": "Eine Vorlage.",
        "category_key": "vereinbarung-kooperationsvertrag",
        "municipality_ags": MANNHEIM,
        "state_code": "BW",
        "published_at": clock.now(),
    }
    return save(Tool(title=title, **(defaults | values)))
