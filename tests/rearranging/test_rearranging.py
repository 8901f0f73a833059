"""Moderators move, split and merge; addresses stay true, and for a week it can be undone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.audit import LogEntry
from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.notifications.models import Notification
from inforo.operation.integrity import check_threads
from inforo.positions.actions import read_up_to
from inforo.positions.queries import number_read
from inforo.rearranging.models import Rearrangement
from inforo.reports.actions import report_post
from inforo.reports.models import Report, ReportReason
from inforo.watching.actions import watch_of
from inforo.watching.models import Level, Target, Watch
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_group,
    make_post,
    make_thread,
    save,
)

REASON = "Das ist eine andere Frage."


@pytest.fixture(autouse=True)
def counters_are_right(app):
    yield
    session.rollback()
    assert list(check_threads()) == []


def talk(**values):
    """Make a thread with a question and three answers."""
    return make_thread("Alte Frage", posts=("Frage", "Zwei", "Drei", "Vier"), **values)


def post_of(thread, body: str) -> Post:
    return session.scalar(select(Post).where(Post.thread_id == thread.id, Post.body == body))


def numbers(thread) -> list[tuple[int, str]]:
    """Return what stands in a thread; a place holder has no words."""
    session.expire_all()
    rows = session.scalars(
        select(Post).where(Post.thread_id == thread.id).order_by(Post.number)
    )
    return [(post.number, post.body) for post in rows]


def undo_form() -> str:
    return f"undo-{session.scalar(select(Rearrangement.id))}"


def rearrange(browser, thread, *, status=200, **values):
    page = browser.open(f"/diskussionen/{thread.id}/ordnen")
    page = page.submit("rearrange", **({"reason": REASON} | values))
    return page.submit("confirm", button="confirm", status=status)


def test_split_makes_a_thread_with_a_preview_before(browser):
    thread = talk()
    two, four = post_of(thread, "Zwei"), post_of(thread, "Vier")
    clara = browser.sign_in(make_clara())
    page = clara.open(thread.path).follow("teilen, zusammenlegen")
    preview = page.submit(
        "rearrange",
        kind="split",
        title="Neue Frage",
        posts=[str(two.id), str(four.id)],
        reason=REASON,
    )
    assert "neu hier: #1 Antwort 2" in preview.main
    assert "neu hier: #2 Antwort 4" in preview.main
    assert numbers(thread) == [(1, "Frage"), (2, "Zwei"), (3, "Drei"), (4, "Vier")]

    page = preview.submit("confirm", button="confirm")

    new = session.scalar(select(Thread).where(Thread.title == "Neue Frage"))
    assert page.html.h1.get_text(strip=True) == "Neue Frage"
    assert numbers(new) == [(1, "Zwei"), (2, "Vier")]
    assert numbers(thread) == [(1, "Frage"), (2, ""), (3, "Drei"), (4, "")]
    assert new.author_id == two.author_id
    assert clara.open(f"/beitraege/{two.id}").url == new.path


def test_place_holder_leads_to_the_moved_post(browser):
    source, target = talk(), make_thread("Andere Frage")
    three = post_of(source, "Drei")
    clara = browser.sign_in(make_clara())
    rearrange(clara, source, kind="move", target=str(target.id), posts=[str(three.id)])

    page = clara.open(source.path)

    assert numbers(target)[-1] == (2, "Drei")
    assert "wurde von der Moderation verschoben" in page.main
    assert page.follow("Zu seinem neuen Ort").url == target.path
    holder = session.scalar(select(Post).where(Post.moved_to_id == three.id))
    assert clara.open(f"/beitraege/{holder.id}").url == target.path


def test_merged_thread_is_the_other_one_from_now_on(browser, new_browser):
    source, target = talk(), make_thread("Andere Frage")
    clara = browser.sign_in(make_clara())
    rearrange(clara, source, kind="merge", target=target.path)

    bernd = new_browser().sign_in(make_bernd())

    assert [body for _, body in numbers(target)][1:] == ["Frage", "Zwei", "Drei", "Vier"]
    assert bernd.open(source.path).url == target.path
    assert bernd.open(f"/diskussionen/{source.id}").url == target.path
    assert "Alte Frage" not in bernd.open("/diskussionen/").main
    page = bernd.client.post(f"/diskussionen/{source.id}/folgen", data={"level": "follow"})
    assert page.status_code in (302, 303, 400)


def test_old_address_says_nothing_to_those_who_may_not_read_the_new_place(browser, new_browser):
    clara = make_clara()
    closed = make_group("Zu", audience="closed", managers=(clara,))
    source, target = talk(), make_thread("KANARIE", group=closed)
    rearrange(browser.sign_in(clara), source, kind="merge", target=str(target.id))

    for account in (make_bernd(), source.author):
        other = new_browser().sign_in(account)
        page = other.open(source.path, 404)
        assert "KANARIE" not in page.response.text


@pytest.mark.parametrize("kind", ["split", "move"])
def test_undo_restores_numbers_words_and_answer(browser, kind):
    source, target = talk(), make_thread("Andere Frage")
    two, three = post_of(source, "Zwei"), post_of(source, "Drei")
    source.answer_post_id = three.id
    session.commit()
    clara = browser.sign_in(make_clara())
    rearrange(
        clara,
        source,
        kind=kind,
        title="Neu" if kind == "split" else "",
        target="" if kind == "split" else str(target.id),
        posts=[str(two.id), str(three.id)],
    )
    assert session.get(Thread, source.id).answer_post_id is None

    page = clara.open(f"/diskussionen/{source.id}/ordnen").submit(undo_form())

    assert "wieder, wo es war" in page.text
    assert numbers(source) == [(1, "Frage"), (2, "Zwei"), (3, "Drei"), (4, "Vier")]
    assert session.get(Thread, source.id).answer_post_id == three.id
    assert numbers(target) == [(1, "Wer hat Erfahrung damit?")]


def test_undone_merge_gives_back_the_thread(browser):
    source, target = talk(), make_thread("Andere Frage")
    clara = browser.sign_in(make_clara())
    rearrange(clara, source, kind="merge", target=str(target.id))
    make_post(session.get(Thread, target.id), "Später", number=6)

    clara.open(f"/diskussionen/{target.id}/ordnen").submit(undo_form())

    assert numbers(source) == [(1, "Frage"), (2, "Zwei"), (3, "Drei"), (4, "Vier")]
    assert [number for number, _ in numbers(target)] == [1, 2, 3, 4, 5, 6]
    assert clara.open(source.path).url == source.path


def test_what_was_written_in_a_thread_split_off_goes_back_with_it(browser):
    source = talk()
    clara = browser.sign_in(make_clara())
    two = post_of(source, "Zwei")
    rearrange(clara, source, kind="split", title="Neu", posts=[str(two.id)])
    new = session.scalar(select(Thread).where(Thread.title == "Neu"))
    make_post(new, "Später", number=2)

    clara.open(f"/diskussionen/{source.id}/ordnen").submit(undo_form())

    assert numbers(source)[1] == (2, "Zwei")
    assert numbers(source)[-1] == (5, "Später")
    assert clara.open(new.path).url == source.path


def test_after_a_week_it_stays(browser):
    source = talk()
    clara = browser.sign_in(make_clara())
    two = post_of(source, "Zwei")
    rearrange(clara, source, kind="split", title="Neu", posts=[str(two.id)])
    page = clara.open(f"/diskussionen/{source.id}/ordnen")
    done = session.scalar(select(Rearrangement))
    done.created_at = clock.now() - timedelta(days=8)
    session.commit()

    page.submit(undo_form(), status=404)
    assert not clara.open(f"/diskussionen/{source.id}/ordnen").has_form(undo_form())


def test_targets_out_of_scope_or_with_more_readers_are_refused_at_saving_too(browser):
    source = talk()
    other_land = make_thread("NRW", group=make_group("NRW", state="NW"))
    public = make_thread("Alle", group=make_group("Alle", audience="public"))
    fine = make_thread("Gut")
    clara = browser.sign_in(make_clara())
    page = clara.open(f"/diskussionen/{source.id}/ordnen")
    two = str(post_of(source, "Zwei").id)
    for target in (other_land, public, source):
        refused = page.submit(
            "rearrange",
            kind="move",
            target=str(target.id),
            posts=[two],
            reason=REASON,
            status=422,
        )
        assert "nichts in sie verschieben" in refused.main
    preview = page.submit(
        "rearrange", kind="move", target=str(fine.id), posts=[two], reason=REASON
    )
    fine.group, fine.state_code = other_land.group, "NW"
    session.commit()

    preview.submit("confirm", button="confirm", status=422)

    assert numbers(source)[1] == (2, "Zwei")


def test_other_offices_rearrange_nothing_here(browser):
    thread = talk()
    browser.sign_in(make_doris()).open(f"/diskussionen/{thread.id}/ordnen", 403)


def test_post_that_left_meanwhile_stops_everything(browser):
    source, other = talk(), make_thread("Andere")
    clara = browser.sign_in(make_clara())
    two, three = post_of(source, "Zwei"), post_of(source, "Drei")
    page = clara.open(f"/diskussionen/{source.id}/ordnen")
    preview = page.submit(
        "rearrange", kind="split", title="Neu", posts=[str(two.id), str(three.id)], reason="x"
    )
    rearrange(clara, source, kind="move", target=str(other.id), posts=[str(two.id)])

    preview.submit("confirm", button="confirm", status=422)

    assert session.scalar(select(Thread).where(Thread.title == "Neu")) is None


def test_authors_are_told_followers_follow_and_the_log_knows(browser):
    source, target = talk(), make_thread("Andere Frage")
    anna = make_anna()
    save(watch_of(anna.id, Target.THREAD, source.id, Level.FOLLOW))
    three = post_of(source, "Drei")
    clara = browser.sign_in(make_clara())

    rearrange(clara, source, kind="move", target=str(target.id), posts=[str(three.id)])

    told = session.scalar(
        select(Notification).where(Notification.account_id == three.author_id)
    )
    assert REASON in told.text
    follows = select(Watch.account_id).where(Watch.thread_id == target.id)
    assert anna.id in session.scalars(follows).all()
    logged = session.scalars(select(LogEntry.subject).where(LogEntry.action == "move_posts"))
    assert set(logged) == {f"threads:{source.id}", f"threads:{target.id}"}


def test_what_was_read_counts_as_read_in_the_thread_split_off(browser):
    source = talk()
    anna, bernd = actor(make_anna()), actor(make_bernd())
    read_up_to(anna, source.id, 3)
    read_up_to(bernd, source.id, 1)
    session.commit()
    ids = [str(post_of(source, body).id) for body in ("Zwei", "Drei", "Vier")]

    rearrange(browser.sign_in(make_clara()), source, kind="split", title="Neu", posts=ids)

    new = session.scalar(select(Thread).where(Thread.title == "Neu"))
    assert (number_read(anna, new.id), number_read(bernd, new.id)) == (2, 0)
    assert number_read(anna, source.id) == 3


def test_open_report_follows_its_post(browser):
    source = talk()
    programme = make_group("Fach", programme_key="fruehe-hilfen")
    target = make_thread("Andere Frage", group=programme)
    two = post_of(source, "Zwei")
    report_post(actor(make_account("Rita")), two, ReportReason.RUDE, "")
    session.commit()
    clara = browser.sign_in(make_clara())

    rearrange(clara, source, kind="move", target=str(target.id), posts=[str(two.id)])

    assert session.scalar(select(Report)).programme_key == "fruehe-hilfen"


def test_long_thread_is_outlined_with_a_constant_number_of_queries(browser, count_queries):
    short, long = talk(), make_thread(posts=tuple(f"Beitrag {n}" for n in range(30)))
    clara = browser.sign_in(make_clara())
    first, second = (f"/diskussionen/{thread.id}/ordnen" for thread in (short, long))
    clara.open(first)

    few = count_queries(lambda: clara.open(first))
    many = count_queries(lambda: clara.open(second))

    assert many == few
