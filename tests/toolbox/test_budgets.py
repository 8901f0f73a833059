"""What the pages of the toolbox may cost: statements of the database, letters of HTML."""

import pytest

from inforo.db import session
from tests import factories
from tests.adoptions.making import make_adoption
from tests.toolbox.test_pages import FULL, address, attach, terms

MOST_STATEMENTS = {"guest": 5, "anna": 10, "clara": 11, "emil": 11}


def sign_in(browser, who):
    if who != "guest":
        browser.sign_in(getattr(factories, f"make_{who}")())
    return browser


def make_rich_example():
    """Make an example with everything its page can show."""
    example = factories.make_example(terms=terms("kita", "kinder"), **FULL)
    make_adoption(example)
    tool = factories.make_tool()
    tool.examples = [example]
    attach(example)
    session.commit()
    return example


@pytest.mark.parametrize("who", MOST_STATEMENTS)
def test_example_page_keeps_to_its_number_of_statements(browser, count_queries, who):
    example = make_rich_example()
    sign_in(browser, who)
    browser.open(address(example))

    needed = count_queries(lambda: browser.open(address(example)))

    assert needed <= MOST_STATEMENTS[who]
