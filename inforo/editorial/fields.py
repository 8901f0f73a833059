"""The fields of articles and events in words: what differs between two saves, said to people.

The history keeps what the database does (keys, times in UTC); nobody should have to read that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from inforo import i18n, text
from inforo.clock import BERLIN
from inforo.editorial.models import Readership
from inforo.i18n import _, _l
from inforo.municipalities.queries import states
from inforo.templating import written_date
from inforo.versions import Version


@dataclass(frozen=True)
class Field:
    """How a field is called, and how a value of the history is said."""

    label: Any
    say: Callable[[str], Any] = str

    def words(self, kept: Any) -> str:
        return str(self.say(str(kept or "")))


Kept = Mapping[str, Field]


def say_readership(kept: str) -> Any:
    return Readership(kept).label if kept else ""


def say_state(kept: str) -> str:
    names = {state.code: state.name for state in states()}
    return names.get(kept, kept) if kept else _("bundesweit")


def say_day(kept: str) -> str:
    return written_date(date.fromisoformat(kept), i18n.language()) if kept else ""


def say_moment(kept: str) -> str:
    if not kept:
        return ""
    local = datetime.fromisoformat(kept).astimezone(BERLIN)
    return f"{written_date(local, i18n.language())}, {local:%H:%M}"


TEXTS: Kept = {
    "title": Field(_l("Titel")),
    "subtitle": Field(_l("Untertitel")),
    "body": Field(_l("Text")),
}
READERS: Kept = {
    "audience": Field(_l("Wer darf es lesen?"), say_readership),
    "state_code": Field(_l("Land"), say_state),
}


def changes(saved: list[Version], kept: Kept) -> list[tuple[Version, Any]]:
    """Return each version of a history, the newest first, with what it changed."""
    older = [*saved[1:], None] if saved else []
    return [
        (version, differences(before.fields if before else {}, version.fields, kept))
        for version, before in zip(saved, older, strict=True)
    ]


def differences(old: dict[str, Any], new: dict[str, Any], kept: Kept) -> list[tuple[Any, Any]]:
    texts = {field.label for field in kept.values() if field.say is str}
    return [
        (label, text.diff(before, after) if label in texts else replaced(before, after))
        for label, before, after in unequal(old, new, kept)
    ]


def replaced(before: str, after: str) -> Markup:
    """Return what is chosen, not written, as a whole: no words of it are new."""
    old = Markup("<del>{}</del> ").format(before) if before else Markup()
    return old + (Markup("<ins>{}</ins>").format(after) if after else Markup())


def unequal(old: dict[str, Any], new: dict[str, Any], kept: Kept) -> list[tuple[Any, str, str]]:
    """Return (label, before, after) of what differs, in words for people."""
    return [
        (named.label, named.words(old.get(name, "")), named.words(new.get(name, "")))
        for name, named in kept.items()
        if str(old.get(name, "")) != str(new.get(name, ""))
    ]
