"""Files in a text: chosen, dragged, pasted, described; by keyboard, narrow, without script."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

NOTE = {"name": "Notiz.txt", "mimeType": "text/plain", "buffer": b"Unser Konzept"}
# Hands a picture to an element as the browser does when somebody drags or pastes it.
GIVE = """
(element, [kind, name]) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 40;
  canvas.getContext("2d").fillRect(0, 0, 20, 40);
  canvas.toBlob((blob) => {
    const data = new DataTransfer();
    data.items.add(new File([blob], name, { type: "image/png" }));
    const init = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
    const Kind = kind === "paste" ? ClipboardEvent : DragEvent;
    element.dispatchEvent(new Kind(kind, init));
  });
}
"""


def plan(name="Plan.png"):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": out.getvalue()}


def open_thread(visitor, number=1):
    page = visitor.open("/diskussionen/?ansicht=unbeantwortet")
    page.locator(".result__title a").nth(number).click()
    return page


def text_of(page):
    return page.locator("#reply [contenteditable=true]")


def markdown_of(page) -> str:
    return page.locator("textarea#body").evaluate("area => area.value")


@pytest.mark.parametrize(("who", "width"), [("anna-albrecht", 1280), ("bernd-brandt", 360)])
def test_chosen_files_are_described_and_sent(visit, who, width):
    member = visit(who, width=width)
    page = open_thread(member)
    text_of(page).fill("Unser Plan.")
    page.locator("#files").set_input_files([plan(), NOTE])
    part = page.locator(".uploads")
    words = page.get_by_label("Was ist auf dem Bild zu sehen?")
    expect(words).to_be_visible()
    expect(part.get_by_role("link", name="Notiz.txt")).to_be_visible()
    assert member.axe() == []
    assert member.overflow() <= 0
    member.screenshot(f"uploads-{width}")

    page.get_by_role("button", name="Antwort senden").click()
    expect(page.locator(".error-summary")).to_contain_text("was „Plan.png“ zeigt")
    assert member.axe() == []
    words.fill("Eine Fläche in Petrol")
    page.get_by_role("button", name="Notiz.txt entfernen").click()
    expect(part.get_by_role("link", name="Notiz.txt")).to_have_count(0)
    page.get_by_role("button", name="Antwort senden").click()

    post = page.locator("article.post").last
    expect(post.get_by_role("img", name="Eine Fläche in Petrol")).to_be_visible()
    assert member.axe() == []
    assert member.overflow() <= 0
    member.screenshot(f"attachments-{width}")


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_picture_given_to_the_editor_stands_in_the_text(visit, kind):
    page = open_thread(visit("clara-conrad"), 2)
    name = f"{kind}.png"

    text_of(page).evaluate(GIVE, [kind, name])

    row = page.locator(".upload", has_text=name)
    expect(row.get_by_label("Was ist auf dem Bild zu sehen?")).to_be_focused()
    number = row.get_attribute("data-file")
    assert f"![](/anhaenge/{number})" in markdown_of(page)
    expect(text_of(page).locator(".editor__picture")).to_be_visible()
    expect(page.locator(".uploads [role=status]")).to_contain_text("ist hochgeladen")

    row.get_by_role("button", name=f"{name} entfernen").press("Enter")
    expect(text_of(page).locator(".editor__picture")).to_have_count(0)
    assert "/anhaenge/" not in markdown_of(page)


def test_refused_file_is_explained_beside_the_others(visit):
    page = open_thread(visit("hanna-heller"), 3)
    fake = {"name": "Bild.png", "mimeType": "image/png", "buffer": b"MZ kein Bild"}

    page.locator("#files").set_input_files([fake, NOTE])

    expect(page.locator(".uploads__list")).to_contain_text("passt nicht zur Endung")
    expect(page.locator(".uploads").get_by_role("link", name="Notiz.txt")).to_be_visible()


def test_file_chosen_before_the_script_runs_is_uploaded(visit):
    page = open_thread(visit("hanna-heller"), 4)
    held = []
    page.route("**/editor-*.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.locator("#files").set_input_files([NOTE])

    for route in held:
        route.continue_()

    expect(page.locator(".uploads").get_by_role("link", name="Notiz.txt")).to_be_visible()
    assert held
    expect(page.locator("#files")).to_have_value("")


def test_files_without_script(visit):
    gustav = visit("gustav-graf", script=False, width=360)
    page = open_thread(gustav, 2)
    page.locator("textarea#body").fill("Unser Plan.")
    page.locator("#files").set_input_files([plan()])
    page.get_by_role("button", name="Antwort senden").click()

    expect(page.locator("textarea#body")).to_have_value("Unser Plan.")
    page.get_by_label("Was ist auf dem Bild zu sehen?").fill("Eine Fläche")
    assert gustav.overflow() <= 0
    page.get_by_role("button", name="Antwort senden").click()

    post = page.locator("article.post").last
    expect(post.get_by_role("img", name="Eine Fläche")).to_be_visible()
