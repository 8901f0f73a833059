"""Offices keep templates of their own, editors those of everybody."""

from sqlalchemy import select

from inforo.authz import Actor
from inforo.db import session
from inforo.reasons.actions import add_template
from inforo.reasons.models import ReasonTemplate
from inforo.reasons.policy import may_use, usable_by
from tests.factories import (
    actor,
    make_anna,
    make_clara,
    make_doris,
    make_emil,
    make_office,
)


def test_office_keeps_its_own(browser, new_browser):
    clara = browser.sign_in(make_clara())
    page = clara.open("/arbeitskorb/textbausteine/").follow("Neuer Textbaustein")

    page = page.submit("template-form", title="Namen", text="Bitte keine Namen.")

    assert "Bitte keine Namen." in page.main
    assert "Namen" not in new_browser().sign_in(make_doris()).open(page.url).main
    page = page.follow("Namen").submit("template-form", text="Ohne Namen, bitte.")
    assert "Ohne Namen, bitte." in page.main
    template = session.scalar(select(ReasonTemplate))
    page = page.submit(f"delete-{template.id}")
    assert "Noch keine" in page.main


def test_editors_keep_what_everybody_uses(browser, new_browser):
    emil = browser.sign_in(make_emil())
    page = emil.open("/arbeitskorb/textbausteine/neu")
    page.submit("template-form", title="Dank", text="Danke für Ihr Verständnis.")
    template = session.scalar(select(ReasonTemplate))

    page = new_browser().sign_in(make_clara()).open("/arbeitskorb/textbausteine/")

    assert "Danke für Ihr Verständnis." in page.main
    assert not page.has_form(f"delete-{template.id}")


def test_second_of_two_editors_sees_both_texts(browser):
    template = add_template(Actor(), None, "Dank", "Danke.")
    session.commit()
    page = browser.sign_in(make_emil()).open(f"/arbeitskorb/textbausteine/{template.id}")
    page.submit("template-form", text="Vielen Dank.")

    page.submit("template-form", text="Herzlichen Dank.", status=409)

    assert session.scalar(select(ReasonTemplate.text)) == "Vielen Dank."


def test_sql_and_python_agree_who_may_use_what(app):
    people = [actor(make()) for make in (make_anna, make_clara, make_doris, make_emil)]
    for office_id in (None, make_office("BW").id, make_office("NW").id):
        add_template(Actor(), office_id, "Name", "Text")
    session.commit()

    for person in people:
        found = session.scalars(select(ReasonTemplate).where(usable_by(person))).all()
        every = session.scalars(select(ReasonTemplate)).all()
        assert found == [one for one in every if may_use(person, one)]
