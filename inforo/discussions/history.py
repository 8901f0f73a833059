"""What was changed in a post, as those may know it who ask."""

from dataclasses import dataclass
from typing import Any

from inforo import text, versions
from inforo.authz import Actor
from inforo.discussions import policy
from inforo.discussions.models import Post


@dataclass(frozen=True)
class ShownChange:
    """What one version did: words with marks, names of files that came and went."""

    words: str
    added: list[str]
    removed: list[str]


def change_between(before: dict[str, Any] | None, after: dict[str, Any]) -> ShownChange:
    was, files = (before or {}).get("files", []), after.get("files", [])
    return ShownChange(
        words=text.diff(before["body"], after["body"]) if before else after["body"],
        added=[name for name in files if name not in was],
        removed=[name for name in was if name not in files],
    )


def shown_versions(actor: Actor, post: Post) -> list[versions.Version]:
    """Return the history of a post; what moderators took out, only they and the author see."""
    entries = versions.history(post)
    knows = actor.is_me(post.author_id) or policy.may_moderate(actor, post.thread)
    if post.moderated_at is None or knows:
        return entries
    first = min(
        (entry.number for entry in entries if entry.author_id != post.author_id), default=0
    )
    return [entry for entry in entries if entry.number >= first]
