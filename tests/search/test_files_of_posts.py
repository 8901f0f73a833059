"""What stands in a file of a post is found with its thread, with the rights of the post."""

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.discussions.models import Post
from inforo.search import drift, queries
from inforo.search.results import Filters
from inforo.search.source_files import POST_FILES
from tests import factories
from tests.uploads.making import make_attached

pytestmark = pytest.mark.usefixtures("word_lists")
WORDS = b"Mit der Geburtsklinik vereinbaren wir Lotsendienste."


def make_post_with_file(group, author, words="Siehe Anhang."):
    thread = factories.make_thread(
        "Wer hat Verträge?", group=group, author=author, posts=(words,)
    )
    post = session.scalar(select(Post).where(Post.thread_id == thread.id))
    attachment = make_attached(post, "vertrag.txt", WORDS)
    process_file(key=attachment.file.key)
    session.expire_all()
    return post, attachment


def find(account):
    results = queries.find(factories.actor(account), "Lotsendienst", Filters({}))
    return [result for result in results.results if not result.is_loose]


def test_thread_is_found_by_the_text_of_a_file_until_the_file_or_the_post_is_gone():
    anna = factories.make_anna()
    post, attachment = make_post_with_file(factories.make_group(), factories.make_bernd())
    [result] = find(anna)
    assert (result.found_in, result.url) == ("vertrag.txt", post.thread.path)

    post.hidden_at = clock.now()
    session.commit()
    assert find(anna) == []

    post.hidden_at = None
    session.commit()
    assert len(find(anna)) == 1

    attachment.removed_at = clock.now()
    session.commit()
    assert find(anna) == []
    assert list(drift.drift_of(POST_FILES)) == []


def test_file_of_a_closed_group_is_found_by_its_members_only():
    anna, bernd = factories.make_anna(), factories.make_bernd()
    make_post_with_file(factories.make_group(audience="closed", members=(bernd,)), bernd)

    assert find(anna) == []
    assert len(find(bernd)) == 1


def test_file_follows_its_thread_into_a_closed_group():
    anna, bernd = factories.make_anna(), factories.make_bernd()
    closed = factories.make_group(audience="closed", members=(bernd,))
    post, _file = make_post_with_file(factories.make_group(), bernd)
    assert len(find(anna)) == 1

    post.thread.group = closed
    session.commit()

    assert find(anna) == []
    assert len(find(bernd)) == 1


def test_thread_and_its_file_are_one_result():
    anna = factories.make_anna()
    make_post_with_file(factories.make_group(), factories.make_bernd(), "Lotsendienst gesucht")

    assert len(find(anna)) == 1
