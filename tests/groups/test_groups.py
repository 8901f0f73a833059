"""Groups: directory, home, admission, members, settings."""

import pytest
from sqlalchemy import select

from inforo.audit import LogEntry
from inforo.authz import GUEST
from inforo.db import session
from inforo.groups import policy
from inforo.groups.models import Group, GroupRole, JoinRequest, Membership
from inforo.notifications.models import Notification
from tests import factories
from tests.factories import (
    actor,
    join,
    make_account,
    make_anna,
    make_applicant,
    make_bernd,
    make_clara,
    make_doris,
    make_emil,
    make_frieda,
    make_group,
    make_thread,
)

AUDIENCES = ("public", "members", "closed", "hidden")


def press(page, url, **data):
    """Press the button of the small form on the page that leads to the address."""
    forms = [form for form in page.html.select("form.action") if form["action"] == url]
    for form in forms:
        fields = {field["name"]: field.get("value", "") for field in form.select("[name]")}
        if all(fields.get(name) == value for name, value in data.items()):
            answer = page.browser.client.post(url, data=fields, follow_redirects=True)
            assert answer.status_code in {200, 409}, answer.status
            return answer
    raise AssertionError(f"no button for {url} {data}")


def is_in(account, group) -> bool:
    statement = select(Membership).filter_by(account_id=account.id, group_id=group.id)
    return session.scalar(statement) is not None


def told(account) -> list[str]:
    statement = select(Notification.title).where(Notification.account_id == account.id)
    return list(session.scalars(statement.order_by(Notification.id)))


def test_sql_and_python_agree_on_what_is_known_and_read():
    anna, bernd = make_anna(), make_bernd()
    groups = [
        make_group(
            f"{audience} {state} {len(people)}", audience=audience, state=state, members=people
        )
        for audience in AUDIENCES
        for state in ("BW", "NW", None)
        for people in ((), (anna,))
    ]
    people = [anna, bernd, make_applicant(), make_clara(), make_doris(), make_emil()]
    for who in [GUEST, *(actor(person) for person in [*people, make_frieda()])]:
        for rule, twin in (
            (policy.may_know, policy.known_to),
            (policy.may_read, policy.readable_by),
            (policy.oversees, policy.overseen_by),
            (policy.may_write, policy.writable_by),
        ):
            found = set(session.scalars(select(Group).where(twin(who))))
            assert found == {group for group in groups if rule(who, group)}, (who, rule)


def test_guest_sees_public_groups_only(browser):
    make_group("Öffentlicher Platz", audience="public")
    make_group("Mitgliederrunde", audience="members")

    page = browser.open("/gruppen/")

    assert "Öffentlicher Platz" in page.main
    assert "Mitgliederrunde" not in page.main
    assert "1 Gruppe" in page.main


def test_directory_is_searched_folded_and_filtered(browser):
    make_group("Ämterrunde Süd")
    make_group("Andere", state="NW")
    browser.sign_in(make_anna())

    assert "Ämterrunde" in browser.open("/gruppen/?q=ämterRUNDE").main
    assert "Andere" not in browser.open("/gruppen/?q=ämter").main
    assert "Ämterrunde" not in browser.open("/gruppen/?land=NW").main
    assert "Keine Gruppe gefunden" in browser.open("/gruppen/?meine=1").main


def test_closed_group_shows_name_and_purpose_and_nothing_else(browser):
    mira = make_account("Mira Geheim")
    group = make_group("Interne", audience="closed", admission="request", managers=(mira,))
    make_thread("KANARIE-BW-1", group=group, author=mira)
    browser.sign_in(make_anna())

    pages = [browser.open(f"/gruppen/{group.slug}"), browser.open("/gruppen/")]

    for page in pages:
        assert "Interne" in page.main
        assert "KANARIE" not in page.response.text
        assert "Mira" not in page.response.text
        assert "1 Mitglied" not in page.main
    browser.open(f"/gruppen/{group.slug}/mitglieder", 404)


def test_hidden_group_is_not_there_for_others(browser):
    group = make_group("Verborgenes", audience="hidden")
    browser.sign_in(make_anna())

    browser.open(f"/gruppen/{group.slug}", 404)
    assert "Verborgenes" not in browser.open("/gruppen/").main


def test_office_knows_of_hidden_groups_in_its_land_only(browser, new_browser):
    group = make_group("Verborgenes", audience="hidden")

    page = browser.sign_in(make_clara()).open(f"/gruppen/{group.slug}")

    assert "Geschützter Raum" in page.main
    new_browser().sign_in(make_doris()).open(f"/gruppen/{group.slug}", 404)


def test_office_joins_visibly_and_the_managers_hear_of_it(browser):
    olga = make_account("Olga")
    group = make_group(audience="closed", managers=(olga,))
    clara = make_clara()
    page = browser.sign_in(clara).open(f"/gruppen/{group.slug}")

    press(page, f"/gruppen/{group.slug}/sichtbar-beitreten")

    assert is_in(clara, group)
    assert told(olga) == ["Clara ist Ihrer Gruppe beigetreten"]
    assert session.scalar(select(LogEntry).where(LogEntry.action == "join_visibly"))


def test_member_joins_an_open_group_and_leaves_it(browser):
    anna, group = make_anna(), make_group(managers=(make_account("Olga"),))
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}")

    press(page, f"/gruppen/{group.slug}/beitreten")
    assert is_in(anna, group)

    press(browser.open(f"/gruppen/{group.slug}"), f"/gruppen/{group.slug}/austreten")
    assert not is_in(anna, group)


def test_request_is_decided_by_the_manager(browser, new_browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group(
        "Runde", audience="closed", admission="request", managers=(olga,), welcome="Schön!"
    )
    url = f"/gruppen/{group.slug}"

    page = browser.sign_in(anna).open(url).submit("request", message="Ich arbeite dazu.")
    assert "liegt bei der Gruppenleitung" in page.main
    assert told(olga) == ["Anna möchte in die Gruppe „Runde“"]
    request = session.scalar(select(JoinRequest))
    members = new_browser().sign_in(olga).open(f"{url}/mitglieder")
    assert "Ich arbeite dazu." in members.main
    press(members, f"{url}/anfragen/{request.id}", decision="accept")

    assert is_in(anna, group)
    assert told(anna) == ["Willkommen in der Gruppe „Runde“"]


def test_request_sent_twice_is_there_once(browser):
    group = make_group(admission="request", managers=(make_account("Olga"),))
    page = browser.sign_in(make_anna()).open(f"/gruppen/{group.slug}")

    page.submit("request", message="Bitte")
    page.submit("request", message="Bitte")

    assert len(session.scalars(select(JoinRequest)).all()) == 1


def test_invited_member_finds_accepts_and_reads_a_hidden_group(browser, new_browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group("Still", audience="hidden", admission="invite", managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/einladen")

    page = page.submit("invite", button="person_search", person_query="anna")
    page = page.submit("invite", message="Machen Sie mit?")
    assert "Anna ist eingeladen" in page.text
    invited = new_browser().sign_in(anna)
    invited.open(f"/gruppen/{group.slug}", 404)
    invitation = session.scalar(select(JoinRequest))
    page = invited.open("/gruppen/").follow("Ansehen")
    assert "Machen Sie mit?" in page.main
    press(page, f"/gruppen/einladungen/{invitation.id}", decision="accept")

    assert invited.open(f"/gruppen/{group.slug}").html.h1.text == "Still"


def test_invitation_is_nobody_elses_business(browser):
    anna, group = make_anna(), make_group(audience="hidden")
    olga = make_account("Olga")
    invitation = factories.save(
        JoinRequest(group_id=group.id, account_id=anna.id, invited_by_id=olga.id)
    )

    browser.sign_in(make_bernd()).open(f"/gruppen/einladungen/{invitation.id}", 404)


def test_last_manager_cannot_leave(browser):
    olga = make_account("Olga")
    group = make_group(managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}")

    answer = press(page, f"/gruppen/{group.slug}/austreten")

    assert answer.status_code == 409
    assert "mindestens eine Leitung" in answer.text
    assert is_in(olga, group)


def test_manager_hands_over_and_steps_down(browser):
    anna, olga = make_anna(), make_account("Olga")
    group = make_group(managers=(olga,), members=(anna,))
    url = f"/gruppen/{group.slug}/mitglieder"
    page = browser.sign_in(olga).open(url)

    press(page, f"{url}/{anna.id}", act="leitung")
    press(browser.open(url), f"{url}/{olga.id}", act="mitglied")

    roles = dict(session.execute(select(Membership.account_id, Membership.role)).all())
    assert roles == {anna.id: GroupRole.MANAGER, olga.id: GroupRole.MEMBER}


def test_member_creates_a_group_and_leads_it(browser):
    anna = make_anna()
    page = browser.sign_in(anna).open("/gruppen/").follow("Gruppe anlegen")

    page = page.submit("group", name="Hitzeschutz", purpose="Austausch", state_code="BW")

    assert page.html.h1.text == "Hitzeschutz"
    group = session.scalar(select(Group))
    assert group.slug == "hitzeschutz"
    assert session.scalar(select(Membership.role)) is GroupRole.MANAGER


def test_members_cannot_give_a_group_to_another_land(browser):
    page = browser.sign_in(make_anna()).open("/gruppen/neu")

    page = page.submit("group", name="Fremd", purpose="Zweck", state_code="NW", status=422)

    assert session.scalar(select(Group)) is None


def test_settings_keep_history_and_both_texts_in_a_conflict(browser):
    olga = make_account("Olga")
    group = make_group("Runde", managers=(olga,), admission="request")
    url = f"/gruppen/{group.slug}/bearbeiten"
    browser.sign_in(olga)
    late = browser.open(url)
    browser.open(url).submit("group", purpose="Erster Zweck")

    page = late.submit("group", purpose="Zweiter Zweck", status=409)

    assert "Erster Zweck" in page.main
    assert "Zweiter Zweck" in page.main
    page.submit("group")
    history = browser.open(f"/gruppen/{group.slug}/verlauf")
    assert "Zweiter" in history.html.select_one("ins").text


def test_audience_gets_no_wider(browser):
    olga = make_account("Olga")
    group = make_group("Runde", audience="closed", managers=(olga,))
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/bearbeiten")

    page = page.submit("group", audience="public", status=422)

    assert "nicht weiter" in page.main


def test_archived_group_is_read_but_not_written(browser):
    olga = make_account("Olga")
    group = make_group(managers=(olga,))
    thread = make_thread(group=group)
    page = browser.sign_in(olga).open(f"/gruppen/{group.slug}/archivieren")

    page = page.submit("archive", reason="Aufgabe erledigt")

    assert "archiviert" in page.main
    assert not browser.open(thread.path).has_form("reply")


@pytest.mark.parametrize("path", ["/gruppen/", "/gruppen/gruppe"])
def test_pages_cost_the_same_however_many_rows(browser, count_queries, path):
    group = make_group("Gruppe", managers=(make_account("Olga"),))
    make_thread(group=group)
    browser.sign_in(make_anna())
    few = count_queries(lambda: browser.open(path))
    for _ in range(4):
        join(session.scalar(select(Group)), make_account())
        make_thread(group=session.scalar(select(Group)))
        make_group(members=(make_account(),))

    assert count_queries(lambda: browser.open(path)) == few <= 12
