"""Whoever may read a post may have its files, at that moment; nobody else, by no address."""

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.attachments import jobs, queries
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.discussions.models import Post
from inforo.files import StoredFile
from inforo.uploads.models import Attachment
from tests import factories
from tests.approvals.making import make_held_answer
from tests.factories import make_anna, make_bernd, make_clara, make_group, make_thread
from tests.uploads.making import make_attached, make_pending, picture


@pytest.fixture
def bernd():
    return make_bernd()


def first_post(thread):
    return session.scalar(select(Post).where(Post.thread_id == thread.id, Post.number == 1))


def make_picture(author, group=None):
    post = first_post(make_thread(author=author, group=group))
    return post, make_attached(post, "Plan.png", picture(), "Ein Plan")


def statuses(browser, attachment):
    paths = attachment.path, f"{attachment.path}/vorschau"
    return {browser.client.get(path).status_code for path in paths}


def test_picture_is_shown_and_nobody_keeps_it(bernd, browser):
    _post, plan = make_picture(bernd)
    process_file(key=plan.file.key)
    browser.sign_in(make_anna())

    whole, small = (browser.client.get(plan.path + end) for end in ("", "/vorschau"))

    assert whole.mimetype == "image/png"
    assert whole.headers["Content-Disposition"].startswith("inline")
    assert small.mimetype == "image/webp"
    for answer in (whole, small):
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        again = browser.client.get(
            answer.request.path, headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304


def test_other_files_are_saved_not_shown(bernd, browser):
    post = first_post(make_thread(author=bernd))
    kept = make_attached(post)

    answer = browser.sign_in(make_anna()).client.get(kept.path)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    browser.open(f"{kept.path}/vorschau", 404)


def test_guest_reads_files_of_public_groups_only(bernd, browser):
    _post, public = make_picture(bernd, make_group(audience="public"))
    _post, members = make_picture(bernd)

    assert statuses(browser, public) == {200}
    assert statuses(browser, members) == {302}


def test_files_go_with_a_hidden_post_for_all_but_its_author_and_moderators(bernd, new_browser):
    post, plan = make_picture(bernd)
    anna, author = new_browser().sign_in(make_anna()), new_browser().sign_in(bernd)
    clara = new_browser().sign_in(make_clara())
    assert statuses(anna, plan) == {200}

    post.hidden_at = clock.now()
    session.commit()

    assert statuses(anna, plan) == {404}
    assert statuses(author, plan) == {200}
    assert statuses(clara, plan) == {200}


def test_files_go_with_a_deleted_post_for_everybody(bernd, new_browser):
    post, plan = make_picture(bernd)
    author = new_browser().sign_in(bernd)
    post.deleted_at = clock.now()
    session.commit()

    assert statuses(author, plan) == {404}


def test_files_follow_their_thread_into_a_closed_group(bernd, new_browser):
    post, plan = make_picture(bernd)
    anna = new_browser().sign_in(make_anna())
    member = new_browser().sign_in(bernd)
    assert statuses(anna, plan) == {200}

    post.thread.group = make_group(audience="closed", members=(bernd,))
    session.commit()

    assert statuses(anna, plan) == {404}
    assert statuses(member, plan) == {200}


def test_who_left_the_group_has_its_files_no_more(bernd, browser):
    group = make_group(audience="closed")
    membership = factories.join(group, bernd)
    _post, plan = make_picture(make_account_in(group), group)
    browser.sign_in(bernd)
    assert statuses(browser, plan) == {200}

    session.delete(membership)
    session.commit()

    assert statuses(browser, plan) == {404}


def make_account_in(group):
    account = factories.make_account("Autorin")
    factories.join(group, account)
    return account


def test_files_of_a_held_post_are_for_its_author_and_who_decides(bernd, new_browser):
    held = make_held_answer(make_thread(author=bernd))
    kept = make_pending(held.author, f"held:{held.id}")

    assert statuses_of_file(new_browser().sign_in(held.author), kept) == 200
    assert statuses_of_file(new_browser().sign_in(make_clara()), kept) == 200
    assert statuses_of_file(new_browser().sign_in(bernd), kept) == 404


def statuses_of_file(browser, attachment):
    return browser.client.get(attachment.path).status_code


def test_list_of_a_group_holds_what_the_reader_may_read(bernd):
    anna, group = make_anna(), make_group()
    shown, plan = make_picture(bernd, group)
    hidden, _plan = make_picture(bernd, group)
    make_picture(bernd)
    hidden.hidden_at = clock.now()
    session.commit()

    rows = queries.files_of_group(factories.actor(anna), group)

    assert [row.id for row in rows] == [plan.id]
    assert (rows[0].name, rows[0].title, rows[0].post_id) == (
        "Plan.png",
        shown.thread.title,
        shown.id,
    )
    assert queries.count_files_of_group(factories.actor(anna), group) == 1


def test_list_of_a_closed_group_is_empty_for_others(bernd):
    group = make_group(audience="closed", members=(bernd,))
    make_picture(bernd, group)
    anna = factories.actor(make_anna())

    assert queries.files_of_group(anna, group) == []
    assert queries.count_files_of_group(anna, group) == 0


def test_files_of_deleted_posts_are_gone_after_a_month(bernd):
    post, plan = make_picture(bernd)
    post.deleted_at = clock.now() - clock.timedelta(days=31)
    session.commit()

    jobs.forget_files_of_deleted_posts()

    assert session.get(Attachment, plan.id) is None
    assert session.scalar(select(StoredFile)) is not None, "the sweep of files takes the rest"


def test_description_of_a_foreign_picture_does_not_get_into_a_text(bernd, browser):
    group = make_group(audience="closed", members=(bernd,))
    post = first_post(make_thread(author=bernd, group=group))
    secret = make_attached(post, "Plan.png", picture(), "Geheimer Plan")
    thread = make_thread(author=bernd)

    page = browser.sign_in(make_anna()).open(thread.path)
    shown = page.submit("reply", body=f"![]({secret.path})")

    assert "Geheimer Plan" not in str(shown.html)


def test_own_picture_in_a_text_says_what_it_shows(browser):
    anna = make_anna()
    thread = make_thread(author=make_bernd())
    plan = make_pending(anna, f"reply:{thread.id}", "Plan.png", picture())
    plan.description = "Ein Plan"
    session.commit()

    page = browser.sign_in(anna).open(thread.path)
    shown = page.submit("reply", body=f"![]({plan.path})")

    assert shown.html.select_one(".prose img")["alt"] == "Ein Plan"
