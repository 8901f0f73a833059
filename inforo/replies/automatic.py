"""Telling machines from people: automatic answers, receipts, lists, and bounces.

RFC 3834 names the headers; Exchange and older programs say it in the subject only.
"""

import re
from dataclasses import dataclass
from email.message import Message

SUBJECT = re.compile(
    r"(automatische antwort|abwesenheit(snotiz|sassistent|sbenachrichtigung|smeldung)?\b"
    r"|automatic reply|out of (the )?office|auto[- ]?(reply|response|antwort)"
    r"|gelesen:|read:|lesebestätigung|ungelesen gelöscht:)",
    re.IGNORECASE,
)
SENDERS = re.compile(r"(mailer-daemon|postmaster|no-?reply|bounces?)(\+[^@]*)?@", re.IGNORECASE)
MARKS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-FC-MachineGenerated")
LISTS = ("List-Id", "List-Unsubscribe")
BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True)
class Bounce:
    """A mail of ours that was not delivered: its Message-ID, whether for good, and why."""

    message_id: str
    is_permanent: bool
    reason: str


def header(message: Message, name: str) -> str:
    """Return a header as text; what cannot be read is empty."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # the parser of headers raises whatever broken mails provoke
        return ""


def is_automatic(message: Message, sender: str) -> bool:
    """Tell whether no person wrote it; such mails are never answered."""
    submitted = header(message, "Auto-Submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if any(name in message for name in (*MARKS, *LISTS)):
        return True
    if header(message, "Precedence").lower() in BULK:
        return True
    if header(message, "Return-Path") == "<>" or SENDERS.match(sender):
        return True
    is_report = message.get_content_type() == "multipart/report"
    return is_report or SUBJECT.match(header(message, "Subject")) is not None


def is_ours(message: Message, sender: str, own: str) -> bool:
    """Tell whether one of our own mails came back: a loop."""
    return "X-Inforo-Event" in message or sender.lower() == own.lower()


def find_bounce(message: Message) -> Bounce | None:
    """Read a report that a mail was not delivered (RFC 3464); None if it is no report."""
    if message.get_content_type() != "multipart/report":
        return None
    fields = original = None
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            fields = part.as_string()
        elif kind in {"message/rfc822", "text/rfc822-headers"}:
            original = part.as_string()
    if fields is None:
        return None
    found = re.search(r"^Message-ID:\s*(<[^>\s]+>)", original or "", re.MULTILINE | re.I)
    status = re.search(r"^Status:\s*(\S+)", fields, re.MULTILINE | re.I)
    failed = re.search(r"^Action:\s*failed", fields, re.MULTILINE | re.I)
    why = re.search(r"^Diagnostic-Code:\s*(.+)$", fields, re.MULTILINE | re.I)
    is_permanent = bool(failed and status and PERMANENT.match(status[1]))
    reason = why[1] if why else status[1] if status else ""
    return Bounce(found[1] if found else "", is_permanent, reason.strip()[:200])
