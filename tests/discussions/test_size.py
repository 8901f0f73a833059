"""What a full page of a thread may weigh."""

import pytest

from tests import factories
from tests.factories import make_account, make_group, make_post, make_thread
from tests.reference import MUENSTER

WORDS = "Wir haben mit drei Kitas begonnen, die ohnehin mitmachen wollten. " * 4


@pytest.mark.parametrize("who", ["guest", "anna", "clara"])
def test_twenty_posts_keep_to_forty_kilobytes(browser, who):
    group = make_group(audience="public")
    author = factories.make_anna() if who == "anna" else make_account("Autorin")
    thread = make_thread("Wie gewinnen wir Kitas, die nie kommen?", group=group, author=author)
    for number in range(19):
        person = make_account(f"Vorname Nachname {number}", municipality=MUENSTER)
        make_post(thread, WORDS, author=person)
    if who != "guest":
        browser.sign_in(author if who == "anna" else factories.make_clara())

    page = browser.open(thread.path)

    assert len(page.html.select("article.post")) == 20
    assert len(page.response.data) <= 40 * 1024
