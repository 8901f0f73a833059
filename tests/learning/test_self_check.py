"""The self-check: for everybody, stored only on request, and never a verdict."""

from sqlalchemy import func, select

from inforo.db import session
from inforo.learning.criteria import guides, level_texts
from inforo.learning.models import SelfCheck
from inforo.toolbox.example_parts import ExampleCriterion
from inforo.toolbox.models import Example
from inforo.vocabularies import queries as vocabularies
from tests import factories
from tests.browser import current_values

ADDRESS = "/werkzeugkiste/selbstcheck"


def filled(browser, **levels):
    page = browser.open(ADDRESS)
    return page.submit("check", title="Elterncafé", **levels)


def test_every_criterion_and_level_has_its_help_text():
    assert guides().keys() == dict(vocabularies.choices("criterion")).keys()
    assert len(level_texts()) == 5


def test_help_stands_above_the_choices_and_belongs_to_them(browser):
    choices = browser.open(ADDRESS).html.select_one("fieldset#partizipation")

    help_text = choices.select_one(f"#{choices['aria-describedby']}")

    assert guides()["partizipation"].about in help_text.text
    assert guides()["partizipation"].evidence in help_text.text
    assert help_text.find_next("input")["name"] == "partizipation"


def test_guest_sees_levels_strengths_and_next_steps_and_nothing_is_stored(browser):
    page = filled(browser, partizipation="1", konzeption="4")

    assert "Ergebnis: Elterncafé" in page.main
    assert "4 – umgesetzt, geprüft und weiterentwickelt" in page.main
    assert guides()["partizipation"].next_step(1) in page.main
    assert guides()["konzeption"].next_step(4) in page.main
    assert guides()["konzeption"].next_step(3) not in page.main
    assert page.text.index(guides()["partizipation"].next_step(1)) < page.text.index(
        guides()["konzeption"].next_step(4)
    )
    assert page.html.select("main svg.level__dots")
    assert not page.has_form("keep-check")
    assert session.scalar(select(func.count(SelfCheck.id))) == 0


def test_each_level_of_each_criterion_has_a_next_step_of_its_own():
    steps = [step for guide in guides().values() for step in guide.steps]

    assert len(steps) == len(set(steps)) == 12 * len(level_texts())
    assert all(40 < len(step) < 160 and step.endswith((".", "?", ".")) for step in steps)


def test_empty_check_is_refused_with_a_sentence(browser):
    page = browser.open(ADDRESS).submit("check", status=422, title="Elterncafé")

    assert "mindestens ein Kriterium" in page.main
    assert page.html.select_one("#title")["value"] == "Elterncafé"


def test_next_steps_lead_to_public_examples_that_highlight_the_criterion(browser):
    for title, state in (("Gute Runde", "published"), ("Entwurf", "draft")):
        criterion = ExampleCriterion(
            criterion_key="partizipation", position=5, level=4, is_highlighted=True
        )
        factories.make_example(title, criteria=[criterion], state=state)

    page = filled(browser, partizipation="2")

    assert [link.text for link in page.html.select("section ul a")] == ["Gute Runde"]


def test_result_comes_as_pdf(browser):
    form = filled(browser, partizipation="2").html.select_one("form#pdf")
    answer = browser.client.post(form["action"], data=current_values(form))

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def test_member_keeps_checks_and_compares_them(browser):
    browser.sign_in(factories.make_anna())
    filled(browser, partizipation="1").submit("keep-check")

    page = filled(browser, partizipation="3").submit("keep-check")

    assert "Partizipation 1 → 3" in page.main
    newest = session.scalar(select(func.max(SelfCheck.id)))
    page = page.submit(f"forget-{newest}")
    assert "1 → 3" not in page.main


def test_checks_of_others_are_not_there(browser, new_browser):
    filled(browser.sign_in(factories.make_anna()), partizipation="1").submit("keep-check")
    check = session.scalar(select(SelfCheck))
    bernd = new_browser().sign_in(factories.make_bernd())

    assert "Elterncafé" not in bernd.open(f"{ADDRESS}/verlauf").main
    answer = bernd.client.post(f"{ADDRESS}/{check.id}/loeschen")
    assert answer.status_code in {400, 404}
    assert session.get(SelfCheck, check.id) is not None


def test_draft_begins_with_the_levels(browser):
    anna = factories.make_anna()

    filled(browser.sign_in(anna), partizipation="3").submit("begin")

    example = session.scalar(select(Example).where(Example.author_id == anna.id))
    assert example.title == "Elterncafé"
    assert [(row.criterion_key, row.level) for row in example.criteria] == [
        ("partizipation", 3)
    ]


def test_list_takes_as_many_queries_for_many_checks(browser, count_queries):
    anna = factories.make_anna()
    account_id = anna.id
    browser.sign_in(anna)
    few = count_queries(lambda: browser.open(f"{ADDRESS}/verlauf"))
    for number in range(5):
        session.add(
            SelfCheck(account_id=account_id, title=f"V {number}", levels={"konzeption": 1})
        )
    session.commit()

    assert count_queries(lambda: browser.open(f"{ADDRESS}/verlauf")) == few
