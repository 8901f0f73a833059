"""Who may open which page of the closed group of Land A, which Olga leads."""

from tests.wiki.making import change, make_page


def closed(world):
    return {"slug": world.closed_group.slug}


def page(world):
    made = make_page(world.closed_group, author=world.owner)
    change(made, "Neue Worte.", author=world.owner)
    return closed(world) | {"page_id": made.id}


def with_title(world):
    return page(world) | {"title": "absprachen"}


def numbered(world):
    return page(world) | {"number": 1}


NOBODY = (302, 403, 404, 404, 404, 404, 404, 404)
HIDDEN = (302, 404, 404, 404, 404, 404, 404, 404)
CLOSED = ("wiki.index", "wiki.new", "wiki.rules")
READ = ("wiki.printed", "wiki.history", "wiki.compare")
WRITTEN = ("wiki.edit", "wiki.delete")
SENT = ("wiki.protect", "wiki.restore")

ACCESS = (
    {("GET", name): NOBODY for name in CLOSED}
    | {("POST", name): NOBODY for name in ("wiki.new", "wiki.rules")}
    | {("GET", name): HIDDEN for name in ("wiki.show", "wiki.version", *READ)}
    | {(method, name): NOBODY for method in ("GET", "POST") for name in WRITTEN}
    | {("POST", name): NOBODY for name in (*SENT, "wiki.restore_version")}
)
ARGUMENTS = (
    dict.fromkeys(CLOSED, closed)
    | dict.fromkeys((*READ, *WRITTEN, *SENT), page)
    | {"wiki.show": with_title, "wiki.version": numbered, "wiki.restore_version": numbered}
)
