"""What can be found of pages that are the same for everybody: legal texts, help, first steps.

They have no rows to watch: their words come with the platform, or from the operator's files.
So they are rendered as a guest sees them when the platform starts, each night, and when the
index is rebuilt (`search.rebuild.refresh_texts`).
"""

import re
from collections.abc import Sequence
from typing import Any

from flask import current_app, g, url_for

from inforo import text
from inforo.authz import GUEST
from inforo.i18n import in_language
from inforo.search.documents import Document, Key, Source
from inforo.search.models import Audience, Kind

# Numbers are never used twice: they are the keys of the documents.
PAGES: dict[int, tuple[str, dict[str, Any]]] = {
    1: ("pages.legal", {"name": "hilfe"}),
    2: ("pages.legal", {"name": "ueber"}),
    3: ("pages.legal", {"name": "netiquette"}),
    4: ("pages.legal", {"name": "nutzungsbedingungen"}),
    5: ("pages.legal", {"name": "datenschutz"}),
    6: ("pages.legal", {"name": "impressum"}),
    7: ("pages.legal", {"name": "barrierefreiheit"}),
    8: ("search.explained", {}),
    9: ("learning.newcomer", {"number": 1}),
    10: ("learning.newcomer", {"number": 2}),
    11: ("learning.newcomer", {"number": 3}),
    12: ("learning.newcomer", {"number": 4}),
    13: ("learning.newcomer", {"number": 5}),
    14: ("learning.self_check", {}),
    15: ("registration.register", {}),
    16: ("papers.council", {}),
    17: ("search.consent", {}),
}
MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
NOT_READ = re.compile(r"<(script|style|nav|select|svg|template)\b.*?</\1>", re.DOTALL)


def keys(after: int, limit: int) -> list[Key]:
    return [number for number in PAGES if number > after][:limit]


def describe(some: Sequence[Key]) -> list[Document]:
    return [describe_page(key) for key in some if key in PAGES]


def describe_page(key: int) -> Document:
    """Describe a page by its heading and all its words, in German."""
    endpoint, values = PAGES[key]
    path, html = rendered(endpoint, values)
    main = NOT_READ.sub(" ", (MAIN.search(html) or [html, html])[1])
    title = HEADING.search(main) or HEADING.search(html)
    return Document(
        kind=Kind.PAGE,
        key=key,
        audience=Audience.PUBLIC,
        title=text.plain(title[1]) if title else path,
        body=text.plain(HEADING.sub(" ", main)),
        path=path,
    )


def rendered(endpoint: str, values: dict[str, Any]) -> tuple[str, str]:
    """Return address and HTML of a page as a guest gets it."""
    before = dict(vars(g))
    vars(g).clear()
    try:
        with current_app.test_request_context("/"), in_language("de"):
            path = url_for(endpoint, **values)
        with current_app.test_request_context(path), in_language("de"):
            g.actor = GUEST
            return path, str(current_app.view_functions[endpoint](**values))
    finally:
        vars(g).clear()
        vars(g).update(before)


STATIC = Source(number=90, kind=Kind.PAGE, keys=keys, describe=describe)
