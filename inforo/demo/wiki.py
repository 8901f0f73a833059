"""Pages of groups in the demo: a guide with what belongs to it, and one of a closed group."""

from inforo.db import session
from inforo.demo.source import Catalogue, read
from inforo.people.queries import actor_of
from inforo.wiki import actions
from inforo.wiki.models import WikiPage


def load_pages(catalogue: Catalogue) -> None:
    """Write the pages of the file as their authors, each with its later versions."""
    known: dict[str, WikiPage] = {}
    for row in read("pages.json"):
        group, parent = catalogue.groups[row["group"]], known.get(row["below"])
        values = {"title": row["title"], "parent_id": parent.id if parent else None}
        for number, version in enumerate(row["versions"]):
            writer = actor_of(catalogue.people[version["author"]])
            given = values | {"body": version["body"], "note": version["note"]}
            if number == 0:
                known[row["title"]] = actions.create(writer, group, given)
            else:
                actions.edit(writer, known[row["title"]], given)
            session.flush()
        if row["is_first"]:
            first = known[row["title"]].id
            actions.set_rules(writer, group, only_managers=False, start_page_id=first)
