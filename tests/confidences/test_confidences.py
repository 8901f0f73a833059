"""A confidential question from the form to the answer, and back to the one who asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock, jobs
from inforo.agenda.queries import points
from inforo.audit import LogEntry
from inforo.confidences import actions, policy
from inforo.confidences.jobs import forget_confidences
from inforo.confidences.models import Confidence
from inforo.db import session
from inforo.discussions import actions as discussions
from inforo.discussions.models import Post, Thread
from inforo.errors import DomainError
from inforo.notifications.models import Notification
from inforo.offices import actions as offices
from inforo.offices.models import Absence, WorkItem
from tests.confidences.making import (
    case,
    make_confidence,
    make_proposed,
    make_published,
    taken,
)
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_coordinator,
    make_doris,
    make_frieda,
    make_group,
    make_office,
    save,
)


def item_of(question):
    session.expire_all()
    return session.scalar(
        select(WorkItem).where(WorkItem.subject == f"confidences:{question.id}")
    )


def test_question_goes_to_the_office_instead_of_the_group(browser):
    make_clara()
    group = make_group(members=[anna := make_anna()], holds_first_posts=False)
    page = browser.sign_in(anna).open(f"/diskussionen/neu?gruppe={group.slug}")

    page = page.submit("thread", title="Wie sage ich es?", body="Heikel.", confidential="y")

    question = session.scalars(select(Confidence)).one()
    assert page.url == question.path
    assert "Koordinierungsstelle KGC BW" in page.main
    assert session.scalars(select(Thread)).all() == []


def test_help_place_ticks_the_box(browser):
    make_clara()
    page = browser.sign_in(make_anna()).open("/vertraulich/").follow("Vertraulich fragen")

    assert page.html.select_one("[name=confidential]").has_attr("checked")


def test_without_an_office_the_question_stays_in_the_form(browser):
    group = make_group(members=[anna := make_anna()], holds_first_posts=False)
    page = browser.sign_in(anna).open(f"/diskussionen/neu?gruppe={group.slug}")

    page = page.submit("thread", title="Wohin?", body="Nur so.", confidential="y", status=409)

    assert "noch keine Stelle" in page.main


def test_basket_shows_a_number_and_no_name(browser):
    clara = make_clara()
    question = make_confidence(make_account("Ursula"), title="Sumpfdotterblume")
    page = browser.sign_in(clara).open("/arbeitskorb/")

    assert f"Vertrauliche Frage Nr. {question.id}" in page.main
    assert "Ursula" not in page.text
    assert "Sumpfdotterblume" not in page.text


def test_only_who_has_taken_it_reads_it_and_each_look_is_kept(browser, new_browser):
    clara, carla = make_clara(), make_coordinator("BW", "Carla")
    anna = make_anna()
    question = make_confidence(anna, title="Sumpfdotterblume")

    refused = browser.sign_in(carla).open(question.path, status=403)
    assert "Sumpfdotterblume" not in refused.text
    page = new_browser().sign_in(clara).open(f"/arbeitskorb/vorgaenge/{item_of(question).id}")
    assert not page.has_form("hand-over")
    assert "Ansehen" not in page.main, "first she takes it"
    taken(question, clara)
    page = new_browser().sign_in(clara).open(f"/arbeitskorb/vorgaenge/{item_of(question).id}")
    page = page.follow("Ansehen und entscheiden")
    assert page.url == question.path
    assert "Anna" in page.text
    assert "Heikel." in page.main

    looks = session.scalars(select(LogEntry).where(LogEntry.action == "look_at_confidence"))
    assert [(look.actor_id, look.title) for look in looks] == [(clara.id, "")]
    assert "Clara" in new_browser().sign_in(anna).open(question.path).main


def test_deputy_reads_what_the_absent_has_taken():
    clara, carla = make_clara(), make_coordinator("BW", "Carla")
    question = make_confidence(make_anna())
    taken(question, clara)
    assert not policy.handles(actor(carla), case(question, carla))
    today = clock.today()
    save(Absence(account_id=clara.id, deputy_id=carla.id, starts_on=today, ends_on=today))

    assert policy.handles(actor(carla), case(question, carla))


def test_admins_and_other_offices_do_not_find_it(browser, new_browser):
    make_clara()
    question = make_confidence(make_anna())

    for person in (make_frieda(), make_doris(), make_bernd()):
        one = new_browser().sign_in(person)
        one.open(question.path, status=404)
        if person.name != "Bernd":
            one.open(f"/arbeitskorb/vorgaenge/{item_of(question).id}", status=404)
            assert "Vertrauliche Frage Nr" not in one.open("/arbeitskorb/").main


def test_office_and_asker_are_next_in_turn(browser, new_browser):
    clara, anna = make_clara(), make_anna()
    question = make_confidence(anna)
    taken(question, clara)
    office, asker = browser.sign_in(clara), new_browser().sign_in(anna)

    page = office.open(question.path).submit("message", body="Was genau meinen Sie?")
    assert "fragende Person dran" in page.main
    assert item_of(question).waits_for_author_since is not None
    page = asker.open(question.path)
    assert "Als Nächstes sind Sie dran." in page.main
    assert points(actor(anna), 5).confidence[0].id == question.id
    page = page.submit("message", body="Es geht um Geld.")
    assert item_of(question).waits_for_author_since is None
    assert item_of(question).due_on is not None


def test_what_was_released_is_published_without_a_name(browser, new_browser):
    clara, anna = make_clara(), make_anna()
    group = make_group("Runde", holds_first_posts=False)
    question = make_confidence(anna, group=group)
    taken(question, clara)
    office, asker = browser.sign_in(clara), new_browser().sign_in(anna)

    page = office.open(question.path).follow("Text vorlegen")
    page = page.submit(
        "propose", title="Wie redet man über Geld?", body="**Ohne** Namen.", group_id=group.id
    )
    assert not page.has_form("publish")
    page = asker.open(question.path)
    assert "Wie redet man über Geld?" in page.main
    assert page.html.select_one("#proposal strong").text == "Ohne"
    page = page.submit("release")
    page = office.open(question.path).submit("publish")

    thread = session.scalars(select(Thread)).one()
    assert (thread.author_id, thread.title) == (None, "Wie redet man über Geld?")
    shown = new_browser().sign_in(make_bernd()).open(thread.path)
    assert "Vertrauliche Frage" in shown.main
    assert "weitergegeben durch Koordinierungsstelle KGC BW" in shown.main
    assert "Anna" not in shown.text
    assert "Das ist Ihre vertrauliche Frage" in asker.open(thread.path).main
    assert not item_of(question).is_open


def test_release_counts_for_the_words_that_were_read(browser):
    clara, anna = make_clara(), make_anna()
    question = make_proposed(anna, clara)
    page = browser.sign_in(anna).open(question.path)
    actions.propose(
        actor(clara), case(question, clara), question.group, "Anders", "Ganz anders."
    )
    session.commit()

    page.submit("release", status=409)

    session.expire_all()
    assert not question.is_released
    with pytest.raises(AssertionError):
        browser.open(question.path).submit("publish")


def test_new_words_need_a_new_release():
    clara, anna = make_clara(), make_anna()
    question = make_proposed(anna, clara)
    actions.release(case(question, anna), "1")
    actions.propose(actor(clara), case(question, clara), question.group, "Neu", "Neu.")

    assert not question.is_released


def test_group_the_asker_cannot_read_is_not_offered(browser):
    clara, anna = make_clara(), make_anna()
    closed = make_group("Nur Stelle", audience="closed", members=(clara,))
    question = make_confidence(anna)
    taken(question, clara)

    page = browser.sign_in(clara).open(f"{question.path}/vorschlag")

    assert "Nur Stelle" not in page.main
    assert closed.name not in page.text.partition("In welcher Gruppe?")[2][:200]


def test_two_of_the_office_see_both_texts_when_they_propose_at_once(browser):
    clara = make_clara()
    question = make_confidence(make_anna())
    taken(question, clara)
    page = browser.sign_in(clara).open(f"{question.path}/vorschlag")
    group = question.group
    actions.propose(actor(clara), case(question, clara), group, "Erste", "Erste Fassung.")
    session.commit()

    page = page.submit("propose", title="Zweite", body="Zweite Fassung.", status=409)

    assert "Erste Fassung." in page.text
    assert "Zweite Fassung." in page.text


def test_answer_is_told_without_leading_to_the_thread():
    clara, anna = make_clara(), make_anna()
    question = make_published(anna, clara)
    discussions.reply(actor(make_bernd()), question.thread, "Bei uns geht das so.")
    session.commit()
    jobs.work_all()
    question = session.scalars(select(Confidence)).one()

    mine = Notification.account_id == question.asker_id
    told = session.scalars(select(Notification).where(mine).order_by(Notification.id)).all()
    answer = told[-1]
    assert (answer.subject, answer.url) == (f"confidences:{question.id}", question.path)
    assert not [one for one in told if one.subject.startswith("threads:")]
    assert "Bei uns" not in answer.text


def test_asker_accepts_an_answer_in_nobodys_name(browser):
    clara, anna = make_clara(), make_anna()
    question = make_published(anna, clara)
    post = discussions.reply(actor(make_bernd()), question.thread, "So.")
    session.commit()
    page = browser.sign_in(anna).open(question.path)

    form = page.html.select_one(f"form[action='{question.path}/antwort/{post.id}']")
    assert form
    actions.accept(case(question, anna), post)
    session.commit()

    assert question.thread.answer_post_id == post.id
    assert anna.id not in session.scalars(select(LogEntry.actor_id)).all()
    assert anna.id not in session.scalars(select(WorkItem.closed_by_id)).all()


def test_question_is_an_own_open_one_until_somebody_answers(browser):
    clara, anna = make_clara(), make_anna()
    question = make_published(anna, clara)
    assert [row.id for row in points(actor(anna), 5).question] == [question.thread_id]
    assert points(actor(clara), 5).question == []
    assert (
        question.proposed_title
        in browser.sign_in(anna).open("/diskussionen/?ansicht=meine").main
    )

    discussions.reply(actor(make_bernd()), question.thread, "So.")
    session.commit()

    assert points(actor(anna), 5).question == []


def test_follow_up_stands_in_the_thread_without_a_name(browser, new_browser):
    clara, anna = make_clara(), make_anna()
    question = make_published(anna, clara)
    page = browser.sign_in(anna).open(question.path)
    page = page.submit("message", body="Und bei **kleinen** Kommunen?", for_thread="y")
    assert item_of(question).is_open

    office = new_browser().sign_in(clara)
    form = office.open(question.path).html.select_one("form[action*='/weitergeben/']")
    actions.relay(
        actor(clara),
        case(question, clara),
        actions.queries.get_message(question, int(form["action"].rpartition("/")[2])),
    )
    session.commit()

    post = session.scalar(select(Post).where(Post.number == 2))
    assert (post.author_id, post.body) == (None, "Und bei **kleinen** Kommunen?")
    assert "Fragende Person" in office.open(question.thread.path).main
    assert not item_of(question).is_open


def test_message_is_passed_on_once():
    clara, anna = make_clara(), make_anna()
    question = make_published(anna, clara)
    actions.write(actor(anna), case(question, anna), "Noch etwas.", for_thread=True)
    [said] = actions.queries.messages_of(question)
    actions.relay(actor(clara), case(question, clara), said)

    with pytest.raises(DomainError):
        actions.relay(actor(clara), case(question, clara), said)


def test_revealing_asks_first_and_names_all_posts(browser):
    clara, anna = make_clara(), make_anna()
    question = make_published(anna, clara)
    actions.write(actor(anna), case(question, anna), "Noch etwas.", for_thread=True)
    actions.relay(actor(clara), case(question, clara), actions.queries.messages_of(question)[0])
    session.commit()
    page = browser.sign_in(anna).open(question.path).follow("Mich zu erkennen geben")
    assert session.scalars(select(Post.author_id).where(Post.author_id == anna.id)).all() == []

    page = page.submit("reveal", button="sure")

    session.expire_all()
    assert {post.author_id for post in session.scalars(select(Post))} == {anna.id}
    assert question.thread.author_id == anna.id
    assert "Vertrauliche Frage" not in page.main
    browser.open(f"{question.path}/zu-erkennen-geben", status=403)


def test_nobody_edits_or_takes_back_what_the_office_passed_on():
    clara, anna = make_clara(), make_anna()
    question = make_published(anna, clara)
    post = session.scalars(select(Post)).one()

    for person in (clara, anna):
        assert not discussions.policy.may_edit(actor(person), post)
        assert not discussions.policy.may_edit_marked(actor(person), post)
        assert not discussions.policy.may_delete(actor(person), post)
    assert question.thread.author_id is None


def test_withdrawn_question_is_closed_in_nobodys_name(browser):
    make_clara()
    anna = make_anna()
    question = make_confidence(anna)

    browser.sign_in(anna).open(question.path).submit("withdraw")

    item = item_of(question)
    assert (item.is_open, item.closed_by_id, item.author_id) == (False, None, None)
    assert session.scalars(select(LogEntry)).all() == []


def test_office_closes_with_a_word_to_the_asker(browser, new_browser):
    clara, anna = make_clara(), make_anna()
    question = make_confidence(anna)
    taken(question, clara)
    page = browser.sign_in(clara).open(question.path)

    page.submit("end", status=422)
    page.submit("end", reason="Das klären wir am Telefon.")

    assert "am Telefon" in new_browser().sign_in(anna).open(question.path).main
    assert not item_of(question).is_open


def test_other_office_gets_it_only_with_consent(browser, new_browser):
    clara, anna, doris = make_clara(), make_anna(), make_doris()
    question = make_confidence(anna)
    taken(question, clara)
    other = make_office("NW")
    page = browser.sign_in(clara).open(question.path)
    page.submit("offer", office=str(other.id), offer_reason="Ihr Thema.")
    new_browser().sign_in(doris).open(question.path, status=404)

    page = new_browser().sign_in(anna).open(question.path)
    assert "Ihr Thema." in page.main
    page.submit("agree")

    new_browser().sign_in(doris).open(question.path, status=403)
    browser.open(question.path, status=404)
    assert item_of(question).taken_by_id is None


def test_question_stays_where_it_is_without_consent(browser, new_browser):
    clara, anna, doris = make_clara(), make_anna(), make_doris()
    question = make_confidence(anna)
    actions.offer(actor(clara), taken(question, clara), make_office("NW"), "Ihr Thema.")
    session.commit()

    browser.sign_in(anna).open(question.path).submit("disagree")

    new_browser().sign_in(doris).open(question.path, status=404)
    assert item_of(question).office_id == make_office("BW").id


def test_basket_does_not_hand_it_over(browser):
    clara = make_clara()
    question = make_confidence(make_anna())
    make_office("NW")

    with pytest.raises(DomainError):
        offices.hand_over(actor(clara), item_of(question), make_office("NW"), "weg")


def test_question_of_a_closed_account_and_old_ended_ones_are_forgotten():
    make_clara()
    anna = make_anna()
    question = make_confidence(anna)
    anna.closed_at = clock.now()
    session.commit()

    forget_confidences()
    session.expire_all()
    assert question.ended_at is not None
    clock.offset = timedelta(days=200)
    forget_confidences()

    assert session.scalars(select(Confidence)).all() == []
    assert session.scalars(select(WorkItem)).all() == []


def test_page_costs_the_same_with_many_messages(browser, count_queries):
    clara, anna = make_clara(), make_anna()
    question = make_published(anna, clara)
    for number in range(3):
        actions.write(actor(anna), case(question, anna), f"Nachricht {number}")
    session.commit()
    path = question.path
    browser.sign_in(anna).open(path)
    few = count_queries(lambda: browser.open(path))
    question = session.scalars(select(Confidence)).one()
    anna = question.asker
    for number in range(6):
        actions.write(actor(anna), case(question, anna), f"Nachricht {number}")
        discussions.reply(actor(make_account()), question.thread, "So.")
    session.commit()

    assert count_queries(lambda: browser.open(path)) == few
    assert few <= 12
