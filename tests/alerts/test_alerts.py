"""Saved searches and the mails about what is new for them."""

from datetime import timedelta

from sqlalchemy import select, update

from inforo import clock, jobs
from inforo.alerts.jobs import order_mails
from inforo.alerts.models import Rhythm, SavedSearch
from inforo.alerts.queries import unsubscribe_token
from inforo.db import session
from inforo.discussions.models import Post
from inforo.groups.models import GroupAudience
from inforo.mail import Mail
from inforo.search import rebuild
from inforo.search.models import SearchDocument
from inforo.search.source_toolbox import EXAMPLES
from tests import factories
from tests.alerts.factories import save_search


def mails():
    statement = select(Mail).where(Mail.event == "alerts:news").order_by(Mail.id)
    return list(session.scalars(statement))


def run_jobs():
    order_mails()
    jobs.work_all()


def test_member_saves_a_search_with_its_filters(browser):
    factories.make_example("Sprachpaten Süd")
    factories.make_example("Sprachpaten West")
    browser.sign_in(factories.make_anna())

    page = browser.open("/suche?q=Sprachpaten&land=BW")
    saved = page.submit("save-search", rhythm="daily")

    assert "Die Suche ist gemerkt" in saved.text
    assert "Baden-Württemberg" in saved.main
    [link] = [a for a in saved.html.select("main h2 a") if a.text == "Sprachpaten"]
    assert link["href"] == "/suche?q=Sprachpaten&land=BW"
    assert session.scalar(select(SavedSearch.rhythm)) is Rhythm.DAILY


def test_saving_the_same_search_again_changes_the_rhythm_only(browser):
    anna = factories.make_anna()
    browser.sign_in(anna)
    factories.make_example("Sprachpaten")

    for rhythm in ("daily", "never"):
        browser.open("/suche?q=Sprachpaten").submit("save-search", rhythm=rhythm)

    assert [saved.rhythm for saved in session.scalars(select(SavedSearch))] == [Rhythm.NEVER]


def test_search_without_words_is_not_saved_and_keeps_what_was_chosen(browser):
    browser.sign_in(factories.make_anna())
    factories.make_example("Sprachpaten")
    page = browser.open("/suche?q=Sprachpaten&land=BW")

    refused = page.submit("save-search", q="", rhythm="daily", status=422)

    assert "Bitte geben Sie Suchwörter ein." in refused.main
    assert refused.html.select_one("form#save-search input[name=land]")["value"] == "BW"


def test_mail_names_only_what_came_since_the_last_one(app):
    anna = factories.make_anna()
    save_search(anna)
    factories.make_example("Sprachpaten neu")

    run_jobs()
    run_jobs()

    [mail] = mails()
    assert mail.subject == "Neues zu Ihrer Suche „Sprachpaten“"
    assert "Praxisbeispiel: Sprachpaten neu" in mail.text
    assert mail.address == anna.email
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_new_means_no_mail(app):
    save_search(factories.make_anna())
    factories.make_example("Etwas anderes")

    run_jobs()

    assert mails() == []


def test_example_that_is_merely_confirmed_again_is_not_new(app):
    example = factories.make_example("Sprachpaten")
    save_search(factories.make_anna())
    long_known(example)
    example.confirm()
    session.commit()

    run_jobs()

    assert mails() == []


def test_post_that_is_shown_again_is_new(app):
    thread = factories.make_thread("Sprachpaten gesucht", posts=("Wer macht mit?",))
    post = session.scalars(select(Post).where(Post.thread_id == thread.id)).one()
    save_search(factories.make_anna())
    post.created_at = clock.now() - timedelta(days=30)
    post.hidden_at = clock.now()
    session.commit()
    post.hidden_at = None
    session.commit()

    run_jobs()

    [mail] = mails()
    assert "Sprachpaten gesucht" in mail.text


def test_thread_of_a_closed_group_is_new_when_the_group_opens(app):
    group = factories.make_group(audience="closed")
    factories.make_thread("Sprachpaten intern", group=group, posts=("Wer macht mit?",))
    save_search(factories.make_anna())
    session.execute(update(SearchDocument).values(findable_since=long_ago()))
    session.commit()
    group.audience = GroupAudience.MEMBERS
    session.commit()

    run_jobs()

    [mail] = mails()
    assert "Sprachpaten intern" in mail.text


def test_rebuild_makes_nothing_new(app):
    example = factories.make_example("Sprachpaten")
    save_search(factories.make_anna())
    long_known(example)

    rebuild.rebuild()
    run_jobs()

    assert mails() == []


def long_ago():
    return clock.now() - timedelta(days=100)


def long_known(example):
    """Let an example be found since long ago."""
    document = session.get(SearchDocument, EXAMPLES.document_id(example.id))
    document.findable_since = long_ago()
    session.commit()


def test_mail_waits_for_its_rhythm(app):
    anna = factories.make_anna()
    save_search(anna, rhythm=Rhythm.WEEKLY, days_ago=3)
    save_search(anna, "Sprachpaten neu", rhythm=Rhythm.NEVER, days_ago=30)
    factories.make_example("Sprachpaten neu")

    run_jobs()

    assert mails() == []


def test_what_may_be_seen_is_decided_when_the_mail_is_written(app):
    anna, bernd = factories.make_anna(), factories.make_bernd()
    group = factories.make_group(audience="closed", members=(anna,))
    for account in (anna, bernd):
        save_search(account)
    factories.make_thread("Sprachpaten intern", group=group, posts=("Geheim",))

    run_jobs()

    assert [mail.account_id for mail in mails()] == [anna.id]


def test_suspended_member_gets_no_mail(app):
    anna = factories.make_anna()
    save_search(anna)
    factories.make_example("Sprachpaten neu")
    anna.suspended_at = anna.approved_at
    session.commit()

    run_jobs()

    assert mails() == []


def test_one_click_ends_the_mails_about_one_search(browser):
    saved = save_search(factories.make_anna())
    address = f"/suche/abbestellen/{unsubscribe_token(saved)}"

    asked = browser.open(address)
    browser.client.post(address, data={"List-Unsubscribe": "One-Click"})

    assert "Sprachpaten" in asked.main
    session.refresh(saved)
    assert saved.rhythm is Rhythm.NEVER


def test_forged_unsubscribe_link_is_not_there(browser):
    browser.open("/suche/abbestellen/gefaelscht", status=404)


def test_list_changes_rhythm_and_deletes(browser):
    anna = factories.make_anna()
    saved = save_search(anna)
    browser.sign_in(anna)

    page = browser.open("/konto/suchen").submit(f"rhythm-{saved.id}", rhythm="daily")
    session.refresh(saved)
    assert saved.rhythm is Rhythm.DAILY
    browser.client.post(
        f"/konto/suchen/{saved.id}/loeschen",
        data={"csrf_token": page.html.select_one("input[name=csrf_token]")["value"]},
    )

    assert session.scalar(select(SavedSearch.id)) is None


def test_list_needs_the_same_number_of_queries_however_long(browser, count_queries):
    anna = factories.make_anna()
    browser.sign_in(anna)
    save_search(anna, "eins", land=("BW",))
    few = count_queries(lambda: browser.open("/konto/suchen"))
    for number in range(8):
        save_search(anna, f"Suche {number}", land=("BW",))

    assert count_queries(lambda: browser.open("/konto/suchen")) == few <= 12
