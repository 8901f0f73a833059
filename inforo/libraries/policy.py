"""Who may do what with the files of a group. Pure rules.

Reading is what the group allows. Its members add files and versions; who brought a file and
who leads the group change and delete it. An archived group stays as it is.
"""

from sqlalchemy import ColumnElement, and_

from inforo.authz import Actor
from inforo.groups import policy as groups
from inforo.groups.models import Group
from inforo.libraries.models import FileVersion, GroupFile


def may_view(actor: Actor, group_file: GroupFile) -> bool:
    return not group_file.is_deleted and groups.may_read(actor, group_file.group)


def may_view_opened(actor: Actor, group_file: GroupFile) -> bool:
    """Have the newest version, and nothing around it: also those it was opened to.

    No SELECT asks this: lists are for those who read the group, the search has its own rule.
    """
    opened = groups.is_open_to(actor, group_file.opened_to) and not group_file.is_deleted
    return opened or may_view(actor, group_file)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs that join `Group`. A test keeps them equal."""
    return and_(groups.readable_by(actor), GroupFile.deleted_at.is_(None))


def may_upload(actor: Actor, group: Group) -> bool:
    """Add files: the members of the group, also where others may write in its threads."""
    return groups.is_member_of(actor, group) and groups.may_write(actor, group)


def may_add_version(actor: Actor, group_file: GroupFile) -> bool:
    return may_upload(actor, group_file.group) and not group_file.is_deleted


def may_edit(actor: Actor, group_file: GroupFile) -> bool:
    """Rename, describe, delete, and take that back."""
    return may_edit_of(actor, group_file.group, group_file.uploader_id)


def may_edit_of(actor: Actor, group: Group, uploader_id: int | None) -> bool:
    """The same rule for the rows of a list: what somebody brought into a group."""
    is_open = groups.may_read(actor, group) and not group.is_archived
    if not is_open or not actor.is_member or actor.is_silenced:
        return False
    return actor.is_me(uploader_id) or manages(actor, group)


def may_restore(
    actor: Actor, group_file: GroupFile, older: FileVersion, newest: FileVersion
) -> bool:
    """Put an older version in front; where the content is the same, that is to rename it."""
    is_other = older.file_id != newest.file_id
    return may_add_version(actor, group_file) and (is_other or may_edit(actor, group_file))


def manages(actor: Actor, group: Group) -> bool:
    """Tell whether somebody leads the group, or moderates what they read there."""
    leads = group.id in actor.managed_group_ids or actor.moderates(group)
    return leads and groups.may_read(actor, group)


def may_order_archive(actor: Actor, group: Group) -> bool:
    """Have all files in one: who has an account, so that it is made for nobody else."""
    return actor.is_member and groups.may_read(actor, group)
