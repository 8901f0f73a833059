"""English pages hold no German words of ours, and mails speak their reader's language."""

import re
from collections import Counter, deque
from datetime import UTC, datetime

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from sqlalchemy import select

from inforo import i18n, mail
from inforo.accounts.models import Account
from inforo.db import session
from inforo.mail import Mail
from inforo.memberships import actions as memberships
from inforo.notifications.actions import notify
from inforo.notifications.models import Event, Notification
from inforo.templating import show_date, show_number
from tests import factories
from tests.test_translations import CATALOGUE

MOST_PAGES = 90
SAME_SHAPE = 2
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
GERMAN = re.compile(
    r"\b(und|oder|der|die|das|dem|den|für|nicht|Ihre?[mnrs]?|Sie|von|ist|sind|ein|eine[mnrs]?"
    r"|zu|zum|zur|alle|noch|keine?|wird|bei|nach|vor|wer|Sie|wie|Uhr)\b"
)
# Names stay as they are.
NAMES = re.compile(
    r"„[^“]*“|“[^”]*”|Gesund aufwachsen für alle!?|Freie und Hansestadt Hamburg"
    r"|Geoinformation und Vermessung"
    r"|Bundesamt für [\w ]+|Bundeszentrale für [\w ]+"
)


@pytest.fixture(scope="session")
def german_texts() -> set[str]:
    """Return the texts that read differently in English."""
    with CATALOGUE.open("rb") as file:
        return {
            text.id
            for text in read_po(file, locale="en")
            if text.id and isinstance(text.id, str) and text.id != text.string
        }


@pytest.fixture
def latin_world():
    """Fill the platform with texts that are neither German nor English."""
    clara, anna = factories.make_clara(), factories.make_anna()
    group = factories.make_group("Lorem", audience="public", purpose="Dolor", managers=(clara,))
    factories.join(group, anna)
    factories.make_thread("Ipsum?", group=group, author=anna, posts=("Amet.", "Elit."))
    factories.make_example("Consectetur", author=anna, summary="Adipiscing elit.")
    factories.make_tool("Tempor", summary="Incididunt.")
    return {"anna": anna, "clara": clara, "frieda": factories.make_frieda(), "guest": None}


def frame_texts(html: str) -> list[str]:
    page = BeautifulSoup(html, "html.parser")
    for foreign in page.select("script, style, [lang=de]"):
        foreign.extract()
    texts = [" ".join(text.split()) for text in page.find_all(string=True)]
    return texts + [tag[name] for name in ATTRIBUTES for tag in page.select(f"[{name}]")]


def shape(address: str) -> str:
    without_values = re.sub(r"=[^&]*", "=", address)
    return re.sub(r"\d+[^/?&]*|(?<=/)([A-Z]{2}$|[a-z0-9-]*-[a-z0-9-]+)", "#", without_values)


def pages(client):
    """Follow links from the start page; two addresses of each shape are enough."""
    waiting, seen, shapes = deque(["/"]), set(), Counter()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        if address in seen or shapes[shape(address)] >= SAME_SHAPE:
            continue
        seen.add(address)
        shapes[shape(address)] += 1
        answer = client.get(address, follow_redirects=True)
        if answer.mimetype == "text/html":
            links = re.findall(r'<a [^>]*href="(/[^"#]*)', answer.text)
            # The component page shows invented German content on purpose.
            skipped = ("/static", "/betrieb/bausteine")
            waiting.extend(link for link in links if not link.startswith(skipped))
            yield address, answer.text


@pytest.mark.parametrize("who", ["guest", "anna", "clara", "frieda"])
def test_english_pages_hold_no_german_text(browser, latin_world, german_texts, who):
    if latin_world[who]:
        browser.sign_in(latin_world[who])
    browser.client.set_cookie("language", "en")

    left_over = {
        (text, address)
        for address, html in pages(browser.client)
        for text in frame_texts(html)
        if text in german_texts or GERMAN.search(NAMES.sub("", text))
    }

    assert not left_over, "\n".join(map(str, sorted(left_over)))


def test_notification_speaks_the_language_of_its_reader(browser):
    bernd = factories.make_bernd(language="en")

    notify(bernd, Event.DECISION, key="x", title=i18n._l("Willkommen bei inforo"), url="/hilfe")

    told, sent = session.scalar(select(Notification)), session.scalar(select(Mail))
    assert (told.title, sent.subject) == ("Welcome to inforo", "Welcome to inforo")
    assert "Hello Bernd," in sent.text
    assert 'lang="en"' in sent.html


def test_acting_in_english_tells_others_in_german(browser):
    anna, bernd = factories.make_anna(language="en"), factories.make_bernd()
    group = factories.make_group("Lorem", managers=(anna,))
    membership = factories.join(group, bernd)

    with i18n.in_language("en"):
        memberships.make_manager(factories.actor(anna), group, membership)

    assert session.scalar(select(Notification.title)) == (
        "Sie leiten jetzt die Gruppe „Lorem“ mit"
    )
    assert i18n.language() == "de"


def test_mail_without_a_known_language_is_german(browser):
    with i18n.in_language("en"):
        mail.order("x@stadt.example", "accounts/email_taken", dedupe_key="x")

    assert session.scalar(select(Mail.subject)) == "Diese E-Mail-Adresse hat schon ein Konto"


def test_choosing_a_language_decides_about_mails(browser):
    anna = factories.make_anna()
    browser.sign_in(anna)

    browser.client.post("/sprache", data={"language": "en", "next": "/"})

    assert session.get(Account, anna.id).language == "en"


def test_unknown_language_changes_nothing(browser):
    anna = factories.make_anna()
    browser.sign_in(anna)

    answer = browser.client.post("/sprache", data={"language": "xx", "next": "/"})

    assert session.get(Account, anna.id).language == "de"
    assert "language=" not in answer.headers.get("Set-Cookie", "")


def test_dates_and_numbers_follow_the_language():
    day = datetime(2026, 11, 22, 12, tzinfo=UTC)

    with i18n.in_language("en"):
        assert "22 November 2026" in show_date(day)
        assert (show_number(11062), show_number(0.5)) == ("11,062", "0.5")
    assert "22. November 2026" in show_date(day)
    assert (show_number(11062), show_number(0.5)) == ("11.062", "0,5")


def test_one_and_many_differ_in_english():
    with i18n.in_language("en"):
        texts = [i18n.ngettext("%(num)s Treffer", "%(num)s Treffer", n) for n in (0, 1, 2)]

    assert texts == ["0 results", "1 result", "2 results"]


def test_pages_after_signing_in_speak_the_chosen_language(browser):
    browser.sign_in(factories.make_anna(language="en"))

    assert browser.open("/").html.html["lang"] == "en"
