"""Who may open what of openings: things of the closed group of Land A, which Olga leads."""

from tests import factories
from tests.libraries.making import add_file
from tests.openings.making import make_open, propose
from tests.wiki.making import make_page


def of_page(world):
    made = make_page(world.closed_group, author=world.owner)
    return {"slug": world.closed_group.slug, "page_id": made.id}


def proposed(world):
    page = make_page(world.closed_group)
    return {"opening_id": propose(page, world.owner).id}


def opened(world):
    page = make_page(world.closed_group, author=world.owner)
    return {"opening_id": make_open(page, world.owner).id}


def readable(world):
    page = make_page(world.closed_group, author=world.owner)
    make_open(page, world.owner)
    return {"page_id": page.id, "title": "absprachen"}


def of_file(world):
    made = add_file(world.closed_group, by=world.owner)
    return {"slug": world.closed_group.slug, "file_id": made.id}


def opened_file(world):
    made = add_file(world.closed_group, by=world.owner)
    make_open(made, world.owner)
    return {"file_id": made.id}


def of_thread(world):
    made = factories.make_thread(group=world.closed_group, author=world.owner)
    return {"thread_id": made.id}


def opened_thread(world):
    made = factories.make_thread(group=world.closed_group, author=world.owner)
    return {"opening_id": make_open(made, world.owner).id, "title": "x"}


NOBODY = (302, 403, 404, 404, 404, 404, 404, 404)
NO_LINK = (404, 404, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "openings.propose_page"): NOBODY,
    ("POST", "openings.propose_page"): NOBODY,
    ("GET", "openings.show"): NOBODY,
    ("POST", "openings.answer"): NOBODY,
    ("POST", "openings.close"): (302, 403, 404, 404, 303, 404, 404, 303),
    ("GET", "openings.answer_by_link"): NO_LINK,
    ("POST", "openings.answer_by_link"): NO_LINK,
    ("GET", "openings.thanked"): (200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "openings.page"): (302, 403, 301, 301, 301, 301, 301, 301),
    ("GET", "openings.propose_thread"): NOBODY,
    ("POST", "openings.propose_thread"): NOBODY,
    ("GET", "openings.thread"): (302, 403, 301, 301, 301, 301, 301, 301),
    ("GET", "openings.propose_file"): NOBODY,
    ("POST", "openings.propose_file"): NOBODY,
    ("GET", "openings.file"): (302, 403, 301, 301, 301, 301, 301, 301),
    ("GET", "openings.download"): (302, 403, 200, 200, 200, 200, 200, 200),
    ("GET", "openings.preview"): (302, 403, 404, 404, 404, 404, 404, 404),
}
ARGUMENTS = {
    "openings.propose_page": of_page,
    "openings.show": proposed,
    "openings.answer": proposed,
    "openings.close": opened,
    "openings.answer_by_link": lambda _world: {"secret": "x"},
    "openings.page": readable,
    "openings.propose_thread": of_thread,
    "openings.thread": opened_thread,
    "openings.propose_file": of_file,
    "openings.file": lambda world: opened_file(world) | {"title": "x"},
    "openings.download": opened_file,
    "openings.preview": opened_file,
}
