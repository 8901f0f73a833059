"""Adoptions and comparisons in a real browser: by keyboard, on a telephone, with axe."""

from tests.e2e.test_pages import look_at

EXAMPLE = "Babybegrüßungsbesuch mit Qualitätszirkel"


def open_example(visitor, title: str = EXAMPLE):
    """Find an example by its title, as people do."""
    page = visitor.open(f"/werkzeugkiste/?q={title}&sortierung=titel")
    with page.expect_navigation():
        page.locator("main a.card__link", has_text=title).first.click()
    return page


def test_pages_of_adoptions_are_accessible_and_whole_at_any_width(visit):
    visitor = visit("anna-albrecht")
    page = open_example(visitor)
    found = look_at(visitor, "adoptions-example")
    here = page.url

    for name, end in (("adoptions", "uebernahmen"), ("adopt", "uebernehmen")):
        visitor.resize(1280)
        page.goto(f"{here.rsplit('-babybegruessung')[0]}/{end}")
        found += look_at(visitor, name)

    assert found == []


def test_chain_of_three_is_a_nested_list(visit):
    page = open_example(visit())

    assert page.locator(".chain .chain .chain li").count() >= 1
    assert page.locator(".chain").first.inner_text().startswith(EXAMPLE)


def test_municipality_is_registered_and_brought_up_to_date_by_keyboard(visit):
    visitor = visit("anna-albrecht")
    page = open_example(visitor, "Das Baby ist da")
    with page.expect_navigation():
        page.get_by_role("link", name="Wir machen das auch").press("Enter")
    page.get_by_label("Was haben Sie geändert?").fill("Wir beginnen in zwei Stadtteilen.")
    with page.expect_navigation():
        page.get_by_role("button", name="Eintragen").press("Enter")
    assert "Danke! Mannheim ist eingetragen." in page.locator("body").inner_text()

    with page.expect_navigation():
        page.locator("main a", has_text="Eintrag ändern").first.press("Enter")
    assert visitor.axe() == []
    page.get_by_label("Wie weit sind Sie?").select_option("pilot")
    with page.expect_navigation():
        page.get_by_role("button", name="Speichern").press("Enter")

    assert "1 Pilot" in page.locator("main").inner_text()


def test_examples_are_ticked_in_the_list_and_compared(visit):
    visitor = visit()
    page = visitor.open("/werkzeugkiste/")
    for box in page.locator("input[name=beispiel]").all()[:3]:
        box.check()
    with page.expect_navigation():
        page.locator("#compare button").click()
    assert page.locator("thead th[scope=col]").count() == 3
    address = page.url

    found = look_at(visitor, "comparison")
    page.locator(".table-scroll").focus()
    page.keyboard.press("ArrowRight")
    visitor.resize(1280)
    page.get_by_role("link", name="Nur Unterschiede zeigen").click()
    page.wait_for_url("**nur=unterschiede**")
    found += visitor.axe()

    assert found == []
    assert visit().open(address.removeprefix(visitor.site)).locator("thead th").count() == 3


def test_guest_picks_a_municipality_while_typing(visit):
    visitor = visit()
    page = visitor.open("/werkzeugkiste/")
    page.locator("#wie").fill("Mannh")
    page.get_by_role("option", name="Mannheim").first.click()
    with page.expect_response(lambda answer: "wie=08222000" in answer.url):
        page.get_by_role("button", name="Anwenden", exact=True).click()
    page.get_by_text("die Mannheim ähneln").first.wait_for()

    assert visitor.axe() == []


def test_similar_municipalities_are_a_readable_table(visit):
    visitor = visit()
    visitor.open("/kommunen/08222000-mannheim/aehnliche")

    assert look_at(visitor, "similar") == []
