"""Files of the demo's groups, one of them in two versions by two people."""

from datetime import timedelta
from typing import Any

from inforo.db import session
from inforo.demo.source import Catalogue, ago, read
from inforo.demo.tools import keep
from inforo.libraries.actions import fill
from inforo.libraries.models import FileVersion, GroupFile

BETWEEN_VERSIONS = timedelta(days=2)


def load_group_files(catalogue: Catalogue) -> None:
    for row in read("group_files.json"):
        group_file = GroupFile(
            group_id=catalogue.groups[row["group"]].id,
            uploader_id=catalogue.people[row["by"]].id,
            number=len(row["versions"]),
            created_at=ago(days=row["days"]),
        )
        told = {name: row[name] for name in ("description", "licence")} | {"alternative": ""}
        fill(group_file, told | {"title": row["file"]["title"]})
        session.add(group_file)
        session.flush()
        for number, version in enumerate(row["versions"], 1):
            described = cut(row["file"], version.get("paragraphs"))
            add_version(catalogue, group_file, number, described, version)


def cut(described: dict[str, Any], paragraphs: int | None) -> dict[str, Any]:
    """Return what an earlier version says: only the first paragraphs."""
    if paragraphs is None:
        return described
    return described | {"paragraphs": described["paragraphs"][:paragraphs]}


def add_version(
    catalogue: Catalogue,
    group_file: GroupFile,
    number: int,
    described: dict[str, Any],
    version: dict[str, Any],
) -> None:
    author = catalogue.people[version["by"]]
    session.add(
        FileVersion(
            group_file_id=group_file.id,
            number=number,
            title=group_file.title,
            file=keep(described, author),
            author_id=author.id,
            note=version["note"],
            created_at=group_file.created_at + BETWEEN_VERSIONS * (number - 1),
        )
    )
    session.flush()
