"""What the list of notifications keeps to itself: slices above know who may see what."""

from collections.abc import Callable, Sequence

from inforo.authz import Actor
from inforo.notifications.models import Notification

# Each returns the ids of those whose object the person may no longer see.
WITHHELD: list[Callable[[Actor, Sequence[Notification]], set[int]]] = []


def withheld(actor: Actor, told: Sequence[Notification]) -> set[int]:
    return {hidden for find in WITHHELD for hidden in find(actor, told)}
