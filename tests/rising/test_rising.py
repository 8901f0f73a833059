"""Questions without an answer rise: to people who can help, then to who looks after them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.config import settings
from inforo.db import session
from inforo.notifications.models import Event, MailOutcome
from inforo.offices.models import WorkItem, WorkKind
from inforo.rising import jobs
from inforo.rising.models import AnswerTime, HelpOutcome, HelpRequest, Rise
from inforo.vocabularies.models import Term
from tests.discussions.test_writing import told
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_group,
    make_post,
    make_thread,
    save,
    watch,
)
from tests.mailings.sending import wait_for_mails
from tests.offices.test_absences import make_absence
from tests.rising.making import MONDAY, at, make_helper, make_question, make_request, set_clock

THURSDAY, NEXT_WEDNESDAY = "2026-12-03", "2026-12-09"


def asked(thread):
    session.expire_all()
    statement = select(HelpRequest.account_id).where(HelpRequest.thread_id == thread.id)
    return set(session.scalars(statement))


def rise_on(day):
    set_clock(day)
    jobs.let_questions_rise()


def items():
    session.expire_all()
    return list(session.scalars(select(WorkItem).where(WorkItem.kind == WorkKind.QUESTION)))


def test_fitting_people_are_asked_after_three_working_days_once():
    thread, heike = make_question(), make_helper()
    make_helper("Wanda", "Wandern im Gebirge")
    make_account("Nora", helps_with="Hebammen")

    rise_on("2026-12-02")
    assert asked(thread) == set()
    rise_on(THURSDAY)
    jobs.let_questions_rise()

    assert asked(thread) == {heike.id}
    [news] = told(heike)
    assert (news.event, thread.title in news.title) == (Event.HELP, True)
    assert session.get(Rise, thread.id).helpers == 1


def test_topic_of_the_profile_fits_too():
    term = session.scalars(select(Term).where(Term.vocabulary == "field_of_action")).first()
    thread = make_question("Wer weiß Rat?", terms=[term])
    heike = make_helper(helps_with="", topics=[term])

    rise_on(THURSDAY)

    assert asked(thread) == {heike.id}


def test_nobody_is_asked_on_a_holiday_or_at_the_weekend():
    thread = make_question(created_at=at("2026-12-22"))
    heike = make_helper()

    for day in ("2026-12-25", "2026-12-26", "2026-12-27"):
        rise_on(day)
    assert asked(thread) == set()
    rise_on("2026-12-28")

    assert asked(thread) == {heike.id}


def test_at_most_so_many_are_asked_the_best_first():
    thread = make_question()
    best = make_helper("Berta", "Schulungen für Hebammen")
    for number in range(5):
        make_helper(f"Heike {number}")

    rise_on(THURSDAY)

    assert len(asked(thread)) == settings.unanswered_helpers
    assert best.id in asked(thread)


@pytest.mark.parametrize("reason", [
    "suspended", "silenced", "absent", "muted", "muted group", "lately", "closed group",
    "took consent back",
])  # fmt: skip
def test_who_cannot_be_asked_is_left_alone(reason):
    set_clock(MONDAY)
    closed = reason == "closed group"
    thread = make_question(group=make_group(audience="closed" if closed else "members"))
    heike = make_helper()
    if reason == "suspended":
        heike.suspended_at = clock.now()
    if reason == "silenced":
        heike.silenced_until = clock.now() + timedelta(days=90)
    if reason == "absent":
        make_absence(heike, make_account("Vertretung"), start=0, end=30)
    if reason == "muted":
        watch(heike, thread, "mute")
    if reason == "muted group":
        watch(heike, thread.group, "mute")
    if reason == "lately":
        make_request(make_thread(), heike, created_at=at("2026-11-20"))
    if reason == "took consent back":
        heike.may_be_asked_at = None
    session.commit()

    rise_on(THURSDAY)

    assert asked(thread) == set()
    assert session.get(Rise, thread.id).helpers == 0


def test_asked_again_after_the_pause_about_another_question():
    heike = make_helper()
    make_request(make_thread(), heike, created_at=at("2026-10-01"))
    thread = make_question()

    rise_on(THURSDAY)

    assert asked(thread) == {heike.id}


def test_answered_locked_and_old_questions_ask_nobody():
    make_helper()
    answered = make_question()
    make_post(answered, "So geht es.")
    locked = make_question(locked_at=clock.now())
    old = make_question(created_at=at("2026-07-01"))

    rise_on(THURSDAY)

    assert not asked(answered) | asked(locked) | asked(old)


def test_own_addition_is_no_answer():
    anna, heike = make_anna(), make_helper()
    thread = make_question(author=anna)
    make_post(thread, "Noch etwas dazu.", author=anna)

    rise_on(THURSDAY)

    assert asked(thread) == {heike.id}


def test_mail_asks_and_is_withdrawn_if_somebody_answers_meanwhile():
    thread, heike = make_question(), make_helper()
    rise_on(THURSDAY)

    make_post(thread, "Bei uns so.")
    wait_for_mails()

    [news] = told(heike)
    assert news.mail_outcome is MailOutcome.NO_RIGHT


def test_mail_goes_out_to_who_was_asked():
    thread, heike = make_question(), make_helper()
    rise_on(THURSDAY)

    [sent] = wait_for_mails()

    assert sent.account_id == heike.id
    assert thread.title in sent.subject + sent.text


def test_person_asked_can_decline_and_nobody_else(browser, new_browser):
    thread, heike = make_question(), make_helper()
    rise_on(THURSDAY)
    page = browser.sign_in(heike).open(thread.path)
    assert "Können Sie hier helfen?" in page.main

    page = page.submit("decline-help")

    assert "Können Sie hier helfen?" not in page.main
    assert session.scalars(select(HelpRequest)).one().outcome is HelpOutcome.DECLINED
    other = new_browser().sign_in(make_bernd()).open(thread.path)
    assert "Heike" not in other.main
    assert not other.has_form("decline-help")


def test_outcome_of_each_person_is_noted():
    thread, heike, hanna = make_question(), make_helper(), make_helper("Hanna")
    quiet = make_question("Hebammen im Winter", created_at=at("2026-12-07"))
    silent = make_request(quiet, make_account("Still"), created_at=at("2026-10-20"))
    rise_on(THURSDAY)
    make_post(thread, "Bei uns so.", author=heike, created_at=clock.now())

    jobs.note_outcomes()

    session.expire_all()
    outcomes = {row.account_id: row.outcome for row in session.scalars(select(HelpRequest))}
    assert outcomes[heike.id] is HelpOutcome.ANSWERED
    assert outcomes[hanna.id] is HelpOutcome.NEEDLESS
    assert outcomes[silent.account_id] is HelpOutcome.SILENT


def test_office_gets_the_question_after_seven_working_days(browser):
    thread = make_question()
    make_question("Frisch", created_at=at("2026-12-07"))

    rise_on("2026-12-08")
    assert items() == []
    rise_on(NEXT_WEDNESDAY)
    jobs.let_questions_rise()

    [item] = items()
    assert (item.url, item.state_code) == (thread.path, "BW")
    assert item.due_on.isoformat() == "2026-12-14"
    browser.sign_in(make_anna()).open(thread.path).submit("reply", body="Gern.")
    [item] = items()
    assert item.closed_at


def test_managers_of_a_protected_group_get_it_not_the_office():
    manager, clara = make_account("Mia"), make_clara()
    group = make_group(audience="closed", managers=(manager,))
    make_question("Intern", group=group)

    rise_on(NEXT_WEDNESDAY)

    assert items() == []
    assert [news.event for news in told(manager)] == [Event.GROUP]
    assert told(clara) == []


def test_managers_hear_nothing_of_what_is_long_forgotten():
    manager = make_account("Mia")
    group = make_group(audience="closed", managers=(manager,))
    make_question("Von damals", group=group, created_at=at("2026-03-02"))

    rise_on(NEXT_WEDNESDAY)

    assert told(manager) == []


def test_old_questions_do_not_stand_in_the_way_of_new_ones(monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    for number in range(3):
        make_question(f"Hebammen damals {number}", created_at=at("2026-03-02"))
    thread, heike = make_question(), make_helper()

    rise_on(THURSDAY)

    assert asked(thread) == {heike.id}


def test_page_says_what_happens_next_and_when(browser):
    group = make_group(audience="public")
    thread = make_question(group=group)
    set_clock("2026-12-01")

    page = browser.open(thread.path)
    assert "Am Donnerstag, 3. Dezember fragen wir Mitglieder" in page.main
    assert "geht die Frage am Mittwoch, 9. Dezember an die Koordinierungsstelle" in page.main
    rise_on(THURSDAY)
    page = browser.open(thread.path)
    assert "möchte gerade gefragt werden" in page.main
    rise_on(NEXT_WEDNESDAY)

    page = browser.open(thread.path)
    assert "Seit Mittwoch, 9. Dezember kümmert sich die Koordinierungsstelle" in page.main
    make_post(thread, "So.")
    assert "Noch keine Antwort" not in browser.open(thread.path).main


def test_usual_time_is_said_from_five_answers_on(browser):
    group = make_group(audience="public")
    for _ in range(4):
        quick_answer(group)
    thread = make_question(group=group)

    jobs.measure_answers()
    assert "meist innerhalb" not in browser.open(thread.path).main
    quick_answer(group)
    jobs.measure_answers()

    assert "In dieser Gruppe kommt die erste Antwort meist innerhalb von 2 Tage" in (
        browser.open(thread.path).main
    )


def quick_answer(group):
    asked_at = clock.now() - timedelta(days=20)
    thread = make_thread(group=group, created_at=asked_at)
    make_post(thread, created_at=asked_at + timedelta(days=2))


def test_times_of_protected_groups_do_not_count_for_all():
    closed = make_group(audience="closed")
    for _ in range(5):
        quick_answer(closed)

    jobs.measure_answers()

    assert [row.group_id for row in session.scalars(select(AnswerTime))] == [closed.id]


def test_office_asks_somebody_by_name(browser):
    thread, heike, wanda = make_question(), make_helper(), make_account("Wanda Wald")
    browser.sign_in(make_clara())
    page = browser.open(thread.path).follow("Jemanden fragen, der helfen kann")
    assert "Heike" in page.main

    page = page.submit("ask-person", person_query="Wanda", person_search="1")
    page = page.submit("ask-person", person=str(wanda.id))

    assert "Wanda Wald" in page.main
    assert asked(thread) == {wanda.id}
    assert "Clara fragt" in told(wanda)[0].text
    assert session.scalars(select(LogEntry.action)).all()[-1] == "ask_person"
    page = page.submit("ask-person", person=str(wanda.id), status=422)
    assert "können wir gerade nicht fragen" in page.main
    assert told(heike) == []


def test_consent_is_given_and_taken_back_on_the_profile(browser):
    anna = make_anna(helps_with="Hebammen")
    page = browser.sign_in(anna).open("/konto/profil")

    page.submit("profile", may_be_asked="y")
    session.refresh(anna)
    assert anna.may_be_asked_at

    page = browser.open("/konto/profil")
    assert page.html.select_one("[name=may_be_asked]").has_attr("checked")
    page.submit("profile", may_be_asked=None)
    session.refresh(anna)
    assert anna.may_be_asked_at is None


def test_batches_go_on_where_they_stopped(monkeypatch):
    threads = [make_question(f"Hebammen {number}") for number in range(3)]
    for number in range(9):
        make_helper(f"Heike {number}")
    monkeypatch.setattr(jobs, "BATCH", 2)
    save(Rise(thread_id=threads[0].id, asked_at=clock.now(), helpers=0))

    rise_on(THURSDAY)

    assert [len(asked(thread)) for thread in threads] == [0, 3, 3]


def test_page_costs_the_same_however_many_were_asked(browser, count_queries):
    thread = make_question(group=make_group(audience="public"))
    path, thread_id = thread.path, thread.id
    browser.open(path)
    one = count_queries(lambda: browser.open(path))
    for number in range(5):
        request = HelpRequest(thread_id=thread_id, account_id=make_account(f"X {number}").id)
        save(request)

    assert count_queries(lambda: browser.open(path)) == one <= 8
    browser.sign_in(make_anna())
    assert count_queries(lambda: browser.open(path)) <= 12
