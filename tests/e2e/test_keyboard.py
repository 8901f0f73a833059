"""Without a mouse: all is reached by Tab and operated by keys, and one sees where one is."""

import re

from playwright.sync_api import Page, expect

STEPS = 60


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; each stop on the way shows where it is."""
    for _step in range(STEPS):
        page.keyboard.press("Tab")
        assert has_visible_focus(page), f"focus is invisible on {focused(page)!r}"
        if page.evaluate("words => document.activeElement.matches(words)", selector):
            return
    raise AssertionError(f"{selector} is not reached in {STEPS} steps")


def has_visible_focus(page: Page) -> bool:
    """Tell whether the focused element, or what frames it, has an outline or a shadow."""
    return page.evaluate(
        """() => {
          const marked = (element) => {
            const style = getComputedStyle(element);
            return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
              || style.boxShadow !== "none";
          };
          const element = document.activeElement;
          return [element, element.parentElement, element.closest("form, label, .card")]
            .some((part) => part && marked(part));
        }"""
    )


def test_skip_link_comes_first_and_leads_to_the_content(visit):
    page = visit().open("/werkzeugkiste/")

    page.keyboard.press("Tab")
    assert focused(page) == "Zum Inhalt springen"
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_account_menu_opens_and_closes_by_keys(visit):
    page = visit("anna-albrecht").open("/")
    tab_to(page, "details.menu > summary")

    offered = page.get_by_role("banner").get_by_role("link", name="Merkliste")
    page.keyboard.press("Enter")
    expect(offered).to_be_visible()
    page.keyboard.press("Escape")

    expect(offered).to_be_hidden()
    assert "Anna Albrecht" in focused(page)


def test_suggestions_of_the_search_lead_to_the_thing(visit):
    page = visit().open("/")
    box = page.locator("#header-q")
    box.press_sequentially("Mannh")
    option = page.get_by_role("option", name=re.compile("Mannheim")).first
    expect(option).to_be_visible()

    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("suggestions"))
    box.press("Escape")
    expect(option).to_be_hidden()

    assert page.evaluate("document.activeElement.id") == "header-q"


def test_facets_change_the_list_and_keep_the_focus(visit):
    page = visit().open("/werkzeugkiste/")
    count = page.locator("#region h2 [role=status]")
    before = count.inner_text()
    tab_to(page, "input[name=phase]")
    chosen = page.evaluate("document.activeElement.value")

    page.keyboard.press("Space")

    expect(count).not_to_have_text(before)
    assert f"phase={chosen}" in page.url
    assert page.evaluate("document.activeElement.value") == chosen
    page.keyboard.press("Space")
    expect(count).to_have_text(before)


def test_back_shows_the_list_as_it_was(visit):
    page = visit().open("/diskussionen/")
    before = page.locator(".results a").first.inner_text()
    page.get_by_role("link", name="Unbeantwortet").click()
    expect(page).to_have_url(re.compile("ansicht=unbeantwortet"))
    title = page.locator(".results a").first.inner_text()
    page.locator(".results a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Diskussionen")
    page.go_back()

    expect(page.locator(".results a").first).to_have_text(before)


def test_map_of_the_laender_opens_from_the_list(visit):
    page = visit().open("/kommunen/")

    page.get_by_role("link", name="Karte der Länder").click()

    expect(page.locator("svg.map").first).to_be_visible()


def test_dialog_takes_the_focus_and_gives_it_back(visit):
    page = visit("frieda-falk").open("/betrieb/bausteine")
    link = page.locator("[data-dialog=sample]")
    link.focus()

    page.keyboard.press("Enter")
    expect(page.locator("#sample")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog')?.id") == "sample"
    page.keyboard.press("Escape")

    expect(page.locator("#sample")).to_be_hidden()
    expect(link).to_be_focused()


def test_errors_of_a_form_get_the_focus_and_lead_to_the_fields(visit):
    page = visit("anna-albrecht").open("/diskussionen/neu?entwurf=0")
    page.get_by_role("button", name="Frage senden").click()

    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.press("Enter")

    assert page.evaluate("document.activeElement.id") == "title"


def test_enter_in_a_field_sends_the_form_and_not_a_search(visit):
    page = visit().open("/konto/registrieren")
    page.locator("#register [name=password]").fill("noch nicht fertig")

    page.locator("#register [name=name]").press("Enter")

    expect(page.locator(".error-summary")).to_be_focused()
