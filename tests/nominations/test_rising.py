"""A published example becomes Good Practice, or stays as it is; it is public all the while."""

import pytest
from sqlalchemy import select

from inforo import jobs
from inforo.db import session
from inforo.notifications.models import Notification
from inforo.offices.models import WorkItem
from inforo.reviews.models import Stage
from inforo.toolbox.editions import editions_of
from inforo.toolbox.states import ExampleKind, ExampleState, Tier
from tests import factories
from tests.reference import BRUCHSAL
from tests.reviews.things import SELF_RATING, Story, ratings

PROPOSE = "Für Good Practice vorschlagen"


@pytest.fixture
def story(new_browser):
    """Ida's example is published."""
    told = Story(new_browser).submit()
    told.open("clara", told.desk).submit("publish")
    return told


def nominate(story, message="Wir zeigen es gern."):
    return story.open("ida", story.own).follow(PROPOSE).submit("nominate", message=message)


def public(story, new_browser):
    return new_browser().open(f"/werkzeugkiste/beispiele/{story.id}").main


def told(story, who):
    jobs.work_all()
    statement = select(Notification.title).where(Notification.account_id == story.ids[who])
    return list(session.scalars(statement))


def correct(story):
    """Clara corrects the published text."""
    page = story.open("clara", f"/werkzeugkiste/beitragen/{story.id}/ausgangslage")
    page.submit("edit", problem="Besser gesagt")


def test_author_proposes_and_the_example_rises_while_it_stays_public(story, new_browser):
    before = story.now().published_at
    page = nominate(story)
    assert "Als Nächstes: Koordinierungsstelle KGC BW" in page.main
    assert any("Für Good Practice vorgeschlagen" in title for title in told(story, "clara"))
    desk = story.open("clara", "/arbeitskorb/").follow("Für Good Practice vorgeschlagen: ")
    assert "Wir zeigen es gern." in desk.follow("Ansehen und entscheiden").main

    story.propose().read_by_both()
    assert SELF_RATING in public(story, new_browser)
    story.agree(note="Nur für uns")
    assert "Gemeinsam 1" not in public(story, new_browser)
    assert (story.now().state, story.now().tier) == (ExampleState.PUBLISHED, Tier.PUBLISHED)

    page = story.open("ida", story.own).follow("Lesen und freigeben")
    assert "Gemeinsam 1" in page.main
    assert "Nur für uns" not in page.main
    page.submit("release")

    example = story.now()
    assert (example.state, example.tier) == (ExampleState.PUBLISHED, Tier.GOOD_PRACTICE)
    assert example.published_at == before
    assert len(example.highlighted) == 3
    assert "Gemeinsam 1" in public(story, new_browser)
    assert [edition.note for edition in editions_of(example)] == ["Good Practice", ""]
    assert all(item.closed_at for item in session.scalars(select(WorkItem)))
    assert any("ist jetzt Good Practice" in title for title in told(story, "ida"))


def test_office_proposes_without_being_asked(story):
    story.propose()

    assert story.review().stage is Stage.CRITERIA
    assert story.now().is_published
    assert "Als Nächstes: erste und zweite Lesung" in story.open("ida", story.own).main


def test_declined_example_stays_published_as_it_is(story, new_browser):
    nominate(story)
    page = story.open("clara", story.desk)
    assert "Begründung" in page.submit("decline-nomination", status=422).main
    page.submit("decline-nomination", reason="Noch zu jung.")

    assert (story.now().state, story.now().tier) == (ExampleState.PUBLISHED, Tier.PUBLISHED)
    assert not story.review().is_open
    assert "Noch zu jung." in story.open("ida", story.own).main
    assert "Noch zu jung." not in public(story, new_browser)
    assert any("ohne Good Practice" in title for title in told(story, "ida"))
    assert "Als Nächstes" in nominate(story).main


def test_author_objects_and_the_page_stays_as_it_was(story, new_browser):
    story.propose().read_by_both().agree()
    page = story.open("ida", f"{story.own}/freigabe")

    page.submit("object", objection="Das sehen wir anders.")

    assert story.review().stage is Stage.REGIONAL
    assert story.now().is_published
    assert SELF_RATING in public(story, new_browser)
    desk = story.open("clara", story.desk)
    assert "Das sehen wir anders." in desk.main
    assert desk.has_form("propose")
    assert desk.has_form("decline-nomination")


def test_readers_who_see_no_good_practice_leave_it_to_the_office(story):
    story.propose().read_by_both().agree(is_good=None, highlighted=[])

    assert story.review().stage is Stage.REGIONAL
    story.open("clara", story.desk).submit("decline-nomination", reason="Nicht ganz.")
    assert (story.now().state, story.now().tier) == (ExampleState.PUBLISHED, Tier.PUBLISHED)


def test_corrected_text_brings_the_readers_together_again(story):
    story.propose().read_by_both().agree()
    page = story.open("ida", f"{story.own}/freigabe")
    told(story, "carla")

    correct(story)

    assert story.review().stage is Stage.TALK
    assert "nichts freizugeben" in story.open("ida", f"{story.own}/freigabe").main
    assert page.submit("release", status=409)
    assert story.now().tier is Tier.PUBLISHED
    assert told(story, "carla")[-1] == f"Zum Gespräch über: {story.now().title}"
    talk = story.open("carla", f"{story.desk}/gespraech")
    assert "Der Text wurde nach der Lesung" in talk.main
    story.agree()
    story.open("ida", f"{story.own}/freigabe").submit("release")
    assert story.now().tier is Tier.GOOD_PRACTICE


def test_text_corrected_while_two_read_is_read_before_handing_in(story):
    story.propose()
    page = story.take("carla", 1)

    correct(story)

    page.submit("rate", button="submit", status=409, **ratings(3, "Gut"))
    assert story.review().stage is Stage.CRITERIA


def test_reader_does_not_see_what_everybody_has_read_of_the_self_rating(story, new_browser):
    story.propose()

    story.take("doris", 2)

    for url in (story.seat(2), f"/werkzeugkiste/beispiele/{story.id}"):
        assert SELF_RATING not in story.open("doris", url).main
    assert SELF_RATING in public(story, new_browser)


def test_who_published_it_does_not_read(story):
    story.open("clara", story.desk)
    story.propose()

    assert (
        "schon für die Koordinierungsstelle geprüft" in story.open("clara", story.seat(1)).main
    )


def test_nobody_proposes_twice(story):
    page = story.open("ida", story.own).follow(PROPOSE)
    story.propose()

    page.submit("nominate", status=409)

    assert PROPOSE not in story.open("ida", story.own).main


def test_withdrawing_ends_the_way_to_good_practice(story):
    story.propose()

    story.open("ida", story.own).submit("withdraw")

    assert not story.review().is_open
    assert story.now().state is ExampleState.WITHDRAWN
    assert story.now().blind_since is None


@pytest.mark.parametrize("what", ["failed", "good_practice", "without_author"])
def test_what_cannot_rise_is_not_offered(story, what):
    example = story.now()
    if what == "failed":
        example.kind = ExampleKind.FAILED
    elif what == "good_practice":
        example.tier = Tier.GOOD_PRACTICE
    else:
        example.author = None
    session.commit()

    assert not story.open("clara", story.desk).has_form("propose")
    if what != "without_author":
        assert PROPOSE not in story.open("ida", story.own).main
        story.open("ida", f"{story.own}/good-practice", status=403)


def test_imported_example_without_history_can_rise(browser):
    author = factories.make_account("Irma", municipality=factories.MUENSTER)
    example = factories.make_example("Ohne Verlauf", author=author, municipality=BRUCHSAL)

    browser.sign_in(author).open(f"/werkzeugkiste/beitragen/{example.id}/good-practice").submit(
        "nominate"
    )

    assert "Als Nächstes" in browser.open(f"/werkzeugkiste/beitragen/{example.id}").main
