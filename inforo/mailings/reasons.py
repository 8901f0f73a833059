"""Why there is a mail, or none: one plain sentence for each notification."""

from datetime import datetime
from typing import Any

from babel.dates import format_date, format_datetime

from inforo.clock import BERLIN
from inforo.config import settings
from inforo.i18n import _, _l, language
from inforo.notifications.models import MailOutcome
from inforo.watching.models import Level

NO_MAIL = {
    MailOutcome.UNWANTED: _l("Keine E-Mail: So ist es in den Einstellungen gewählt."),
    MailOutcome.NO_RIGHT: _l(
        "Keine E-Mail: Als sie abgehen sollte, war das nicht mehr zu sehen."
    ),
    MailOutcome.SEEN: _l("Keine E-Mail: Es war schon auf der Plattform gelesen."),
    MailOutcome.INACTIVE: _l("Keine E-Mail: Das Konto war gesperrt oder geschlossen."),
    MailOutcome.DIGEST: _l(
        "Keine E-Mail sofort: Es kommt in die nächste Zusammenfassung, wie gewählt."
    ),
    MailOutcome.WAITING: _l("Die E-Mail wartet noch, ob zum selben Thema mehr dazukommt."),
}
SENT = {
    MailOutcome.SENT: _l("E-Mail verschickt am %(when)s."),
    MailOutcome.BUNDLED: _l("E-Mail verschickt am %(when)s, mit anderem zum selben Thema."),
    MailOutcome.DIGESTED: _l("In der Zusammenfassung vom %(when)s."),
}

SUMMARY = {
    None: _l("aus der Zeit, bevor das festgehalten wurde"),
    MailOutcome.SENT: _l("eine E-Mail"),
    MailOutcome.BUNDLED: _l("eine E-Mail mit anderem zum selben Thema"),
    MailOutcome.DIGESTED: _l("in einer Zusammenfassung"),
    MailOutcome.DIGEST: _l("wartet auf die Zusammenfassung, wie gewählt"),
    MailOutcome.CAP: _l("zu viele an einem Tag: wartet auf die Zusammenfassung"),
    MailOutcome.WAITING: _l("wartet, ob mehr dazukommt"),
    MailOutcome.UNWANTED: _l("keine E-Mail gewünscht"),
    MailOutcome.SEEN: _l("schon auf der Plattform gelesen"),
    MailOutcome.NO_RIGHT: _l("nicht mehr zu sehen, als sie abgehen sollte"),
    MailOutcome.INACTIVE: _l("Konto gesperrt oder geschlossen"),
}


def why(row: Any) -> str:
    """Return the sentence for a row of a notification and its mail."""
    outcome = row.mail_outcome
    if outcome is None:
        return _("Aus der Zeit, bevor das festgehalten wurde.")
    if outcome is MailOutcome.CAP:
        return _(
            "Keine E-Mail sofort: Es waren an diesem Tag schon %(cap)s. Es kommt in die "
            "nächste Zusammenfassung.",
            cap=settings.mail_cap_per_day,
        )
    if outcome in NO_MAIL:
        return str(NO_MAIL[outcome])
    return delivery(row)


def delivery(row: Any) -> str:
    if row.given_up_at is not None:
        return _("Die E-Mail ließ sich nicht zustellen.")
    if row.mail_id is None:
        return _("E-Mail verschickt; wann, ist nicht mehr gespeichert.")
    if row.sent_at is None:
        return _("Die E-Mail ist geschrieben und geht gleich hinaus.")
    local = row.sent_at.astimezone(BERLIN)
    when = format_datetime(local, "short", locale=language())
    return str(SENT[row.mail_outcome]) % {"when": when}


def why_untold(row: Any) -> str:
    """Return why a person was told nothing of a discussion: what they chose, since when."""
    if row.thread_level is Level.MUTE:
        return _(
            "Hat die Diskussion stumm geschaltet, am %(when)s.", when=day(row.thread_since)
        )
    if row.thread_level in (Level.WATCH, Level.FOLLOW):
        return _(
            "Folgt der Diskussion seit %(when)s; seitdem war nichts zu melden.",
            when=day(row.thread_since),
        )
    if row.thread_level is None and row.group_level is Level.MUTE:
        return _("Hat die Gruppe stumm geschaltet, am %(when)s.", when=day(row.group_since))
    return _("Hat nichts gewählt, das hier eine Nachricht auslöst.")


def day(moment: datetime) -> str:
    return format_date(moment.astimezone(BERLIN), "medium", locale=language())
