"""Silence and suspension have an end and a reason; notes are no secret from the person."""

from datetime import timedelta

from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.db import session
from inforo.discussions.models import Post
from inforo.notifications.models import Notification
from inforo.sanctions.jobs import end_suspensions
from inforo.sanctions.models import PersonNote
from tests.factories import make_anna, make_clara, make_doris, make_thread

REASON = "Drei Beiträge mit Werbung."


def tomorrow() -> str:
    return (clock.today() + timedelta(days=1)).isoformat()


def restrict(browser, account, form: str, **values):
    page = browser.open(f"/personen/{account.id}/massnahmen")
    given = {f"{form}-last_day": tomorrow(), f"{form}-reason": REASON}
    status = values.pop("status", 200)
    return page.submit(form, status=status, **(given | values))


def test_silenced_person_reads_but_writes_nothing_until_it_ends(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    reader = new_browser().sign_in(anna)
    page = reader.open(thread.path)
    clara = browser.sign_in(make_clara())

    restrict(clara, anna, "silence")

    refused = page.submit("reply", body="Noch mehr Werbung.", status=403)
    assert "nur lesen" in refused.main
    assert not reader.open(thread.path).has_form("reply")
    reader.open("/diskussionen/neu", 403)
    assert REASON in reader.open("/konto/vermerke").main
    assert REASON in session.scalar(select(Notification.text))
    anna.silenced_until = clock.now() - timedelta(minutes=1)
    session.commit()
    reader.open(thread.path).submit("reply", body="Jetzt zur Sache.")
    assert session.scalar(select(Post.body).where(Post.author_id == anna.id))


def test_silence_ends_by_hand_too_and_the_log_knows_both(browser, new_browser):
    anna, thread = make_anna(), make_thread()
    clara = browser.sign_in(make_clara())
    page = restrict(clara, anna, "silence")

    page.submit("end-silence")

    assert new_browser().sign_in(anna).open(thread.path).has_form("reply")
    logged = session.scalars(select(LogEntry.action).order_by(LogEntry.id)).all()
    assert logged == ["silence", "unsilence"]


def test_silenced_people_still_manage_their_account(browser, new_browser):
    anna = make_anna()
    restrict(browser.sign_in(make_clara()), anna, "silence")

    reader = new_browser().sign_in(anna)

    reader.open("/konto/vermerke")
    page = reader.open("/")
    assert page.response.status_code == 200


def test_suspension_ends_by_itself(browser, new_browser):
    anna = make_anna()
    restrict(browser.sign_in(make_clara()), anna, "suspend")
    session.refresh(anna)
    assert anna.suspended_at
    end_suspensions()
    session.refresh(anna)
    assert anna.suspended_at

    anna.suspended_until = clock.now() - timedelta(minutes=1)
    session.commit()
    end_suspensions()
    end_suspensions()

    session.refresh(anna)
    assert (anna.suspended_at, anna.suspended_until) == (None, None)
    entry = session.scalar(select(LogEntry).where(LogEntry.action == "reactivate"))
    assert entry.actor_id is None


def test_end_lies_ahead_and_a_reason_is_needed(browser):
    anna = make_anna()
    clara = browser.sign_in(make_clara())
    yesterday = (clock.today() - timedelta(days=1)).isoformat()

    restrict(clara, anna, "silence", **{"silence-last_day": yesterday}, status=422)
    restrict(clara, anna, "silence", **{"silence-reason": ""}, status=422)

    assert session.scalar(select(LogEntry)) is None


def test_note_is_read_by_the_office_and_by_the_person_only(browser, new_browser):
    anna = make_anna()
    clara = browser.sign_in(make_clara())
    page = clara.open(f"/personen/{anna.id}").follow("Maßnahmen und Vermerke")

    page = page.submit("note", text="Am 3.11. telefonisch auf die Regeln hingewiesen.")

    assert "telefonisch" in page.main
    assert "telefonisch" in new_browser().sign_in(anna).open("/konto/vermerke").main
    new_browser().sign_in(make_doris()).open(page.url, 404)
    note = session.scalar(select(PersonNote))
    page.submit(f"delete-{note.id}")
    assert session.scalar(select(PersonNote)) is None
