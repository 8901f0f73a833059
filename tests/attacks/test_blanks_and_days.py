"""Choices of blanks, and days at the ends of the calendar."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from inforo import clock
from inforo.exchange.typed import check_time
from inforo.exchange.words import Checked
from inforo.forms import Checkboxes, Day, Form
from tests import factories

FAR = ("0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31")


class Questions(Form):
    """A form with every kind of choice and day that may stay empty."""

    one = SelectField(choices=["a"], validators=[Optional()])
    many = Checkboxes(choices=["a", "b"], validators=[Optional()])
    day = Day("Tag")
    plain = DateField(validators=[Optional()])


@pytest.fixture
def filled(app):
    def fill(*fields: tuple[str, str]) -> Questions:
        with app.test_request_context(method="POST", data=MultiDict(fields)):
            form = Questions(meta={"csrf": False})
            form.validate()
            return form

    return fill


def test_a_choice_of_blanks_is_none(filled):
    form = filled(("one", " \n"), ("many", "\t"), ("many", "a"))

    assert not form.errors
    assert form.one.data == ""
    assert form.many.data == ["a"]


def test_a_blank_hides_no_choice_that_is_not_offered(filled):
    assert filled(("many", " "), ("many", "evil")).many.errors


@pytest.mark.parametrize("day", FAR)
def test_days_nobody_means_are_explained(filled, day):
    form = filled(("day", day), ("plain", day))

    assert all("24.12.2026" in field.errors[0] for field in (form.day, form.plain))
    assert form.day.data is None
    assert form.day._value() == day


@pytest.mark.parametrize("day", [*FAR, "9999-12-31T23:59", "x", ""])
def test_days_nobody_means_narrow_no_list(browser, day):
    browser.sign_in(factories.make_frieda())

    for address in ("/arbeitskorb/protokoll", "/arbeitskorb/protokoll.csv", "/termine/"):
        assert browser.client.get(f"{address}?von={day}&bis={day}").status_code == 200


def test_a_self_check_of_blanks_is_explained(browser):
    page = browser.open("/werkzeugkiste/selbstcheck")

    page = page.submit("check", title="Elterncafé", partizipation=" \n", status=422)

    assert "mindestens ein Kriterium" in page.text


def test_clock_knows_the_days_people_mean():
    assert clock.day_of("2026-12-24").day == 24
    assert [clock.day_of(day) for day in FAR] == [None] * 4


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+02:00", "9999-12-31T23:00-05:00", "0001"])
def test_times_of_an_import_that_leave_the_calendar_are_refused(app, moment):
    checked = Checked()

    assert check_time(checked, "published_at", moment, None, None) is None
    assert checked.problems
