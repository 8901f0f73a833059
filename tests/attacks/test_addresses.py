"""Addresses of the web that are none."""

import pytest

from inforo.forms import Form, line
from inforo.openings.copying import for_others
from inforo.partnership.forms import web_address

NONE = ("http://[", "http://a:b@[::1", "https://[x]/", "http://\u2100.example")


@pytest.mark.parametrize("address", NONE)
def test_no_address_is_explained(app, address):
    class Website(Form):
        website = line("Website", validators=[web_address])

    with app.test_request_context(method="POST", data={"website": address}):
        form = Website(meta={"csrf": False})

        assert not form.validate()


@pytest.mark.parametrize("address", NONE)
def test_page_of_a_refusal_stands_wherever_somebody_came_from(browser, address):
    sent = {"Referer": address.encode().decode("latin-1")}

    assert browser.client.get("/gibt-es-nicht", headers=sent).status_code == 404
    assert browser.client.get("/glossar/gibt-es-nicht", headers=sent).status_code == 404


@pytest.mark.parametrize("address", NONE)
def test_text_with_such_a_link_can_be_opened(app, address):
    assert "Wort" in for_others(f"[Wort](<{address}>)")
