"""What only events do; their way to publication is in `editorial.actions`."""

from collections.abc import Mapping
from typing import Any

from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.editorial import actions as editorial
from inforo.events.models import Event, EventFile
from inforo.files import StoredFile


def create(actor: Actor, values: Mapping[str, Any]) -> Event:
    event = Event()
    editorial.create(actor, event, values)
    return event


def attach(
    actor: Actor, event: Event, stored: StoredFile, values: Mapping[str, str]
) -> EventFile:
    attached = EventFile(event_id=event.id, file=stored, **values)
    session.add(attached)
    event.changed_at = now()
    return attached
