"""What people are told about a mail of theirs. It goes to the account's address only.

Automatic mails never get here. A refusal is said once per day, discussion and reason; so two
programs that answer each other stop at once.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from inforo import clock, mail
from inforo.accounts.models import Account
from inforo.config import settings
from inforo.discussions.models import Thread
from inforo.i18n import _, _l
from inforo.replies.addresses import Ticket
from inforo.replies.cutting import Cut
from inforo.replies.models import ReceivedMail
from inforo.replies.parsing import Incoming


@dataclass(frozen=True)
class Spot:
    """Where an answer goes, if it is no discussion."""

    title: str
    path: str


class Told(Protocol):
    """What a notice needs to know of an answer."""

    account: Account
    ticket: Ticket
    incoming: Incoming
    cut: Cut
    refused: list[str]


REFUSED = {
    "account": _l("Ihr Konto darf zurzeit nicht schreiben."),
    "gone": _l("Die Diskussion gibt es nicht mehr, oder Sie können sie nicht mehr lesen."),
    "merged": _l("Die Diskussion ging in einer anderen auf. Bitte antworten Sie dort."),
    "talk_gone": _l("Das Gespräch gibt es für Sie nicht mehr."),
    "unreachable": _l("In diesem Gespräch ist zurzeit niemand für Nachrichten erreichbar."),
    "locked": _l("Die Diskussion wurde inzwischen geschlossen."),
    "group": _l("In dieser Gruppe können Sie zurzeit nicht schreiben."),
    "expired": _l(
        "Die E-Mail, auf die Sie geantwortet haben, ist zu alt. Bitte antworten Sie auf eine "
        "neuere, oder auf der Plattform."
    ),
    "many": _l("Von Ihnen kamen heute schon sehr viele E-Mails. Bitte antworten Sie morgen."),
    "large": _l("Ihre E-Mail ist zu groß. Bitte antworten Sie ohne die Anhänge."),
    "drafts": _l("Sie haben zu viele Entwürfe. Bitte löschen Sie welche."),
}
ASKED = {
    "sender": _l(
        "Von der Adresse %(sender)s kam eine Antwort in Ihrem Namen. Sie gehört nicht zu Ihrem "
        "Konto, deshalb haben wir nichts übernommen. Waren Sie es, dann sehen Sie sich den "
        "Text an und senden Sie ihn. Wenn nicht, verwerfen Sie den Entwurf; mehr ist nicht "
        "zu tun."
    ),
    "unclear": _l(
        "Wir konnten nicht sicher erkennen, was von Ihrer E-Mail die Antwort ist und was "
        "Zitat. Sie ist deshalb noch nicht übernommen."
    ),
    "long": _l("Ihre Antwort ist länger, als ein Beitrag sein darf. Bitte kürzen Sie sie."),
    "fast": _l("Von Ihnen kamen heute schon sehr viele Beiträge. Bitte senden Sie ihn später."),
    "rules": _l("Ihre Antwort ist noch nicht übernommen. %(message)s"),
}


def order(answer: Told, thread: Thread | Spot | None, key: str, **context: Any) -> None:
    """Put a notice into the outbox, under the mails about the same discussion."""
    mail.order(
        answer.account.email,
        "replies/notice",
        dedupe_key=f"replies:{key}",
        name=answer.account.name,
        account_id=answer.account.id,
        language=answer.account.language,
        thread_key=answer.ticket.subject,
        title=thread.title if thread else "",
        files=answer.refused,
        **context,
    )


def refuse(answer: Told, reason: str, thread: Thread | Spot | None = None) -> None:
    """Say that an answer was not posted, and give its words back."""
    is_seen = reason not in {"account", "gone", "talk_gone", "many"}
    place = f"{answer.account.id}:{answer.ticket.subject}"
    order(
        answer,
        thread if is_seen else None,
        f"refused:{reason}:{place}:{clock.today()}",
        line=_("Ihre Antwort wurde nicht übernommen"),
        text=str(REFUSED.get(reason, REFUSED["gone"])),
        words=answer.cut.text[: settings.text_max_length],
        url=address_of(reason, thread) if is_seen and thread else "",
        button=to_place(answer),
    )


def address_of(reason: str, thread: Thread | Spot) -> str:
    path = thread.path
    if reason == "merged" and isinstance(thread, Thread):
        path = f"/diskussionen/{thread.merged_into_id}"
    return absolute("/konto/entwuerfe" if reason == "drafts" else path)


def to_place(answer: Told) -> str:
    return _("Zum Gespräch") if answer.ticket.table == "conversations" else _("Zur Diskussion")


def ask(  # noqa: PLR0913 (what a question about a draft consists of)
    answer: Told, thread: Thread | Spot, note: ReceivedMail, doubt: str, path: str, message: str
) -> None:
    """Ask the person to look at the draft and send it."""
    sender = answer.incoming.sender[:200] or _("(unbekannt)")
    order(
        answer,
        thread,
        f"ask:{note.key}",
        line=_("Bitte bestätigen Sie Ihre Antwort"),
        text=str(ASKED[doubt]) % {"sender": sender, "message": message},
        words="",
        url=absolute(path),
        button=_("Ansehen und senden"),
    )


def tell_held(answer: Told, thread: Thread) -> None:
    """Say that a first post waits for approval, as the page would."""
    order(
        answer,
        thread,
        f"held:{answer.account.id}:{answer.incoming.key}",
        line=_("Ihre Antwort wartet auf Freigabe"),
        text=_(
            "Die ersten Beiträge neuer Mitglieder sieht sich die Koordinierungsstelle an, "
            "bevor alle sie lesen. Wir sagen Ihnen Bescheid."
        ),
        words="",
        url=absolute(thread.path),
        button=to_place(answer),
    )


def tell_refused_files(answer: Told, thread: Thread | Spot, note: ReceivedMail) -> None:
    """Say which files were left out of an answer that was taken."""
    order(
        answer,
        thread,
        f"files:{note.key}",
        line=_("Nicht alle Anhänge wurden übernommen"),
        text=_("Ihre Antwort ist da, aber nicht alle Dateien."),
        words="",
        url=absolute(thread.path),
        button=to_place(answer),
    )


def absolute(path: str) -> str:
    return settings.base_url.rstrip("/") + path
