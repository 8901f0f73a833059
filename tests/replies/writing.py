"""Writing mails as people do."""

from email.message import EmailMessage
from itertools import count

from inforo.replies.addresses import address_for
from inforo.replies.jobs import take

number = count(1)
QUOTE = "\n\nAm 12.11.2026 um 14:03 schrieb inforo:\n> Wann trefft ihr euch?\n"


def written(account, thread, text="Samstags im Bürgerhaus.", **values) -> EmailMessage:
    """Return an answer of somebody to a mail about a thread."""
    mail = EmailMessage()
    mail["From"] = values.get("sender", account.email)
    mail["To"] = values.get("to") or address_for(account, f"threads:{thread.id}")
    mail["Subject"] = "AW: Wann trefft ihr euch?"
    mail["Message-ID"] = values.get("message_id", f"<{next(number)}@stadt.example>")
    mail.set_content(text + QUOTE)
    return mail


def send(account, thread, text="Samstags im Bürgerhaus.", **values):
    """Let an answer come in; return what became of it."""
    return take(written(account, thread, text, **values).as_bytes())
