"""The log goes along as a table in scope; the public sees numbers that point to nobody."""

from datetime import date, timedelta

from flask import g

from inforo import audit, clock
from inforo.db import session
from inforo.protocols.queries import Quarter, past_quarters, public_figures
from tests.factories import actor, make_account, make_clara, make_group, make_post, make_thread
from tests.moderation.things import make_item


def record(content, action="lock", title="Ein Titel", reason="Ein Grund", who="Moderation"):
    audit.record(actor(make_account(who)), action, content, reason, title=title)
    session.commit()


def test_table_holds_the_own_land_and_takes_no_formula(browser):
    record(make_item(state="BW"), "take", "=2+2", reason="Grund")
    record(make_item(state="NW"), "take", "Aus Münster")

    page = browser.sign_in(make_clara()).open("/arbeitskorb/protokoll.csv?land=NW")

    lines = page.response.get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == "Wann;Was;Woran;Wer;Land;Begründung"
    assert len(lines) == 2
    assert "'=2+2;Moderation;BW;Grund" in lines[1]


def test_table_keeps_what_a_closed_group_talks_about(browser):
    group = make_group(audience="closed", state="BW")
    thread = make_thread("KANARIE", group=group)
    record(make_post(thread), "hide", "KANARIE", "KANARIE")

    page = browser.sign_in(make_clara()).open("/arbeitskorb/protokoll.csv")

    assert "KANARIE" not in page.response.text
    assert "in einer geschützten Gruppe" in page.response.text


def test_log_is_filtered_by_person_and_days(browser):
    record(make_item("Anlass A"), "take", "Anlass A", who="Clemens")
    clock.shift(timedelta(days=-60))
    record(make_item("Anlass B"), "take", "Anlass B", who="Cora")
    clock.shift(timedelta())
    clara = browser.sign_in(make_clara())
    page = clara.open("/arbeitskorb/protokoll")

    by_person = page.submit("filters", wer="clem").main
    until = (clock.today() - timedelta(days=30)).isoformat()
    by_day = page.submit("filters", bis=until).main

    assert "Anlass A" in by_person
    assert "Anlass B" not in by_person
    assert "Anlass B" in by_day
    assert "Anlass A" not in by_day
    assert "Anlass A" in clara.open("/arbeitskorb/protokoll?von=quatsch").main


def test_public_figures_hide_small_numbers_and_all_names(browser):
    quarter = past_quarters(clock.today())[0]
    thread = make_thread("KANARIE")
    clock.shift(quarter.start + timedelta(days=3) - clock.now())
    for number in range(9):
        g.request_id = f"r{number}"
        action = "lock" if number < 5 else "hide"
        record(thread, action, "KANARIE", "KANARIE", who="KANARIE")
    clock.shift(timedelta())

    page = browser.open("/moderationsprotokoll")

    assert "KANARIE" not in page.response.text
    figures = {str(label): numbers for label, numbers in public_figures([quarter])}
    assert figures["Diskussionen geschlossen"] == [5]
    assert figures["Beiträge oder Diskussionen verborgen"] == [None]
    assert "unter 5" in page.main


def test_quarters_are_the_last_four_that_are_over():
    labels = [quarter.label for quarter in past_quarters(date(2026, 2, 3))]

    assert labels == ["4/2025", "3/2025", "2/2025", "1/2025"]
    assert Quarter(2025, 4).following == Quarter(2026, 1)
