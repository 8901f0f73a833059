"""Forms another website sends: a page of ours must not help it with a click."""

import pytest
from sqlalchemy import select

from inforo.db import session
from inforo.groups.models import Membership
from tests import factories
from tests.conftest import SETTINGS

OTHER = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}


@pytest.mark.parametrize(
    "headers",
    [
        OTHER,
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_form_of_another_website_is_not_offered_to_be_sent_again(browser, headers):
    group = factories.make_group()
    browser.sign_in(factories.make_anna())
    typed = "Das hier habe ich selbst geschrieben, und es soll nicht verloren gehen."

    answer = browser.client.post(
        f"/gruppen/{group.slug}/beitreten", data={"text": typed}, headers=headers
    )

    assert answer.status_code == 403
    assert "kam von einer anderen Website" in answer.text
    assert typed in answer.text
    assert 'id="send-again"' not in answer.text
    joined = select(Membership.id).where(Membership.group_id == group.id)
    assert session.scalar(joined) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        {"Origin": "null"},
        {"Origin": SETTINGS["base_url"]},
    ],
)
def test_form_of_ours_that_was_open_too_long_is_offered(browser, headers):
    group = factories.make_group()
    browser.sign_in(factories.make_anna())

    answer = browser.client.post(f"/gruppen/{group.slug}/beitreten", headers=headers)

    assert answer.status_code == 400
    assert 'id="send-again"' in answer.text
