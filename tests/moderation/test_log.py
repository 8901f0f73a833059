from sqlalchemy import select

from inforo import audit
from inforo.audit import LogEntry
from inforo.db import session
from inforo.moderation import policy
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_clara,
    make_doris,
    make_emil,
    make_example,
    make_frieda,
    make_group,
    make_post,
    make_thread,
)
from tests.moderation.things import make_item
from tests.reference import MUENSTER


def record(content, action="lock", title="Ein Titel", reason="Ein Grund"):
    audit.record(actor(make_account("Moderation")), action, content, reason, title=title)
    session.commit()


def test_log_holds_only_the_own_land(browser):
    record(make_item(state="BW"), "take", "Aus Mannheim")
    record(make_item(state="NW"), "take", "Aus Münster")
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/protokoll")
    foreign = browser.open("/arbeitskorb/protokoll?land=NW")

    assert "Aus Mannheim" in page.main
    assert "Vorgang übernommen" in page.main
    assert "Münster" not in page.text + foreign.text


def test_editors_read_what_happened_to_examples(browser):
    record(make_example(municipality=MUENSTER), "publish", "Babybegrüßung")
    record(make_item(kind="application", state="NW"), "take", "Herr Neu")
    browser.sign_in(make_emil())

    page = browser.open("/arbeitskorb/protokoll")

    assert "Babybegrüßung" in page.main
    assert "Herr Neu" not in page.main


def test_log_keeps_what_a_closed_group_talks_about(browser):
    owner = make_account("Olga")
    group = make_group(audience="closed", state="BW", managers=(owner,))
    thread = make_thread("Verschwiegener Titel", group=group, author=owner)
    record(thread, "lock", "Verschwiegener Titel", "Verschwiegener Grund")
    record(
        make_post(thread, author=owner), "hide", "Verschwiegener Titel", "Verschwiegener Grund"
    )
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/protokoll")

    assert "Verschwiegen" not in page.text
    assert page.main.count("in einer geschützten Gruppe") == 2


def test_filters_narrow_the_log(browser):
    record(make_item("Anlass A"), "take", "Anlass A")
    record(make_item("Anlass B"), "note", "Anlass B")
    browser.sign_in(make_clara())

    page = browser.open("/arbeitskorb/protokoll").submit("filters", aktion="note", tage="7")

    assert "Anlass B" in page.main
    assert "Anlass A" not in page.main


def test_log_in_sql_and_in_python_are_the_same():
    for state in ("BW", "NW", None):
        record(make_item(state=state))
        record(make_item(state=state, programme_key="fruehe-hilfen"))
    record(make_example(municipality=MUENSTER))
    record(make_anna(), "password")
    entries = list(session.scalars(select(LogEntry)))

    for make in (make_anna, make_clara, make_doris, make_emil, make_frieda):
        who = actor(make())
        found = set(session.scalars(select(LogEntry.id).where(policy.log_of(who))))
        assert found == {one.id for one in entries if policy.may_read_entry(who, one)}


def test_log_costs_the_same_for_many_entries(browser, count_queries):
    group = make_group(audience="closed")
    browser.sign_in(make_clara())
    record(make_thread(group=group))
    few = count_queries(lambda: browser.open("/arbeitskorb/protokoll"))
    for _ in range(4):
        record(make_thread(group=group))
        record(make_item())

    many = count_queries(lambda: browser.open("/arbeitskorb/protokoll"))

    assert many == few <= 12


def test_changed_passwords_are_for_operators_only(browser, new_browser):
    record(make_anna(), "password", "Anna")
    clara, frieda = browser.sign_in(make_clara()), new_browser().sign_in(make_frieda())

    assert "Anna" not in clara.open("/arbeitskorb/protokoll").main
    assert "Passwort geändert" in frieda.open("/arbeitskorb/protokoll").main
