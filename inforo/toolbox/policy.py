"""Who sees which example and tool. Published ones are public; the rest is nobody's business
but the authors' and, once submitted, that of the responsible office and the editors.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from inforo.authz import Actor, coordinates_sql
from inforo.toolbox.example_parts import ExampleAuthor, ExampleCapture
from inforo.toolbox.models import Example
from inforo.toolbox.states import ExampleState, ObstacleAudience
from inforo.toolbox.tool_models import Tool, ToolFile

SEEN_BY_OFFICE = frozenset(
    {
        ExampleState.SUBMITTED,
        ExampleState.CHANGES_ASKED,
        ExampleState.RETURNED,
        ExampleState.PUBLISHED,
        ExampleState.WITHDRAWN,
    }
)


def is_author(actor: Actor, content: Example | Tool) -> bool:
    """Tell whether somebody wrote this, alone or with others."""
    if not actor.is_member or actor.is_me(content.author_id):
        return actor.is_member
    return isinstance(content, Example) and any(
        actor.is_me(author.account_id) for author in content.co_authors
    )


def written_by(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `is_author` for examples, for SELECTs."""
    together = select(ExampleAuthor.example_id).where(
        ExampleAuthor.account_id == actor.account_id
    )
    return or_(Example.author_id == actor.account_id, Example.id.in_(together))


def is_creator(actor: Actor, example: Example) -> bool:
    """Tell whether somebody answers for the example: who began it, or whoever is left."""
    if example.author_id is not None:
        return actor.is_member and actor.is_me(example.author_id)
    return is_author(actor, example) or has_captured(actor, example)


def has_captured(actor: Actor, example: Example) -> bool:
    """Tell whether somebody wrote this down in a conversation, and still is in charge."""
    return is_responsible(actor, example) and actor.is_me(example.captured_by_id)


def captured_by(actor: Actor) -> ColumnElement[bool]:
    """Whether somebody wrote an example down, for SELECTs."""
    captured = select(ExampleCapture.example_id).where(
        ExampleCapture.account_id == actor.account_id
    )
    return Example.id.in_(captured)


def is_colleague(actor: Actor, content: Example | Tool) -> bool:
    """Tell whether the content comes from where the person works: municipality or Träger."""
    if isinstance(content, Tool):
        own = {content.municipality_ags}
    else:
        own = {place.ags for place in content.municipalities}
        if (
            actor.organisation_id is not None
            and actor.organisation_id == content.organisation_id
        ):
            return True
    return actor.municipality_ags is not None and actor.municipality_ags in own


def has_own_interest(actor: Actor, content: Example | Tool) -> bool:
    """Tell whether somebody is too near to decide: wrote it, wrote it down, works there."""
    captured = isinstance(content, Example) and actor.is_me(content.captured_by_id)
    return captured or is_author(actor, content) or is_colleague(actor, content)


def is_responsible(actor: Actor, content: Example | Tool) -> bool:
    """Tell whether somebody decides: the Land's office, or the one it was handed to."""
    if not actor.is_member:
        return False
    if actor.is_admin or actor.is_editor or actor.coordinates(content):
        return True
    return content.office_id in actor.office_ids


def in_scope_of(actor: Actor, model: Any) -> ColumnElement[bool]:
    """The part of `is_responsible` that depends on the office, for SELECTs."""
    return or_(
        coordinates_sql(actor, model.state_code, is_shared=true()),
        model.office_id.in_(actor.office_ids),
    )


def may_view(actor: Actor, example: Example) -> bool:
    """Drafts belong to their authors; admins see them to be able to help."""
    if example.is_published or is_author(actor, example) or has_captured(actor, example):
        return True
    if example.state in SEEN_BY_OFFICE:
        return is_responsible(actor, example)
    return actor.is_member and actor.is_admin


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view`, for SELECTs. A test keeps the two equal."""
    published = Example.state == ExampleState.PUBLISHED
    if not actor.is_member:
        return published
    if actor.is_admin:
        return true()
    in_scope = true() if actor.is_editor else in_scope_of(actor, Example)
    return or_(
        published,
        written_by(actor),
        and_(captured_by(actor), in_scope),
        and_(Example.state.in_(SEEN_BY_OFFICE), in_scope),
    )


def may_see_history(actor: Actor, example: Example) -> bool:
    return is_author(actor, example) or is_responsible(actor, example)


def may_see_criteria(actor: Actor, example: Example) -> bool:
    """While readers rate blind, only authors see what they said about the criteria.

    Of a published example everybody has read it; it is kept from those who may be readers.
    """
    if example.blind_since is None or is_author(actor, example):
        return True
    return example.is_published and not actor.is_staff


def may_see_contact(actor: Actor, _: Any = None) -> bool:
    """Addresses of contact persons are for members; guests see who it is."""
    return actor.is_member


def may_see_obstacles(actor: Actor, example: Example) -> bool:
    """Stumbling blocks may be told to members only: not everything is for the press."""
    return example.obstacles_audience is ObstacleAudience.PUBLIC or actor.is_member


def may_view_tool(actor: Actor, tool: Tool) -> bool:
    return tool.is_published or is_author(actor, tool) or is_responsible(actor, tool)


def may_view_version(actor: Actor, tool: Tool, version: ToolFile) -> bool:
    """See a version of a tool's file: published ones all who see the tool, one that waits or
    was declined its authors and the office."""
    if version.is_published:
        return may_view_tool(actor, tool)
    is_own = actor.is_member and actor.is_me(version.author_id)
    return is_own or is_author(actor, tool) or is_responsible(actor, tool)


def tools_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same rule as `may_view_tool`, for SELECTs."""
    published = Tool.published_at.is_not(None)
    if not actor.is_member:
        return published
    if actor.is_admin or actor.is_editor:
        return true()
    return or_(
        published,
        Tool.author_id == actor.account_id,
        in_scope_of(actor, Tool),
    )
