"""Im Gespräch erfassen: writing down, release by a link, and who decides afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock, jobs
from inforo.capturing.models import ExampleRelease
from inforo.contributions import policy as contributions
from inforo.db import session
from inforo.mail import Mail
from inforo.notifications.models import Notification
from inforo.offices.models import WorkItem
from inforo.reviews.models import Review, Stage
from inforo.toolbox.example_parts import ExampleCapture
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState
from tests import factories
from tests.reviews.things import terms

TELLER = {
    "title": "Spaziergang mit der Hebamme",
    "name": "Ida Imhof",
    "email": "ida.imhof@bruchsal.example",
    "municipality_query": "Bruchsal",
}
WITH_CONSENT = {"consent": "y"}


@pytest.fixture
def clara():
    return factories.make_clara()


def only_example():
    return session.scalars(select(Example).execution_options(populate_existing=True)).one()


def links():
    statement = select(ExampleRelease).order_by(ExampleRelease.id)
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def mailed_link():
    """Return the path of the newest link in the outbox."""
    mail = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    return "/freigabe/" + mail.text.split("/freigabe/")[1].split()[0]


def capture(browser, clara, **given):
    """Write down what Ida tells, up to the page that sends it."""
    browser.sign_in(clara)
    page = browser.open("/arbeitskorb/").follow("Im Gespräch erfassen")
    page = page.submit("capture", **(TELLER | given))
    page.submit("edit", button="later", summary="Jede Woche ein Weg mit Müttern.")
    return browser.open(f"/arbeitskorb/erfassen/{only_example().id}")


def test_coordinator_writes_down_and_the_author_releases_without_account(
    browser, new_browser, clara
):
    capture(browser, clara).submit("send")
    author = new_browser()

    page = author.open(mailed_link())
    assert "Jede Woche ein Weg mit Müttern." in page.main
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.response.headers["Cache-Control"]
    page = page.submit("release", name="Ida Imhof", **WITH_CONSENT)

    assert "Danke" in page.main
    example, [link] = only_example(), links()
    assert example.state is ExampleState.SUBMITTED
    assert (link.signed_name, link.released_version) == ("Ida Imhof", example.version - 1)
    assert "Er darf geprüft und auf inforo veröffentlicht werden" in link.consent
    assert link.released_at is not None
    assert session.scalars(select(WorkItem)).one().url == f"/arbeitskorb/beispiele/{example.id}"


def test_who_wrote_it_down_does_not_decide_alone(browser, new_browser, clara):
    gisela = factories.make_coordinator("BW", "Gisela")
    writer, colleague = factories.actor(clara), factories.actor(gisela)
    capture(browser, clara).submit("send")
    new_browser().open(mailed_link()).submit("release", **WITH_CONSENT)
    jobs.work_all()

    example = only_example()
    told = set(session.scalars(select(Notification.account_id)))
    assert not contributions.may_review(writer, example)
    assert contributions.may_review(colleague, example)
    assert colleague.account_id in told
    page = browser.open(f"/werkzeugkiste/beitragen/{example.id}")
    assert "darüber entscheidet jemand anderes" in page.main
    assert "über den Link in der Mail" in page.main


def test_author_says_what_should_change_and_gets_a_new_link(browser, new_browser, clara):
    capture(browser, clara).submit("send")
    first = mailed_link()

    new_browser().open(first).submit("decline", remark="Es sind zwei Hebammen.")
    page = browser.open(f"/arbeitskorb/erfassen/{only_example().id}")
    assert "Es sind zwei Hebammen." in page.main
    told = session.scalars(select(Notification)).one()
    assert (told.account_id, told.text) == (clara.id, "Es sind zwei Hebammen.")
    page.submit("send")

    new_browser().open(first, status=404)
    assert "Spaziergang" in new_browser().open(mailed_link()).main
    assert only_example().state is ExampleState.DRAFT


def test_link_is_used_once(browser, new_browser, clara):
    capture(browser, clara).submit("send")
    link, author = mailed_link(), new_browser()

    author.open(link).submit("release", **WITH_CONSENT)

    assert "gilt nicht (mehr)" in author.open(link, status=404).main


def test_withdrawn_and_expired_links_open_nothing(browser, new_browser, clara):
    page = capture(browser, clara).submit("send")
    [link] = links()
    page = page.submit(f"withdraw-{link.id}")
    assert "zurückgezogen" in page.main
    new_browser().open(mailed_link(), status=404)

    page = page.submit("send")
    newest = links()[-1]
    newest.expires_at = clock.now() - timedelta(minutes=1)
    session.commit()

    new_browser().open(mailed_link(), status=404)
    assert "abgelaufen" in browser.open(page.url).main


def test_secret_is_stored_as_a_digest_and_hard_to_guess(browser, clara):
    capture(browser, clara).submit("send")
    secret = mailed_link().rpartition("/")[2]

    assert len(secret) >= 43  # 256 bit
    assert secret not in links()[0].token_hash


def test_without_name_and_consent_nothing_is_released(browser, new_browser, clara):
    capture(browser, clara).submit("send")

    page = new_browser().open(mailed_link()).submit("release", status=422, name="")

    assert "Bitte schreiben Sie Ihren Namen." in page.main
    assert "dass Sie zustimmen" in page.main
    assert only_example().state is ExampleState.DRAFT


def test_only_what_was_read_is_released(browser, new_browser, clara):
    capture(browser, clara).submit("send")
    page = new_browser().open(mailed_link())
    browser.open(f"/werkzeugkiste/beitragen/{only_example().id}/ausgangslage").submit(
        "edit", problem="Nachgetragen"
    )

    page = page.submit("release", status=409, **WITH_CONSENT)

    assert "noch geändert" in page.main
    session.rollback()
    assert only_example().state is ExampleState.DRAFT


def test_account_of_the_address_becomes_the_author(browser, new_browser, clara):
    ida = factories.make_account("Ida", email=TELLER["email"])
    capture(browser, clara)

    example = only_example()
    assert example.author_id == ida.id
    page = new_browser().sign_in(ida).open(f"/werkzeugkiste/beitragen/{example.id}")
    assert page.has_form("submit")


def test_captured_draft_is_seen_by_nobody_else_of_the_office(browser, new_browser, clara):
    gisela = factories.make_coordinator("BW", "Gisela")
    capture(browser, clara)

    other = new_browser().sign_in(gisela)

    other.open(f"/werkzeugkiste/beitragen/{only_example().id}", status=404)
    other.open(f"/arbeitskorb/erfassen/{only_example().id}", status=404)


def test_other_land_is_refused_in_words(browser, clara):
    browser.sign_in(clara)

    page = browser.open("/arbeitskorb/erfassen").submit(
        "capture", status=422, **(TELLER | {"municipality_query": "Münster"})
    )

    assert "gehört nicht zu Ihrem Zuständigkeitsbereich" in page.main
    assert TELLER["title"] in page.html.select_one("[name=title]")["value"]
    assert session.scalars(select(Example)).all() == []


def test_own_address_is_no_conversation(browser, clara):
    browser.sign_in(clara)

    page = browser.open("/arbeitskorb/erfassen").submit(
        "capture", status=409, **(TELLER | {"email": clara.email})
    )

    assert "Ihre eigene Adresse" in page.main


def test_what_is_missing_is_named_before_sending(browser, clara):
    browser.sign_in(clara)
    browser.open("/arbeitskorb/erfassen").submit("capture", **TELLER)

    page = browser.open(f"/arbeitskorb/erfassen/{only_example().id}")

    assert "fehlt noch: Kurz gesagt" in page.main
    assert not page.has_form("send")


def told_and_changed_by_office(browser, new_browser, clara):
    """Ida releases by the link; Carla of the same office changes the text and publishes."""
    capture(browser, clara).submit("send")
    new_browser().open(mailed_link()).submit("release", **WITH_CONSENT)
    example = only_example()
    example.terms = terms("kita-alter-3-6", "ernaehrung")
    session.commit()
    desk = new_browser().sign_in(factories.make_coordinator("BW", "Carla"))
    step = f"/werkzeugkiste/beitragen/{example.id}/grunddaten"
    desk.open(step).submit("edit", button="later", summary="Was die Stelle geschrieben hat.")
    return desk.open(f"/arbeitskorb/beispiele/{example.id}").submit("publish")


def test_author_without_account_releases_what_the_office_changed(browser, new_browser, clara):
    told_and_changed_by_office(browser, new_browser, clara)
    assert only_example().state is ExampleState.SUBMITTED

    page = new_browser().open(mailed_link())

    assert "Was die Stelle geschrieben hat." in page.main
    page.submit("release", **WITH_CONSENT)
    assert only_example().state is ExampleState.PUBLISHED


def test_wish_of_an_author_without_account_goes_back_to_the_office(browser, new_browser, clara):
    told_and_changed_by_office(browser, new_browser, clara)

    new_browser().open(mailed_link()).submit("decline", remark="Das war anders.")

    review = session.scalars(select(Review)).one()
    assert only_example().state is ExampleState.SUBMITTED
    assert review.stage is Stage.REGIONAL
    assert review.is_open


def test_pages_take_as_many_queries_for_many_conversations(browser, count_queries, clara):
    def pages(example):
        listed, shown = "/arbeitskorb/erfassen", f"/arbeitskorb/erfassen/{example.id}"
        return [count_queries(lambda url=url: browser.open(url)) for url in (listed, shown)]

    def write_down(count):
        for number in range(count):
            told = ExampleCapture(
                account_id=clara_id, name=f"Ida {number}", email="i@x.example"
            )
            yield factories.make_example(state=ExampleState.DRAFT, capture=told)

    clara_id = clara.id
    [first] = write_down(1)
    browser.sign_in(clara)
    few = pages(first)
    others = list(write_down(6))
    for number in range(5):
        factories.save(
            ExampleRelease(
                example_id=first.id,
                token_hash=str(number),
                name="Ida",
                email="i@x.example",
                sent_by_id=clara_id,
                expires_at=clock.now(),
            )
        )

    assert pages(first) == few
    assert few[0] <= 12
    assert all(other.title in browser.open("/arbeitskorb/erfassen").main for other in others)
