"""Files in the forms of questions, answers and changes, without JavaScript."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import select

from inforo.db import session
from inforo.discussions.models import Post, Thread
from inforo.files import StoredFile, read
from inforo.uploads import queries
from inforo.uploads.models import Attachment
from tests.factories import make_anna, make_bernd, make_clara, make_group, make_thread
from tests.uploads.making import make_attached, make_pending, picture


@pytest.fixture
def anna():
    return make_anna()


@pytest.fixture
def thread():
    return make_thread(author=make_bernd())


def upload(name="Notiz.txt", data=b"Text"):
    return (io.BytesIO(data), name)


def answers(thread):
    return session.scalars(
        select(Post).where(Post.thread_id == thread.id, Post.number > 1)
    ).all()


def names(post):
    return [each.file.name for each in queries.attached_to(post.id)]


def test_file_is_sent_with_the_answer_and_listed_below_it(anna, thread, browser):
    page = browser.sign_in(anna).open(thread.path)

    shown = page.submit("reply", body="Hier ist es.", files=[upload("Konzept ä.txt")])

    [post] = answers(thread)
    assert names(post) == ["Konzept ä.txt"]
    assert "Konzept ä.txt TXT, 1 KB" in shown.main
    assert shown.follow("Konzept ä.txt").response.data == b"Text"


def test_picture_needs_a_description_and_nothing_typed_or_sent_is_lost(anna, thread, browser):
    page = browser.sign_in(anna).open(thread.path)

    again = page.submit(
        "reply",
        status=422,
        body="Unser Plan.",
        files=[upload("Plan.png", picture()), upload("Liste.csv", b"a;b")],
    )

    [plan] = session.scalars(
        select(Attachment).join(StoredFile).where(StoredFile.name == "Plan.png")
    )
    assert "Bitte beschreiben Sie, was „Plan.png“ zeigt." in again.main
    assert again.html.select_one("textarea[name=body]").text.strip() == "Unser Plan."
    assert f"#description-{plan.id}" in {
        link["href"] for link in again.html.select(".error-summary a")
    }
    assert "Liste.csv" in again.main
    assert answers(thread) == []

    again.submit("reply", **{f"description-{plan.id}": "Ein Plan der Innenstadt"})

    [post] = answers(thread)
    assert names(post) == ["Plan.png", "Liste.csv"]
    page = browser.open(thread.path)
    assert page.html.select_one(".attachments img")["alt"] == "Ein Plan der Innenstadt"


def test_button_uploads_without_sending(anna, thread, browser):
    page = browser.sign_in(anna).open(thread.path)

    again = page.submit("reply", button="upload", body="", files=[upload()])

    assert "Notiz.txt" in again.main
    assert not again.html.select(".error-summary")
    assert names(again.submit("reply", body="Fertig.") and answers(thread)[0]) == ["Notiz.txt"]


def test_file_can_be_taken_out_before_sending(anna, thread, browser):
    page = browser.sign_in(anna).open(thread.path)
    page = page.submit("reply", button="upload", body="Text bleibt", files=[upload()])

    page = page.submit("reply", button="drop_file")

    assert "Notiz.txt" not in page.main
    assert "Text bleibt" in page.html.select_one("textarea[name=body]").text
    assert session.scalar(select(Attachment)) is None


def test_files_wait_for_the_form_on_another_device(anna, thread, browser, new_browser):
    browser.sign_in(anna).open(thread.path).submit("reply", button="upload", files=[upload()])

    other = new_browser().sign_in(anna).open(thread.path)

    assert "Notiz.txt" in other.main


def test_nobody_else_sees_a_file_that_is_not_sent(anna, thread, browser, new_browser):
    browser.sign_in(anna).open(thread.path).submit("reply", button="upload", files=[upload()])
    kept = session.scalar(select(Attachment))

    stranger = new_browser().sign_in(make_bernd())

    assert "Notiz.txt" not in stranger.open(thread.path).main
    stranger.open(kept.path, 404)
    assert browser.open(kept.path).response.data == b"Text"


def test_form_takes_only_the_files_it_shows(anna, thread, browser):
    page = browser.sign_in(anna).open(thread.path)
    make_pending(anna, f"reply:{thread.id}", "Aus einem anderen Fenster.txt")

    page.submit("reply", body="Ohne Datei.")

    assert names(answers(thread)[0]) == []


def test_file_of_somebody_else_cannot_be_sent(anna, thread, browser):
    foreign = make_pending(make_bernd(), f"reply:{thread.id}", "Fremd.txt")
    page = browser.sign_in(anna).open(thread.path)
    page.html.select_one("form#reply").append(
        page.html.new_tag(
            "input", attrs={"type": "hidden", "name": "file", "value": foreign.id}
        )
    )

    page.submit("reply", body=f"[x](/anhaenge/{foreign.id})")

    assert names(answers(thread)[0]) == []
    browser.open(foreign.path, 404)


def test_refused_file_is_explained_and_the_others_stay(anna, thread, browser):
    page = browser.sign_in(anna).open(thread.path)

    again = page.submit(
        "reply", status=422, body="Text", files=[upload("virus.exe", b"MZ"), upload("gut.txt")]
    )

    assert "„exe“ nehmen wir nicht an" in again.main
    assert "gut.txt" in again.main
    assert again.html.select_one("#files")["aria-invalid"] == "true"
    assert answers(thread) == []


def test_more_than_ten_files_are_refused(anna, thread, browser):
    page = browser.sign_in(anna).open(thread.path)

    again = page.submit(
        "reply",
        status=422,
        body="Text",
        files=[upload(f"{i}.txt", b"%d" % i) for i in range(11)],
    )

    assert "höchstens 10 Dateien" in again.main
    assert answers(thread) == []


def test_same_file_sent_twice_is_kept_once(anna, thread, browser):
    page = browser.sign_in(anna).open(thread.path)
    page.submit("reply", button="upload", files=[upload()])

    page.submit("reply", button="upload", files=[upload()])

    assert len(session.scalars(select(Attachment)).all()) == 1


def test_place_and_camera_are_gone_from_pictures(anna, thread, browser):
    image, exif = Image.new("RGB", (40, 40), "red"), Image.Exif()
    exif[0x010F] = "GeheimeKamera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)

    browser.sign_in(anna).open(thread.path).submit(
        "reply", button="upload", files=[upload("Foto.jpg", out.getvalue())]
    )

    kept = read(session.scalar(select(StoredFile)))
    assert b"GeheimeKamera" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_question_takes_files(anna, browser):
    group = make_group(members=(anna,))
    page = browser.sign_in(anna).open(f"/diskussionen/neu?gruppe={group.slug}")

    page.submit(
        "thread",
        title="Wer kennt ein gutes Konzept?",
        body="Unseres hängt an.",
        group_id=str(group.id),
        files=[upload("Konzept.txt")],
    )

    thread = session.scalar(select(Thread))
    post = session.scalar(select(Post).where(Post.thread_id == thread.id))
    assert names(post) == ["Konzept.txt"]


def test_confidential_question_takes_no_file_that_might_name_who_asks(anna, browser):
    make_clara()
    group = make_group(members=(anna,))
    page = browser.sign_in(anna).open(f"/diskussionen/neu?gruppe={group.slug}")

    again = page.submit(
        "thread",
        status=422,
        title="Wer kennt ein gutes Konzept?",
        body="Unseres hängt an.",
        group_id=str(group.id),
        confidential="y",
        files=[upload("Konzept.txt")],
    )

    assert "Eine vertrauliche Frage kann keine Dateien haben" in again.main
    assert "Konzept.txt" in again.main


def test_author_takes_a_file_away_and_adds_one_and_the_history_says_so(anna, browser):
    thread = make_thread(author=anna)
    post = session.scalar(select(Post))
    old = make_attached(post, "alt.txt")
    page = browser.sign_in(anna).open(f"/beitraege/{post.id}/bearbeiten")

    page.submit("edit", remove_file=[str(old.id)], files=[upload("neu.txt", b"neu")])

    assert names(post) == ["neu.txt"]
    browser.open(old.path, 404)
    history = browser.open(f"/beitraege/{post.id}/verlauf")
    assert "Hinzugefügte Dateien: neu.txt" in history.main
    assert "Entfernte Dateien: alt.txt" in history.main
    assert "neu.txt" in browser.open(thread.path).main


def test_conflict_leaves_the_files_of_the_post_alone(anna, browser):
    make_thread(author=anna)
    post = session.scalar(select(Post))
    old = make_attached(post, "alt.txt")
    page = browser.sign_in(anna).open(f"/beitraege/{post.id}/bearbeiten")
    browser.open(f"/beitraege/{post.id}/bearbeiten").submit("edit", body="Anders.")

    conflict = page.submit(
        "edit", status=409, body="Neu", remove_file=[str(old.id)], files=[upload("neu.txt")]
    )

    assert names(post) == ["alt.txt"]
    assert conflict.html.select_one(f"#remove-{old.id}").has_attr("checked")
    assert "neu.txt" in conflict.main
    conflict.submit("edit")
    assert names(post) == ["neu.txt"]


def test_full_group_keeps_text_and_files(app, anna, thread, browser, monkeypatch):
    settings = replace(app.extensions["settings"], upload_group_bytes=5)
    monkeypatch.setitem(app.extensions, "settings", settings)
    page = browser.sign_in(anna).open(thread.path)

    again = page.submit(
        "reply", status=422, body="Mit Datei", files=[upload("g.txt", b"123456")]
    )

    assert "Speicherplatz dieser Gruppe ist voll" in again.main
    assert "g.txt" in again.main
    assert answers(thread) == []


def test_full_account_is_explained(app, anna, thread, browser, monkeypatch):
    settings = replace(app.extensions["settings"], upload_account_bytes=5)
    monkeypatch.setitem(app.extensions, "settings", settings)

    again = (
        browser.sign_in(anna)
        .open(thread.path)
        .submit("reply", status=422, body="Mit Datei", files=[upload("g.txt", b"123456")])
    )

    assert "Ihr Speicherplatz ist voll" in again.main


def test_files_cost_a_page_one_statement_and_none_where_there_are_none(
    anna, browser, count_queries
):
    bare = make_thread(author=make_bernd(), posts=("Frage", "Antwort", "Noch eine"))
    full = make_thread(author=make_bernd(), posts=("Frage", "Antwort", "Noch eine"))
    for post in session.scalars(select(Post).where(Post.thread_id == full.id)):
        make_attached(post, f"{post.number}.txt", b"%d" % post.number)
    first, second = bare.path, full.path
    browser.sign_in(anna).open(first)
    browser.open(second)

    few = count_queries(lambda: browser.open(first))

    assert count_queries(lambda: browser.open(second)) == few + 1 <= 12
