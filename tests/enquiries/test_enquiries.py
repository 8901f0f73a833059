"""Enquiries: writing them in steps, letting them go out, whom they reach, how they end."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, inspect, select

from inforo import clock, jobs
from inforo.audit import LogEntry
from inforo.authz import Role
from inforo.config import settings
from inforo.db import session
from inforo.enquiries import policy, queries
from inforo.enquiries.actions import ask_office
from inforo.enquiries.jobs import forget_old_drafts, go_on_sending, remind, send_batch
from inforo.enquiries.models import Enquiry, EnquiryInvitation, EnquiryQuestion
from inforo.enquiries.states import Audience, Outcome, Stage
from inforo.mail import Mail
from inforo.municipalities.models import Municipality
from inforo.notifications.actions import choose, settings_of
from inforo.notifications.models import Event, MailOutcome, Notification, Wish
from inforo.notifications.queries import mails_today, wishes
from inforo.offices.actions import hand_over
from inforo.offices.models import CoordinationOffice, WorkItem, WorkKind
from inforo.partnership.models import MunicipalityProfile, ProfileContact
from inforo.templating import written_date
from tests.enquiries.making import (
    QUESTIONS,
    answer_for,
    invitation_of,
    make_enquiry,
    make_running,
)
from tests.factories import (
    actor,
    grant,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_coordinator,
    make_doris,
    make_emil,
    make_frieda,
    make_profile_editor,
    save,
)
from tests.reference import HERNE, KREUZBERG, MANNHEIM, MUENSTER


def outcomes(enquiry):
    rows = session.execute(
        select(EnquiryInvitation.ags, EnquiryInvitation.outcome).where(
            EnquiryInvitation.enquiry_id == enquiry.id
        )
    )
    return {row.ags: row.outcome for row in rows}


def mails(event="enquiries:invitation"):
    return list(session.scalars(select(Mail).where(Mail.event == event).order_by(Mail.id)))


def make_contact(account, ags):
    """Let a published profile name an account as contact person."""
    save(MunicipalityProfile(ags=ags, published_at=clock.now()))
    save(ProfileContact(ags=ags, name=account.name, email=account.email.upper()))


def ask_question(page, label, **values):
    return page.follow("Frage hinzufügen").submit("question", label=label, **values)


def test_member_writes_an_enquiry_in_steps_and_hands_it_in(browser):
    anna, clara = make_anna(), make_clara()
    page = browser.sign_in(anna).open("/kommunalabfragen/").follow("Abfrage vorbereiten")

    page = page.submit("enquiry", title="Hitzeschutz", purpose="Wir **planen** selbst.")
    page = ask_question(page, "Gibt es einen Plan?", kind="yes_no", is_required="y")
    page = ask_question(page, "Wer leitet?", kind="one", options="Amt\nStab\nExtern")
    page = ask_question(page, "Wie viele Stellen?", kind="number", unit="VZÄ")
    page = page.follow("Weiter: An wen, bis wann")
    last = clock.today() + timedelta(days=40)
    page = page.submit("target", states=["NW"], ends_on=last.isoformat(), names="named")
    assert "geht an 3 Kommunen" in page.main
    page = page.submit("hand-in")

    enquiry = session.scalars(select(Enquiry)).one()
    assert enquiry.stage is Stage.WAITING
    assert enquiry.target["states"] == ["NW"]
    assert (enquiry.is_named, enquiry.ends_on) == (True, last)
    item = session.scalars(select(WorkItem)).one()
    assert (item.kind, item.state_code, item.url) == (WorkKind.ENQUIRY, "BW", enquiry.path)
    told = session.scalars(select(Notification)).one()
    assert (told.account_id, told.event) == (clara.id, Event.WORK)


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"label": ""}, "schreiben Sie die Frage"),
    ({"options": "Nur eine"}, "es sind 1"),
    ({"options": "Ja\nja"}, "zweimal"),
    ({"options": "Ja\n" + "n" * 201}, "200 Zeichen"),
])  # fmt: skip
def test_question_that_makes_no_sense_is_explained_and_stays(browser, typed, sentence):
    anna = make_anna()
    enquiry = make_enquiry(anna)
    page = browser.sign_in(anna).open(f"{enquiry.path}/fragen/neu")

    given = {"label": "Bleibt das?", "options": "Ja\nNein", "hint": "Ein Hinweis"} | typed
    page = page.submit("question", kind="many", **given, status=422)

    assert sentence in page.main
    assert page.html.select_one("[name=hint]")["value"] == "Ein Hinweis"
    assert len(session.scalars(select(EnquiryQuestion)).all()) == 3


def test_questions_change_places_and_go_without_script(browser):
    anna = make_anna()
    enquiry = make_enquiry(anna)
    first, second, third = enquiry.questions
    page = browser.sign_in(anna).open(f"{enquiry.path}/fragen")

    page = (
        page.submit(f"down-{first.id}").submit(f"up-{third.id}").submit(f"remove-{second.id}")
    )

    session.expire_all()
    kept = [(one.position, one.id) for one in session.get(Enquiry, enquiry.id).questions]
    assert kept == [(1, third.id), (2, first.id)]
    assert not page.has_form(f"up-{third.id}")


def test_ninth_question_is_refused(browser):
    anna = make_anna()
    enquiry = make_enquiry(anna, questions=QUESTIONS[:1] * 8)
    page = browser.sign_in(anna).open(f"{enquiry.path}/fragen/neu")

    page = page.submit("question", label="Noch eine?", kind="text", status=409)

    assert "höchstens 8 Fragen" in page.main


def test_too_few_questions_or_no_target_cannot_be_handed_in(browser):
    anna = make_anna()
    enquiry = make_enquiry(anna, questions=QUESTIONS[:2])
    page = browser.sign_in(anna).open(enquiry.path)

    assert "mindestens 3" in page.main
    assert not page.has_form("hand-in")
    token = page.html.select_one("#discard [name=csrf_token]")["value"]
    answer = browser.client.post(f"{enquiry.path}/absenden", data={"csrf_token": token})
    assert answer.status_code == 422


@pytest.mark.parametrize(("days", "sentence"), [(2, "zu früh"), (400, "zu spät")])
def test_last_day_is_neither_too_near_nor_too_far(browser, days, sentence):
    anna = make_anna()
    page = browser.sign_in(anna).open(f"{make_enquiry(anna).path}/empfang")
    day = clock.today() + timedelta(days=days)

    page = page.submit("target", ends_on=day.isoformat(), sizes=["grossstadt"], status=422)

    assert sentence in page.main
    assert page.html.select_one("[value=grossstadt]").has_attr("checked")


def test_conflict_keeps_both_texts(browser):
    anna = make_anna()
    enquiry = make_enquiry(anna)
    page = browser.sign_in(anna).open(f"{enquiry.path}/bearbeiten")
    browser.open(f"{enquiry.path}/bearbeiten").submit(
        "enquiry", title="Von nebenan", purpose="Dort."
    )

    page = page.submit("enquiry", title="Von hier", purpose="Hier.", status=409)

    assert "Von nebenan" in page.main
    assert page.html.select_one("[name=title]")["value"] == "Von hier"
    page.submit("enquiry", title="Beides", purpose="Alles.")
    session.expire_all()
    assert session.get(Enquiry, enquiry.id).title == "Beides"


def test_preview_counts_municipalities_and_those_somebody_can_be_told_in(browser):
    anna = make_anna()
    make_profile_editor(MUENSTER)
    make_contact(make_account("Berta", municipality=KREUZBERG), KREUZBERG)
    enquiry = make_enquiry(anna)
    page = browser.sign_in(anna).open(f"{enquiry.path}/empfang")

    assert "geht an 6 Kommunen" in page.main  # all but her own
    assert "2 davon mit Ansprechperson" in page.main
    page = page.submit("target", states=["NW"], button="preview")
    assert "geht an 3 Kommunen" in page.main
    assert "1 davon" in page.main
    assert not page.html.select("main [role=alert]")  # counting asks for nothing
    page = page.submit("target", kinds=["bezirk", "landkreis"], states=["BE"], button="preview")
    assert "geht an 1 Kommune" in page.main


def test_office_approves_and_each_municipality_gets_one_mail(browser, new_browser):
    anna, gustav = make_anna(), make_profile_editor(MUENSTER, "Greta")
    grant(
        make_account("Zweite", municipality=MUENSTER),
        Role.PROFILE_EDITOR,
        municipality=MUENSTER,
    )
    contact = make_account("Berta", municipality=KREUZBERG)
    make_contact(contact, KREUZBERG)
    enquiry = make_enquiry(anna, submitted_at=clock.now())

    page = browser.sign_in(make_clara()).open(enquiry.path).submit("approve")
    jobs.work_all()

    assert "läuft" in page.main
    found = outcomes(enquiry)
    assert len(found) == 6
    assert MANNHEIM not in found
    assert {ags for ags, what in found.items() if what is Outcome.SENT} == {MUENSTER, KREUZBERG}
    assert {mail.account_id for mail in mails()} == {gustav.id, contact.id}
    assert "/kommunalabfragen/antwort/" in mails()[0].text
    assert session.scalars(select(LogEntry.action)).all() == ["send_enquiry"]
    told = session.scalars(select(Notification).where(Notification.account_id == anna.id)).one()
    assert told.event is Event.DECISION


def test_office_gives_back_with_a_reason_and_author_hands_in_again(browser, new_browser):
    anna = make_anna()
    enquiry = make_enquiry(anna, submitted_at=clock.now())
    office = browser.sign_in(make_clara()).open(enquiry.path)

    assert "Satz zur Begründung" in office.submit("send-back", status=422).main
    office.submit("send-back", reason="Bitte kürzer.")

    page = new_browser().sign_in(anna).open(enquiry.path)
    assert "Bitte kürzer." in page.main
    page.submit("hand-in")
    session.expire_all()
    assert session.get(Enquiry, enquiry.id).stage is Stage.WAITING


def test_nobody_approves_what_is_their_own(browser):
    clara = make_clara()
    enquiry = make_enquiry(clara, ags=None, submitted_at=clock.now())

    page = browser.sign_in(clara).open(enquiry.path)

    assert not page.has_form("approve")
    assert not policy.may_decide(actor(clara), enquiry)


def test_staff_ask_directly_within_their_reach_only():
    clara, emil = actor(make_clara()), actor(make_emil())
    enquiry = make_enquiry(make_anna(), ags=None)

    for states, is_direct in ((["BW"], True), (["BW", "NW"], False), ([], False)):
        enquiry.target = {"states": states}
        assert policy.may_send_directly(clara, enquiry) is is_direct
    assert policy.may_send_directly(emil, enquiry)
    assert not policy.may_send_directly(actor(make_bernd()), enquiry)


def test_late_approval_leaves_enough_days(browser):
    enquiry = make_enquiry(make_anna(), submitted_at=clock.now(), days=1)

    browser.sign_in(make_clara()).open(enquiry.path).submit("approve")

    session.expire_all()
    assert session.get(Enquiry, enquiry.id).ends_on >= clock.today() + timedelta(days=5)


def test_third_open_enquiry_of_one_person_waits(browser):
    anna = make_anna()
    for _ in range(2):
        make_enquiry(anna, submitted_at=clock.now())
    page = browser.sign_in(anna).open(make_enquiry(anna).path)

    page = page.submit("hand-in", status=409)

    assert "schon 2 Abfragen" in page.main


def test_who_switched_it_off_is_not_told_but_the_next_one_is():
    first, second = make_profile_editor(MUENSTER, "Erste"), make_account("Zweite")
    grant(second, Role.PROFILE_EDITOR, municipality=MUENSTER)
    alone = make_profile_editor(KREUZBERG, "Allein")
    for person in (first, alone):
        choose(person.id, Event.ENQUIRY, Wish(on_platform=False))
    session.commit()

    enquiry = make_running(make_anna())

    assert outcomes(enquiry)[MUENSTER] is Outcome.SENT
    assert outcomes(enquiry)[KREUZBERG] is Outcome.OPTED_OUT
    assert [mail.account_id for mail in mails()] == [second.id]


def test_without_mails_there_is_the_notice_on_the_platform():
    greta = make_profile_editor(MUENSTER, "Greta")
    choose(greta.id, Event.ENQUIRY, Wish(on_platform=True))
    session.commit()

    enquiry = make_running(make_anna())

    assert outcomes(enquiry)[MUENSTER] is Outcome.SENT
    assert mails() == []
    assert session.scalars(select(Notification.account_id)).all() == [greta.id]


def test_municipality_gets_no_third_enquiry_in_a_month():
    make_profile_editor(MUENSTER)
    for name in ("Erste", "Zweite"):
        make_running(make_account(name))

    third = make_running(make_account("Dritte"))

    assert outcomes(third)[MUENSTER] is Outcome.CAP
    clock.shift(timedelta(days=31))
    assert outcomes(make_running(make_account("Vierte")))[MUENSTER] is Outcome.SENT


def test_worker_that_dies_goes_on_where_it_was_and_doubles_nothing(monkeypatch):
    make_profile_editor(MUENSTER)
    now = clock.now()
    monkeypatch.setattr("inforo.enquiries.jobs.BATCH", 2)
    enquiry = make_enquiry(make_anna(), submitted_at=now, approved_at=now)

    assert send_batch(enquiry.id)
    session.commit()
    assert len(outcomes(enquiry)) == 2
    send_batch(enquiry.id)
    session.rollback()
    while send_batch(enquiry.id):
        session.commit()
    session.commit()
    assert not send_batch(enquiry.id)

    assert len(outcomes(enquiry)) == 6
    assert len(mails()) == 1


def test_reminder_comes_once_to_who_has_not_answered():
    greta = make_profile_editor(MUENSTER, "Greta")
    make_profile_editor(KREUZBERG, "Karla")
    enquiry = make_running(make_anna(), days=30)
    answer_for(enquiry, KREUZBERG, "ja", 2, None)
    remind()
    assert mails("enquiries:reminder") == []

    clock.shift(timedelta(days=29))
    for _ in range(2):
        remind()

    assert [mail.account_id for mail in mails("enquiries:reminder")] == [greta.id]


def test_mails_wait_for_the_end_of_quiet_hours_and_count_for_the_cap():
    greta = make_profile_editor(MUENSTER, "Greta")
    local = clock.now().astimezone(clock.BERLIN)
    chosen = settings_of(greta.id)
    chosen.quiet_from, chosen.quiet_until = local.hour, (local.hour + 3) % 24
    session.commit()

    make_running(make_anna())

    [letter] = mails()
    waits = letter.due_at.astimezone(clock.BERLIN)
    assert waits > local + timedelta(hours=1)
    assert waits.hour == (local.hour + 3) % 24
    assert mails_today([greta.id]) == {greta.id: 1}


def test_over_the_cap_of_a_day_the_enquiry_waits_for_the_digest():
    greta = make_profile_editor(MUENSTER, "Greta")
    for number in range(settings.mail_cap_per_day):
        session.add(
            Mail(
                event="mailings:bundle",
                dedupe_key=f"bundle:{number}",
                message_id=f"<{number}@localhost>",
                account_id=greta.id,
                address=greta.email,
                subject="Viel los",
                text="Viel los",
            )
        )
    session.commit()

    make_running(make_anna())

    assert mails() == []
    told = session.scalars(select(Notification).where(Notification.account_id == greta.id))
    assert [one.mail_outcome for one in told] == [MailOutcome.CAP]


def test_mail_ends_invitations_with_one_click(new_browser):
    greta = make_profile_editor(MUENSTER, "Greta")
    make_running(make_anna())
    [letter] = mails()
    address = letter.headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")

    answer = new_browser().client.post(address, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not wishes([greta.id], Event.ENQUIRY)[greta.id].by_mail
    make_running(make_bernd(), ags=HERNE, state="NW")
    assert len(mails()) == 1


def test_request_that_sends_to_many_costs_no_more_than_one_that_sends_to_few(
    browser, count_queries
):
    few = make_enquiry(make_anna(), submitted_at=clock.now(), target={"states": ["BE"]})
    many = make_enquiry(make_anna(), submitted_at=clock.now())
    add_municipalities(250)
    browser.sign_in(make_clara())
    pages = [browser.open(enquiry.path) for enquiry in (few, many)]
    costs = [count_queries(lambda page=page: page.submit("approve")) for page in pages]
    assert costs[1] <= costs[0]
    assert outcomes(many) == {}

    assert send_batch(many.id)
    session.commit()
    send_batch(many.id)
    session.rollback()  # the worker was killed
    go_on_sending()

    assert len(outcomes(many)) == 256
    assert session.get_one(Enquiry, many.id).sent_at


def add_municipalities(number: int) -> None:
    muenster = session.get_one(Municipality, MUENSTER)
    columns = {
        column.key: getattr(muenster, column.key) for column in inspect(Municipality).columns
    }
    session.execute(
        insert(Municipality),
        [
            columns | {"ags": f"0599{each:04}", "name": f"Neustadt {each}"}
            for each in range(number)
        ],
    )
    session.commit()


def test_enquiry_that_was_ended_early_shows_its_real_last_day(browser):
    anna = make_anna()
    enquiry = make_running(anna, days=30)
    planned, today = (written_date(day, "de") for day in (enquiry.last_day, clock.today()))
    page = browser.sign_in(anna).open(enquiry.path)
    assert planned in page.main

    enquiry.closed_at = clock.now()
    session.commit()

    for path in (enquiry.path, "/kommunalabfragen/?ansicht=beendete"):
        page = browser.open(path)
        assert planned not in page.main
        assert today in page.main


def test_extended_once_then_no_more(browser):
    anna = make_anna()
    enquiry = make_running(anna, days=10)
    page = browser.sign_in(anna).open(enquiry.path)
    later = clock.today() + timedelta(days=20)

    assert "zu spät" in page.submit("extend", ends_on="2099-01-01", status=422).main
    page = page.submit("extend", ends_on=later.isoformat())

    assert not page.has_form("extend")
    session.expire_all()
    assert session.get(Enquiry, enquiry.id).ends_on == later


def test_withdrawn_with_a_reason_everybody_asked_is_told(browser, new_browser):
    anna, greta = make_anna(), make_profile_editor(MUENSTER, "Greta")
    stranger = make_account("Fremd", municipality=None)
    enquiry = make_running(anna, audience=Audience.MEMBERS)
    path, reader = enquiry.path, greta.id
    others = [new_browser().sign_in(person) for person in (greta, stranger)]
    page = browser.sign_in(anna).open(path)

    assert "Satz zur Begründung" in page.submit("withdraw", status=422).main
    page.submit("withdraw", **{"z-reason": "Hat sich erledigt."})
    jobs.work_all()

    titles = session.scalars(
        select(Notification.title).where(Notification.account_id == reader)
    ).all()
    assert any(title.startswith("Zurückgezogen") for title in titles)
    assert "Hat sich erledigt." in others[0].open(path).main
    others[1].open(path, 404)


def test_list_of_the_sending_says_what_became_of_each(browser):
    anna = make_anna()
    make_profile_editor(MUENSTER)
    enquiry = make_running(anna)
    page = browser.sign_in(anna).open(f"{enquiry.path}/versand")

    assert "keine Ansprechperson mit Konto" in page.main
    page = browser.open(f"{enquiry.path}/versand?stand=sent")
    assert [row.th.text for row in page.html.select("tbody tr")] == ["Münster"]
    assert browser.open(f"{enquiry.path}/versand?stand=quatsch").url


def test_archived_enquiry_leaves_the_list_and_comes_back(browser):
    anna = make_anna()
    enquiry = make_running(anna)
    enquiry.closed_at = clock.now()
    session.commit()
    page = browser.sign_in(anna).open(enquiry.path).submit("archive")

    assert "Hitzeaktionspläne" not in page.main
    page = page.follow("Abgelegte ansehen").follow("Hitzeaktionspläne").submit("archive")
    assert "Hitzeaktionspläne" in page.main


def test_old_and_orphaned_drafts_are_forgotten_but_nothing_that_went_out():
    anna = make_anna()
    old = make_enquiry(anna, changed_at=clock.now() - timedelta(days=200))
    fresh, out = make_enquiry(anna), make_running(anna)
    out.changed_at = old.changed_at
    ids = (fresh.id, out.id)
    session.commit()

    forget_old_drafts()

    assert set(session.scalars(select(Enquiry.id))) == set(ids)


def test_erased_author_leaves_what_went_out():
    anna = make_anna()
    enquiry = make_running(anna)
    enquiry_id = enquiry.id
    session.delete(anna)
    session.commit()

    session.expire_all()
    kept = session.get(Enquiry, enquiry_id)
    assert (kept.author_id, kept.asker) == (None, "Mannheim")


def states_of_enquiry(author):
    now = clock.now()
    yield make_enquiry(author)
    yield make_enquiry(author, submitted_at=now)
    yield make_enquiry(author, submitted_at=now, returned_at=now)
    for audience in Audience:
        running = make_running(author, audience=audience)
        answer_for(running, MUENSTER, "ja", 1, None)
        yield running
        ended = make_running(author, audience=audience)
        answer_for(ended, MUENSTER, "ja", 1, None)
        ended.closed_at = now
        yield ended
        yield make_running(author, audience=audience, withdrawn_at=now)


def test_rules_and_their_selects_agree_for_everybody_and_every_state():
    author = make_anna()
    made = list(states_of_enquiry(author))
    session.commit()
    people = [
        author, make_bernd(), make_clara(), make_doris(), make_emil(), make_frieda(),
        make_account("Klaus", municipality=KREUZBERG), make_profile_editor(MUENSTER),
        make_coordinator("BE", "Berit"), make_account("Offen", approved_at=None),
    ]  # fmt: skip

    for person in people:
        who = actor(person)
        seen = set(session.scalars(select(Enquiry.id).where(policy.visible_to(who))))
        read = set(session.scalars(select(Enquiry.id).where(policy.result_readable_by(who))))
        for one in made:
            asked = bool(queries.own_invitations(who, one)) and who.is_member
            answered = queries.has_answered(who, one)
            assert policy.may_view(who, one, is_asked=asked) is (one.id in seen), person.name
            may = policy.may_read_result(who, one, has_answered=answered)
            assert may is (one.id in read), person.name


def test_pages_cost_the_same_however_many_there_are(browser, new_browser, count_queries):
    anna, bernd = make_anna(), make_bernd()
    first = make_running(anna)
    urls = [f"/kommunalabfragen/?ansicht={view}" for view in ("offene", "laufende")]
    urls, sending = [*urls, first.path], f"{first.path}/versand"
    browser.sign_in(bernd)
    for url in urls:
        browser.open(url)
    before = [count_queries(lambda url=url: browser.open(url)) for url in urls]

    for _ in range(3):
        make_running(make_account("Mehr"), audience=Audience.MEMBERS)

    assert [count_queries(lambda url=url: browser.open(url)) for url in urls] == before
    assert max(before) <= 12, before
    author = new_browser().sign_in(session.merge(anna))
    author.open(sending)
    assert count_queries(lambda: author.open(sending)) <= 12


def test_invitation_knows_its_municipality():
    enquiry = make_running(make_anna())
    place = session.get(Municipality, MUENSTER)

    assert invitation_of(enquiry, MUENSTER).municipality is place


def test_enquiry_for_all_members_is_found_by_members_only(browser, new_browser):
    anna = make_anna()
    make_running(anna, title="Sonnensegel über Schulhöfen", audience=Audience.MEMBERS)
    make_running(anna, title="Sonnensegel nur für Gefragte", target={"states": ["NW"]})
    stranger = make_account("Klaus", municipality=KREUZBERG)

    found = browser.sign_in(stranger).open("/suche?q=Sonnensegel").main

    assert "Sonnensegel über Schulhöfen" in found
    assert "nur für Gefragte" not in found
    assert "Schulhöfen" not in new_browser().open("/suche?q=Sonnensegel").main


def test_office_it_was_handed_to_decides(browser):
    anna, doris = make_anna(), make_doris()
    enquiry = make_enquiry(anna, target={"states": ["NW"]})
    ask_office(enquiry)
    enquiry.submitted_at = clock.now()
    session.commit()
    browser.sign_in(doris).open(enquiry.path, 404)
    item = session.scalars(select(WorkItem)).one()
    office = session.scalars(
        select(CoordinationOffice).where(CoordinationOffice.key == "kgc-nw")
    ).one()

    hand_over(actor(make_clara()), item, office, "Es geht nur Ihr Land an.")
    session.commit()

    page = browser.open(enquiry.path).submit("approve")
    assert "läuft" in page.main
