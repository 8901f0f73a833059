"""Where an example is, for its author: also when a seat of the review is missing."""

import pytest

from inforo.db import session
from tests.reviews.things import Story


@pytest.fixture
def story(new_browser):
    return Story(new_browser).submit().propose()


def lose_seat(story, number):
    session.delete(story.review().readings[number - 1])
    session.commit()


@pytest.mark.parametrize(
    ("lost", "next_one"), [(1, "zweite Lesung"), (2, "erste Lesung")], ids=["first", "second"]
)
def test_status_names_the_one_seat_there_is(story, lost, next_one):
    lose_seat(story, lost)

    page = story.open("ida", story.own)

    assert f"Als Nächstes: {next_one}, bis " in page.main


def test_status_without_any_seat_still_shows_the_stage(story):
    lose_seat(story, 2)
    lose_seat(story, 1)

    page = story.open("ida", story.own)

    assert "Kriterienprüfung durch zwei Lesende" in page.main


def test_desk_of_the_office_opens_with_one_seat(story):
    lose_seat(story, 1)

    assert "Zweite Lesung" in story.open("clara", story.desk).main
