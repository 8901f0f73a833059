"""Who may open which page of articles; see tests/test_access.py for the columns."""

from tests.articles.making import make_article

PUBLIC = (200,) * 8
MEMBERS = (302, 403, 200, 200, 200, 200, 200, 200)
# Something submitted in Land A: for its office, editors and operation. Olga wrote it, and
# Clara works in Mannheim too: she sees it, but others of her office decide.
SUBMITTED = (302, 403, 404, 404, 200, 404, 200, 200)
CHANGED = (302, 403, 404, 404, 403, 404, 200, 200)
DECIDED = (302, 403, 404, 404, 403, 404, 303, 303)
REASONED = (302, 403, 404, 404, 403, 404, 422, 422)

ACCESS = {
    ("GET", "articles.index"): PUBLIC,
    ("GET", "articles.feed"): PUBLIC,
    ("GET", "articles.show"): (301,) * 8,
    ("GET", "articles.file"): (404,) * 8,
    ("GET", "articles.new"): MEMBERS,
    ("POST", "articles.new"): (302, 403, 422, 422, 422, 422, 422, 422),
    ("GET", "articles.mine"): MEMBERS,
    ("GET", "articles.desk"): (302, 403, 404, 404, 200, 200, 200, 200),
    ("GET", "articles.edit"): CHANGED,
    ("POST", "articles.edit"): REASONED,
    ("GET", "articles.edit_files"): CHANGED,
    ("POST", "articles.edit_files"): REASONED,
    ("POST", "articles.remove_file"): (302, 403, 404, 404, 404, 404, 404, 404),
    ("POST", "articles.delete"): (302, 403, 404, 404, 403, 404, 403, 403),
    ("POST", "articles.take_step"): DECIDED,
    ("POST", "articles.give_back"): REASONED,
    ("GET", "articles.history"): SUBMITTED,
}


def published(world):
    return {"article_id": make_article(author=world.owner).id}


def submitted(world):
    return {"article_id": make_article(author=world.owner, state="submitted").id}


ARGUMENTS = {
    "articles.show": published,
    "articles.file": lambda world: published(world) | {"file_id": 1},
    "articles.remove_file": lambda world: submitted(world) | {"file_id": 1},
    "articles.take_step": lambda world: submitted(world) | {"verb": "veroeffentlichen"},
    **dict.fromkeys(
        (
            "articles.delete",
            "articles.edit",
            "articles.edit_files",
            "articles.give_back",
            "articles.history",
        ),
        submitted,
    ),
}
