"""Every important page for every kind of person: accessible, whole at any width, quiet.

The screenshots in screenshots/ are for people to look at.
"""

import pytest

GUEST, ANNA, BERND = "", "anna-albrecht", "bernd-brandt"
GUSTAV, HANNA, CLARA, FRIEDA = "gustav-graf", "hanna-heller", "clara-conrad", "frieda-falk"
LONG_WORDS = "/suche?q=Donaudampfschifffahrtsgesellschaft"
# Name of the screenshot, who looks, address, and the link to follow there, if any.
PAGES = [
    ("start-guest", GUEST, "/", ""),
    ("start-member", ANNA, "/", ""),
    ("start-coordinator", CLARA, "/", ""),
    ("contribute-full", CLARA, "/werkzeugkiste/beitragen/64/grunddaten", ""),
    ("contribute-criteria", CLARA, "/werkzeugkiste/beitragen/64/kriterien", ""),
    ("search-empty", GUEST, "/suche", ""),
    ("search-results", GUEST, "/suche?q=fruehe+hilfen", ""),
    ("search-members", ANNA, "/suche?q=mannheim", ""),
    ("search-nothing", GUEST, LONG_WORDS, ""),
    ("toolbox", GUEST, "/werkzeugkiste/", ""),
    ("toolbox-filtered", ANNA, "/werkzeugkiste/?land=BW&phase=kita-alter-3-6", ""),
    ("toolbox-nothing", GUEST, "/werkzeugkiste/?q=xyzzy&land=SL", ""),
    ("tools", GUEST, "/werkzeugkiste/werkzeuge/", ""),
    ("example-guest", GUEST, "/werkzeugkiste/beispiele/4", ""),
    ("example-member", ANNA, "/werkzeugkiste/beispiele/2", ""),
    ("example-history", CLARA, "/werkzeugkiste/beispiele/64/verlauf", ""),
    ("tools-filtered", ANNA, "/werkzeugkiste/werkzeuge/?schritt=koordination&land=BW", ""),
    ("tool", GUEST, "/werkzeugkiste/werkzeuge/1", ""),
    ("tool-versions", ANNA, "/werkzeugkiste/werkzeuge/2", ""),
    ("tool-new-version", ANNA, "/werkzeugkiste/werkzeuge/2/neue-fassung", ""),
    ("tool-examples", ANNA, "/werkzeugkiste/werkzeuge/2/beispiele", ""),
    ("basket-tool", CLARA, "/arbeitskorb/werkzeuge/2", ""),
    ("contribute", ANNA, "/werkzeugkiste/beitragen", ""),
    ("contribute-short", ANNA, "/werkzeugkiste/beitragen/kurz", ""),
    ("contribute-tool", ANNA, "/werkzeugkiste/werkzeuge/beitragen", ""),
    ("contributions", ANNA, "/werkzeugkiste/meine", ""),
    ("bookmarks", ANNA, "/merkliste/", ""),
    ("municipalities", GUEST, "/kommunen/", ""),
    ("municipalities-found", GUEST, "/kommunen/?q=manheim", ""),
    ("municipalities-map", GUEST, "/kommunen/", "Karte"),
    ("states", GUEST, "/laender/", ""),
    ("state", GUEST, "/laender/BW", ""),
    ("profile-guest", GUEST, "/kommunen/08222000", ""),
    ("profile-editor", GUSTAV, "/kommunen/08222000", ""),
    ("profile-edit", GUSTAV, "/kommunen/08222000", "earbeiten"),
    ("profile-missing", GUEST, "/kommunen/01001000", ""),
    ("discussions", GUEST, "/diskussionen/", ""),
    ("discussions-member", ANNA, "/diskussionen/?ansicht=unbeantwortet", ""),
    ("thread-guest", GUEST, "/diskussionen/2", ""),
    ("thread-member", ANNA, "/diskussionen/4", ""),
    ("thread-moderator", CLARA, "/diskussionen/4", ""),
    ("question", ANNA, "/diskussionen/neu", ""),
    ("groups", GUEST, "/gruppen/", ""),
    ("group", ANNA, "/gruppen/praeventionsketten", ""),
    ("group-closed", GUEST, "/gruppen/steuerungsgruppe-partnerprozess", ""),
    ("group-new", CLARA, "/gruppen/neu", ""),
    ("persons", ANNA, "/personen/", ""),
    ("person", ANNA, "/personen/", "Clara Conrad"),
    ("person-edit", ANNA, "/konto/profil", ""),
    ("basket", CLARA, "/arbeitskorb/", ""),
    ("basket-item", CLARA, "/arbeitskorb/", "Miriam"),
    ("basket-application", CLARA, "/arbeitskorb/anmeldungen/1", ""),
    ("basket-example", CLARA, "/arbeitskorb/beispiele/64", ""),
    ("basket-log", CLARA, "/arbeitskorb/protokoll", ""),
    ("basket-roles", CLARA, "/arbeitskorb/rollen", ""),
    ("notifications", ANNA, "/konto/benachrichtigungen", ""),
    ("notifications-settings", ANNA, "/konto/benachrichtigungen/einstellungen", ""),
    ("notifications-mails", ANNA, "/konto/benachrichtigungen/e-mails", ""),
    ("thread-mails", FRIEDA, "/diskussionen/4/e-mails", ""),
    ("security", ANNA, "/konto/sicherheit", ""),
    ("invite", CLARA, "/konto/einladen", ""),
    ("articles", GUEST, "/meldungen/", ""),
    ("article", GUEST, "/meldungen/", "Hitzeschutz in Kitas"),
    ("article-new", ANNA, "/meldungen/neu", ""),
    ("articles-own", ANNA, "/meldungen/meine", ""),
    ("articles-desk", CLARA, "/redaktion/meldungen", ""),
    ("events", GUEST, "/termine/", ""),
    ("events-past", ANNA, "/termine/?vergangen=1", ""),
    ("event", GUEST, "/termine/", "Gesund aufwachsen im Quartier"),
    ("event-new", ANNA, "/termine/neu", ""),
    ("event-waiting", CLARA, "/redaktion/termine", "Eltern befragen"),
    ("sign-in", GUEST, "/konto/anmelden", ""),
    ("forgot", GUEST, "/konto/passwort-vergessen", ""),
    ("register", GUEST, "/konto/registrieren", ""),
    ("imprint", GUEST, "/impressum", ""),
    ("privacy", GUEST, "/datenschutz", ""),
    ("accessibility", GUEST, "/barrierefreiheit", ""),
    ("help", GUEST, "/hilfe", ""),
    ("building-blocks", FRIEDA, "/betrieb/bausteine", ""),
    ("operations", FRIEDA, "/betrieb/", ""),
    ("outbox", GUEST, "/betrieb/postausgang", ""),
]
MISSING = [("missing-guest", GUEST), ("missing-member", ANNA)]


@pytest.mark.parametrize(
    ("name", "who", "address", "link"), PAGES, ids=[row[0] for row in PAGES]
)
def test_page_is_accessible_in_light_and_dark_and_whole_at_any_width(
    visit, name, who, address, link
):
    visitor = visit(who)
    page = visitor.open(address)
    if link:
        with page.expect_navigation():
            page.locator("main a", has_text=link).first.click()

    found = look_at(visitor, name)

    assert found == []


@pytest.mark.parametrize(("name", "who"), MISSING)
def test_missing_page_is_as_good_as_any_other(visit, name, who):
    visitor = visit(who)
    visitor.open("/gibt-es-nicht", status=404)

    assert look_at(visitor, name) == []


def look_at(visitor, name: str) -> list[str]:
    """Check the open page in both colour schemes and at four widths."""
    found = visitor.axe()
    visitor.screenshot(f"{name}-1280")
    visitor.page.emulate_media(color_scheme="dark")
    found += [f"dark {line}" for line in visitor.axe(runOnly=["color-contrast"])]
    visitor.page.emulate_media(color_scheme="light")
    for width in (768, 360, 320):
        visitor.resize(width)
        if visitor.overflow() > 0:
            found.append(f"{visitor.overflow()} pixels too wide at {width}")
        if width == 360:
            visitor.screenshot(f"{name}-360")
    return found
