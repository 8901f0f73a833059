"""What becomes of a post once it is approved; the slice that knows posts registers it."""

from collections.abc import Callable

from inforo.approvals.models import HeldKind, HeldPost
from inforo.authz import Actor

Publisher = Callable[[Actor, HeldPost], str]
PUBLISHERS: dict[HeldKind, Publisher] = {}


def publishes(kind: HeldKind) -> Callable[[Publisher], Publisher]:
    """Let a function publish one kind of post in its author's name and return its address."""

    def register(publisher: Publisher) -> Publisher:
        PUBLISHERS[kind] = publisher
        return publisher

    return register
