"""Who may open the files of an open and of a closed group of Land A, brought by Olga."""

from inforo.libraries.actions import order_archive
from tests import factories
from tests.discussions.access import CLOSED_TO_ALL
from tests.libraries.making import add_file, add_version

READERS = (302, 403, 200, 200, 200, 200, 200, 200)
MEMBERS_OF_GROUP = (302, 403, 403, 403, 403, 403, 403, 403)


def of_open_group(world):
    return {"slug": world.open_group.slug}


def of_closed_group(world):
    return {"slug": world.closed_group.slug}


def of_kept_picture(world):
    return of_open_group(world) | {"key": "nobodys"}


def file_of(group, world):
    group_file = add_file(group, by=world.owner)
    add_version(group_file, b"zweite", by=world.owner)
    return {"slug": group.slug, "file_id": group_file.id}


def opened(world):
    return file_of(world.open_group, world)


def closed(world):
    return file_of(world.closed_group, world)


def closed_version(world):
    return closed(world) | {"number": 1}


def archive_of_owner(world):
    add_file(world.open_group, by=world.owner)
    archive = order_archive(factories.actor(world.owner), world.open_group)
    return {"slug": world.open_group.slug, "key": archive.key}


NOBODY = (302, 403, 404, 404, 404, 404, 404, 404)
ACCESS = {
    ("GET", "libraries.index"): CLOSED_TO_ALL,
    ("GET", "libraries.upload"): MEMBERS_OF_GROUP,
    ("POST", "libraries.upload"): MEMBERS_OF_GROUP,
    ("GET", "libraries.kept_picture"): MEMBERS_OF_GROUP,
    ("GET", "libraries.show"): CLOSED_TO_ALL,
    ("GET", "libraries.download"): CLOSED_TO_ALL,
    ("GET", "libraries.preview"): CLOSED_TO_ALL,
    ("GET", "libraries.add_version"): MEMBERS_OF_GROUP,
    ("POST", "libraries.add_version"): MEMBERS_OF_GROUP,
    ("POST", "libraries.restore"): CLOSED_TO_ALL,
    ("GET", "libraries.edit"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "libraries.edit"): (302, 403, 403, 403, 422, 403, 403, 422),
    ("GET", "libraries.delete"): (302, 403, 403, 403, 200, 403, 403, 200),
    ("POST", "libraries.delete"): (302, 403, 403, 403, 303, 403, 403, 303),
    ("GET", "libraries.deleted"): READERS,
    ("POST", "libraries.order_archive"): (302, 403, 303, 303, 303, 303, 303, 303),
    ("GET", "libraries.archive"): NOBODY,
    ("GET", "libraries.load_archive"): NOBODY,
    ("POST", "libraries.bring_back"): (302, 403, 403, 403, 303, 403, 403, 303),
}
ARGUMENTS = {
    "libraries.index": of_closed_group,
    "libraries.upload": of_open_group,
    "libraries.kept_picture": of_kept_picture,
    "libraries.show": closed,
    "libraries.download": closed_version,
    "libraries.preview": closed,
    "libraries.add_version": opened,
    "libraries.restore": closed_version,
    "libraries.edit": opened,
    "libraries.delete": opened,
    "libraries.deleted": of_open_group,
    "libraries.bring_back": opened,
    "libraries.order_archive": of_open_group,
    "libraries.archive": archive_of_owner,
    "libraries.load_archive": archive_of_owner,
}
