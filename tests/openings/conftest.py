"""A closed group that Olga leads, and what Anna brought into it: a page, a file, a thread."""

import pytest

from tests import factories
from tests.libraries.making import add_file
from tests.wiki.making import make_page


@pytest.fixture
def olga():
    return factories.make_account("Olga")


@pytest.fixture
def anna():
    return factories.make_anna()


@pytest.fixture
def group(olga, anna):
    return factories.make_group(
        "Vertrauter Kreis", audience="closed", managers=(olga,), members=(anna,)
    )


@pytest.fixture
def page(group, anna):
    made = make_page(group, "Leitfaden", "Erste Fassung, siehe [[Geheimes]].", author=anna)
    make_page(group, "Geheimes", "Bleibt drin", parent=made, author=anna)
    return made


@pytest.fixture
def file(group, anna):
    return add_file(
        group,
        "Vordruck-Vertrauter-Kreis.txt",
        b"Seerosenteich, erste Fassung\n",
        by=anna,
        title="Vordruck",
        description="Zum Ausdrucken",
    )


@pytest.fixture
def thread(group, olga, anna):
    made = factories.make_thread(
        "Wie laufen Hausbesuche?", group=group, author=anna, posts=("Frage von uns.",)
    )
    factories.make_post(made, "Antwort der Leitung.", author=olga)
    return made
