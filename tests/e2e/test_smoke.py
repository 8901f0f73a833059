"""The platform stands, in a real browser."""

import pytest

PAGES = {
    "start": "/",
    "hilfe": "/hilfe",
    "impressum": "/impressum",
    "suche": "/suche?q=fruehe+hilfen",
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_usable_for_everybody(name, visit, check_page, picture):
    page = visit()

    answer = page.goto(PAGES[name])

    assert answer.status == 200
    assert page.locator("h1").count() == 1
    check_page(page)
    picture(page, name)


def test_member_signs_in(visit, check_page):
    page = visit("anna.albrecht@mannheim.example")

    assert page.get_by_text("Anna Albrecht").count() > 0
    check_page(page)
