"""What it looks like elsewhere: on paper, and in colours somebody chose for all programs."""

from playwright.sync_api import expect

COLOUR = "link => getComputedStyle(link).borderBottomColor"


def test_thread_on_paper_has_the_posts_and_no_form(visit):
    page = visit("anna-albrecht").open("/diskussionen/4")

    page.emulate_media(media="print")

    expect(page.locator("article.post").first).to_be_visible()
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    expect(page.locator("#antworten")).to_be_hidden()
    expect(page.locator("#folgen")).to_be_hidden()


def test_chosen_view_is_marked_in_forced_colours(visit):
    page = visit().open("/werkzeugkiste/")

    page.emulate_media(forced_colors="active")

    chosen = page.locator(".tabs__link[aria-current]").first.evaluate(COLOUR)
    other = page.locator(".tabs__link:not([aria-current])").first.evaluate(COLOUR)
    assert chosen != other


def test_field_of_the_editor_has_an_edge_like_all_others(visit):
    page = visit("anna-albrecht").open("/diskussionen/neu")

    edge = page.locator(".editor__text").evaluate(COLOUR)

    assert edge == page.locator("#audience, #group, select").first.evaluate(COLOUR)


def test_box_of_a_row_stands_beside_its_label_on_a_narrow_screen(visit):
    page = visit("clara-conrad", width=360).open("/arbeitskorb/")

    box = page.locator("td:has(> input[name=item])").first.bounding_box()

    assert box["height"] < 50
