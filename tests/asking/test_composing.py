"""Quoting, mentioning, templates, what there is already, and in whose name one answers."""

from urllib.parse import urljoin

import pytest
from sqlalchemy import select

from inforo import jobs
from inforo.db import session
from inforo.discussions import mentioning
from inforo.discussions.models import Post
from inforo.notifications.models import Event, Notification
from tests.factories import (
    make_account,
    make_anna,
    make_bernd,
    make_example,
    make_group,
    make_post,
    make_thread,
)

OFFERS = "/diskussionen/erwaehnen"


def body_of(page) -> str:
    return page.html.select_one("#body").text.strip()


def told_of_mention() -> set[int]:
    wanted = select(Notification.account_id).where(Notification.event == Event.MENTION)
    return set(session.scalars(wanted))


def test_quote_names_its_author_and_leads_back(browser):
    bernd, thread = make_bernd(), make_thread()
    post = make_post(thread, "Bei uns klappt es.\nSeit Jahren.", author=bernd)
    page = browser.sign_in(make_anna()).open(thread.path)

    links = [link["href"] for link in page.html.select("a") if link.text.strip() == "Zitieren"]
    page = browser.open(urljoin(thread.path, links[-1]))

    assert body_of(page) == (
        f"> **Bernd** schrieb ([#2](/beitraege/{post.id})):\n>\n"
        "> Bei uns klappt es.\n> Seit Jahren."
    )
    page = page.submit("reply", body=body_of(page) + "\n\nDanke!")
    assert page.html.select_one(f".post blockquote a[href='/beitraege/{post.id}']")


def test_quote_mentions_nobody_and_repeats_no_quote(browser):
    thread = make_thread()
    post = make_post(thread, "> Älteres Zitat\n\nFragt @[Bernd]!", author=make_bernd())

    page = browser.sign_in(make_anna()).open(f"{thread.path}?zitat={post.id}")

    assert "Älteres" not in body_of(page)
    assert "Fragt Bernd!" in body_of(page)


def test_quote_comes_below_what_was_typed_before(browser):
    thread = make_thread()
    post = make_post(thread, "Zitierbar", author=make_bernd())
    page = browser.sign_in(make_anna()).open(thread.path)
    page.html.select_one("form#reply")["action"] = "/konto/entwuerfe/speichern"
    page.submit("reply", button="draft_button", body="Angefangen")

    page = browser.open(f"{thread.path}?zitat={post.id}")

    assert body_of(page).startswith("Angefangen\n\n> **Bernd** schrieb")


def test_hidden_words_and_posts_of_other_threads_are_not_quoted(browser):
    here, there = make_thread(), make_thread("Anderswo", posts=("Fremdes",))
    hidden = make_post(here, "Verborgenes", author=make_bernd())
    hidden.hidden_at = hidden.created_at
    session.commit()
    other = session.scalar(select(Post.id).where(Post.thread_id == there.id))
    browser.sign_in(make_anna())

    for post_id in (hidden.id, other):
        assert body_of(browser.open(f"{here.path}?zitat={post_id}")) == ""


def test_answer_is_given_in_the_name_of_the_municipality(browser):
    page = browser.sign_in(make_anna()).open(make_thread().path)

    page = page.submit("reply", body="Für die Stadt.", on_behalf="y")

    assert "im Namen von Mannheim" in page.main


def test_people_and_own_groups_are_offered_by_the_beginning_of_their_names(browser):
    anna, bernd = make_anna(), make_bernd()
    group = make_group("Berta-Kreis", audience="members", members=(anna,))
    make_group("Bergsteiger", members=(bernd,))

    found = browser.sign_in(anna).client.get(f"{OFFERS}?gruppe={group.id}&q=Ber").json["found"]

    assert [item["name"] for item in found] == ["Berta-Kreis", "Bernd"]


def test_nobody_outside_is_offered_in_a_closed_group(browser):
    anna, bernd = make_anna(), make_bernd()
    group = make_group(audience="closed", members=(anna,))
    browser.sign_in(anna)

    assert browser.client.get(f"{OFFERS}?gruppe={group.id}&q=Bern").json["found"] == []
    browser.open("/").submit("sign-out")
    answer = browser.sign_in(bernd).client.get(f"{OFFERS}?gruppe={group.id}&q=Ann")
    assert answer.status_code in (403, 404)


def test_group_tells_its_members_once_and_its_author_never(browser):
    anna, bernd, clara = make_anna(), make_bernd(), make_account("Karla")
    make_group("Kernteam", members=(anna, bernd, clara))
    ids = {bernd.id, clara.id}
    page = browser.sign_in(anna).open(make_thread().path)

    page = page.submit("reply", body="Liebes @[Kernteam], und du, @[Bernd]!")
    jobs.work_all()

    assert page.html.select_one("a.mention[href^='/gruppen/']")
    assert told_of_mention() == ids


def test_group_of_others_is_no_mention(browser):
    bernd = make_bernd()
    make_group("Kernteam", members=(bernd,))
    page = browser.sign_in(make_anna()).open(make_thread().path)

    page.submit("reply", body="Liebes @[Kernteam]!")
    jobs.work_all()

    assert told_of_mention() == set()


def test_group_mentioned_in_a_closed_group_tells_only_who_reads_it():
    anna, bernd = make_anna(), make_bernd()
    make_group("Kernteam", members=(anna, bernd))
    closed = make_group("Intern", audience="closed", members=(anna,))

    found = mentioning.find(anna.id, ["Kernteam"], closed)

    assert mentioning.count_told(anna.id, found, closed) == 0


def test_preview_says_how_many_people_are_told(browser):
    anna, bernd = make_anna(), make_bernd()
    make_group("Kernteam", members=(anna, bernd, make_account("Karla")))
    page = browser.sign_in(anna).open(make_thread().path)

    page = page.submit("reply", button="preview", body="@[Kernteam] und @[Bernd]")

    assert "benachrichtigt 2 Personen" in page.html.select_one(".preview").text


def test_eleven_names_are_too_many(browser):
    page = browser.sign_in(make_anna()).open(make_thread().path)
    names = " ".join(f"@[Person {number}]" for number in range(11))

    page = page.submit("reply", body=names, status=422)

    assert "11 Erwähnungen" in page.main


def test_question_begins_with_the_template_of_its_group(browser):
    group = make_group(question_template="## Ausgangslage\n\n## Frage")
    browser.sign_in(make_anna())

    page = browser.open(f"/diskussionen/neu?gruppe={group.slug}")

    assert body_of(page) == "## Ausgangslage\n\n## Frage"


def test_template_is_added_by_a_button_below_what_was_typed(browser):
    group = make_group(question_template="## Ausgangslage")
    page = browser.sign_in(make_anna()).open("/diskussionen/neu")

    page = page.submit("thread", button="template", body="Hallo,", group_id=str(group.id))

    assert body_of(page) == "Hallo,\n\n## Ausgangslage"


def test_managers_write_the_template(browser):
    anna = make_anna()
    group = make_group(managers=(anna, make_account()))
    page = browser.sign_in(anna).open(f"/gruppen/{group.slug}/bearbeiten")

    page.submit("group", question_template="## Frage")

    session.refresh(group)
    assert group.question_template == "## Frage"


@pytest.fixture
def indexed(browser):
    """Fill the index with a discussion and an example one may see, and one one may not."""
    make_group(audience="public")
    make_thread("Wer hat eine Babybegrüßung eingeführt?")
    hidden = make_group("Geheim", audience="closed", members=(make_account("Olga"),))
    make_thread("Babybegrüßung streng vertraulich", group=hidden)
    make_example("Babybegrüßung mit Hausbesuch")
    return browser.sign_in(make_anna())


def test_similar_questions_and_examples_are_offered_while_one_asks(indexed):
    page = indexed.open("/diskussionen/neu?title=Babybegrüßung")

    offered = page.html.select_one("#similar").text
    assert "Wer hat eine Babybegrüßung eingeführt?" in offered
    assert "Babybegrüßung mit Hausbesuch" in offered
    assert "vertraulich" not in offered


def test_preview_offers_them_without_script(indexed):
    page = indexed.open("/diskussionen/neu")

    page = page.submit("thread", button="preview", title="Babybegrüßung", body="Wie?")

    assert "Hausbesuch" in page.html.select_one("#similar").text
