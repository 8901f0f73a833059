"""Tools with files made here, one of them in several versions, and the files of examples."""

from datetime import timedelta
from typing import Any

from inforo import clock, files
from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.contents.jobs import process_file
from inforo.db import session
from inforo.demo.making import make_file
from inforo.demo.source import Catalogue, ago, read
from inforo.demo.toolbox import author_of
from inforo.files import StoredFile
from inforo.municipalities.models import Municipality
from inforo.revisions.actions import offer_for_review
from inforo.toolbox.example_parts import ExampleFile
from inforo.toolbox.tool_models import Tool, ToolFile

BETWEEN_VERSIONS = timedelta(days=150)


def load_tools(catalogue: Catalogue) -> None:
    for number, row in enumerate(read("tools.json")):
        place = session.get_one(Municipality, row["municipality"])
        author = catalogue.people.get(row.get("author", "")) or author_of(catalogue, place)
        made = ago(days=30 + 21 * number)
        tool = Tool(
            title=row["title"],
            summary=row["summary"],
            context=row["context"],
            category_key=row["category"],
            phase_key=row["phase"] or "",
            licence=row["licence"],
            municipality_ags=place.ags,
            state_code=place.state_code,
            author_id=author.id if author else None,
            published_at=made,
            created_at=made,
            examples=[catalogue.examples[key] for key in row["examples"]],
        )
        session.add(tool)
        add_versions(tool, row, author)
    session.flush()


def add_versions(tool: Tool, row: dict[str, Any], author: Account | None) -> None:
    """Give a tool its file, with the versions before it and the one that waits."""
    earlier, whole = row.get("earlier", []), row["file"]
    for number, version in enumerate([*earlier, {"note": row.get("note", "")}], 1):
        until = version.get("paragraphs")
        described = whole | {"paragraphs": whole["paragraphs"][:until]} if until else whole
        published = tool.created_at - BETWEEN_VERSIONS * (len(earlier) + 1 - number)
        tool.files.append(version_of(described, number, version["note"], author))
        tool.files[-1].published_at = tool.files[-1].created_at = published
    tool.published_at = tool.created_at = tool.files[0].created_at
    if "waiting" in row:
        more = whole["paragraphs"] + row["waiting"]["paragraphs"]
        note = row["waiting"]["note"]
        tool.files.append(version_of(whole | {"paragraphs": more}, number + 1, note, author))
        tool.files[-1].created_at = clock.now() - timedelta(days=2)
        session.flush()
        offer_for_review(Actor(tool.author_id), tool)


def version_of(
    described: dict[str, Any], number: int, note: str, author: Account | None
) -> ToolFile:
    stored = keep(described, author)
    return ToolFile(file=stored, number=number, note=note, author_id=stored.owner_id)


def keep(described: dict[str, Any], author: Account | None) -> StoredFile:
    owner_id = author.id if author else None
    stored = files.store_bytes(make_file(described), described["name"], owner_id=owner_id)
    process_file.later(key=stored.key)
    return stored


def load_example_files(catalogue: Catalogue) -> None:
    for number, row in enumerate(read("example_files.json")):
        example = catalogue.examples[row["example"]]
        saved = example.updated_at
        example.files.append(
            ExampleFile(
                file=keep(row["file"], example.author),
                title=row["title"],
                category_key=row["category"],
                licence=row["licence"],
                checked_at=ago(days=20 + 9 * number),
            )
        )
        session.flush()
        example.updated_at = saved
    session.flush()
