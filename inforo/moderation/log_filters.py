"""What narrows the log, as its addresses say it: the page and its table read the same."""

from collections.abc import Collection, Mapping

from inforo import clock
from inforo.moderation.labels import ACTIONS
from inforo.moderation.queries import LogFilters
from inforo.web import given_id

LONGEST = 100


def read_filters(args: Mapping[str, str], states: Collection[str]) -> LogFilters:
    """Read the filters; what does not exist, or lies outside the scope, filters nothing."""
    state, action = args.get("land", ""), args.get("aktion", "")
    return LogFilters(
        action=action if action in ACTIONS else "",
        state_code=state if state in states else "",
        days=min(given_id(args.get("tage", "")) or 0, 3650),
        person=args.get("wer", "").strip()[:LONGEST],
        first=clock.day_of(args.get("von", "")[:10]),
        last=clock.day_of(args.get("bis", "")[:10]),
    )
