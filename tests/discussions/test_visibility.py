"""What stays out of sight."""

from itertools import product

import pytest
from sqlalchemy import select

from inforo import clock, jobs
from inforo.authz import GUEST
from inforo.db import session
from inforo.discussions import policy
from inforo.discussions.models import Post, Thread
from tests.factories import (
    actor,
    make_account,
    make_anna,
    make_bernd,
    make_clara,
    make_doris,
    make_emil,
    make_frieda,
    make_group,
    make_thread,
)


def test_sql_and_python_agree_on_visibility():
    anna, bernd, olga = make_anna(), make_bernd(), make_account("Olga")
    for audience, state, hidden in product(
        ("public", "members", "closed", "hidden"), ("BW", "NW", None), (None, clock.now())
    ):
        group = make_group(
            f"{audience} {state} {bool(hidden)}",
            audience=audience,
            state=state,
            members=(anna,),
            managers=(olga,),
        )
        make_thread(group=group, author=anna, hidden_at=hidden)
        make_thread(group=group, author=bernd, hidden_at=hidden)
    threads = list(session.scalars(select(Thread)))
    people = [anna, bernd, olga, make_clara(), make_doris(), make_emil(), make_frieda()]
    applicant = make_account("Petra", approved_at=None)

    for who in [GUEST, *(actor(person) for person in [*people, applicant])]:
        visible = set(session.scalars(select(Thread).where(policy.visible_to(who))))
        overseen = set(session.scalars(select(Thread).where(policy.overseen_by(who))))
        assert visible == {t for t in threads if policy.may_view(who, t)}, who
        assert overseen == {t for t in threads if policy.oversees(who, t)}, who


@pytest.mark.parametrize("audience", ["closed", "hidden"])
def test_words_of_protected_groups_are_nowhere_for_others(browser, new_browser, audience):
    mia = make_account("Mia Mitglied")
    group = make_group("Schutzraum", audience=audience, admission="invite", managers=(mia,))
    thread = make_thread("KANARIE-T", group=group, author=mia, posts=("KANARIE-P",))
    browser.sign_in(mia).open(thread.path).submit("reply", body="KANARIE-A @[Anna]")
    jobs.work_all()
    post_id = session.scalar(select(Post.id).where(Post.number == 1))
    urls = {
        "/diskussionen/": 200,
        "/diskussionen/?gruppe=schutzraum": 200,
        "/diskussionen/?sortierung=neueste&land=BW": 200,
        "/diskussionen/neu?gruppe=schutzraum": 200,
        "/gruppen/": 200,
        "/gruppen/?q=schutz": 200,
        "/gruppen/schutzraum": 200 if audience == "closed" else 404,
        "/gruppen/schutzraum/mitglieder": 404,
        "/konto/benachrichtigungen": 200,
        thread.path: 404,
        f"/beitraege/{post_id}": 404,
        f"/beitraege/{post_id}/verlauf": 404,
        f"/beitraege/{post_id}/melden": 404,
    }

    for person in (make_anna(), make_doris(), make_emil()):
        other = new_browser().sign_in(person)
        for url, status in urls.items():
            page = other.open(url, status)
            assert "KANARIE" not in page.response.text, url
            assert "Mia" not in page.response.text, url
        assert "0 Diskussionen" in other.open("/diskussionen/").main
