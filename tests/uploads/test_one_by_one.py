"""Files the script sends one by one, and files nobody waits for any more."""

import io
import zipfile

import pytest
from sqlalchemy import select

from inforo import clock
from inforo.db import session
from inforo.drafts.models import Draft
from inforo.uploads import jobs
from inforo.uploads.models import Attachment
from tests.factories import make_anna, make_bernd
from tests.uploads.making import make_pending, picture


@pytest.fixture
def anna():
    return make_anna()


@pytest.fixture
def send(anna, browser, app, monkeypatch):
    """Send a file as the script does."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    browser.sign_in(anna)

    def send(name, data=b"Text", target="question"):
        values = {"target": target, "files": (io.BytesIO(data), name)}
        return browser.client.post("/anhaenge", data=values)

    return send


def test_file_is_kept_with_the_draft_and_comes_back_as_a_line(send):
    answer = send("Plan.png", picture())

    kept = session.scalar(select(Attachment))
    assert answer.status_code == 201
    assert (kept.target, kept.post_id) == ("question", None)
    assert answer.json["path"] == kept.path
    assert f'name="description-{kept.id}"' in answer.json["html"]


def test_same_file_twice_is_one(send):
    assert send("a.txt").json["id"] == send("a.txt").json["id"]


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("seite.html", b"<html>"),
        ("bild.svg", b"<svg/>"),
        ("bild.png", b"%PDF-1.4 <script>"),
        ("text.txt", b"<script>alert(1)</script>"),
        ("bombe.docx", bomb()),
        ("leer.pdf", b""),
    ],
)
def test_what_is_not_taken_is_explained(send, name, data):
    answer = send(name, data)

    assert answer.status_code == 422
    assert answer.json["error"]
    assert session.scalar(select(Attachment)) is None


def test_eleventh_file_is_refused(send):
    for number in range(10):
        assert send(f"{number}.txt", b"%d" % number).status_code == 201

    assert "höchstens 10 Dateien" in send("10.txt", b"10").json["error"]


def test_description_is_noted_and_file_removed_by_its_owner_only(send, browser, new_browser):
    number = send("Plan.png", picture()).json["id"]
    stranger = new_browser().sign_in(make_bernd())
    typed = {f"description-{number}": "  Ein   Plan "}

    assert (
        stranger.client.post(f"/anhaenge/{number}/beschreibung", data=typed).status_code == 404
    )
    assert stranger.client.post(f"/anhaenge/{number}/entfernen").status_code == 404
    browser.client.post(f"/anhaenge/{number}/beschreibung", data=typed)
    assert session.get(Attachment, number).description == "Ein Plan"

    assert browser.client.post(f"/anhaenge/{number}/entfernen").status_code == 200
    assert session.scalar(select(Attachment)) is None


def test_files_nobody_waits_for_are_forgotten_those_of_drafts_stay(anna):
    for target in ("question", "reply:1", "held:1"):
        make_pending(anna, target, f"{target[:4]}.txt")
    session.add(Draft(account_id=anna.id, target="reply:1", writer="w", path="/"))
    long_ago = clock.now() - clock.timedelta(days=8)
    for attachment in session.scalars(select(Attachment)):
        attachment.created_at = long_ago
    session.commit()

    jobs.forget_abandoned_files()

    assert {each.target for each in session.scalars(select(Attachment))} == {
        "reply:1",
        "held:1",
    }


def test_files_of_a_closed_account_go_at_once(anna):
    make_pending(anna, "question")
    anna.closed_at = clock.now()
    session.commit()

    jobs.forget_abandoned_files()

    assert session.scalar(select(Attachment)) is None
