"""Mail goes through the outbox: a row in the caller's transaction, sent by the worker.

`order()` renders `mail/<template>.txt` (first line: subject) and `.html` and adds the row.
`deliver_mails()` claims rows with a lease, talks SMTP outside any transaction, and marks them.
Guards look at each mail right before it leaves and may stop it (`inforo.mailings`).
The Message-ID is derived from event and recipient, so a mail sent twice counts once.
"""

import hashlib
import logging
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

import css_inline
from flask import current_app, render_template
from huey import crontab
from sqlalchemy import JSON, ForeignKey, Index, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from inforo import clock
from inforo.config import settings
from inforo.db import Base, created_now, intpk, session
from inforo.i18n import in_language
from inforo.jobs import job, sweep

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
BATCH = 50
# Each returns why a mail must not leave any more, or an empty text.
guards: list[Callable[["Mail"], str]] = []


class Mail(Base):
    """One mail to one address. Open until `sent_at` or `given_up_at` is set."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_account_id_thread_key", "account_id", "thread_key"),)

    id: Mapped[intpk]
    event: Mapped[str] = mapped_column(index=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    address: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    headers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    message_id: Mapped[str] = mapped_column(index=True)
    thread_key: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    given_up_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[created_now]


def order(  # noqa: PLR0913 (a mail has that many parts)
    address: str,
    template: str,
    *,
    dedupe_key: str,
    name: str = "",
    account_id: int | None = None,
    language: str = "de",
    unsubscribe_url: str = "",
    thread_key: str = "",
    reply_to: str = "",
    **context: Any,
) -> Mail | None:
    """Put a mail into the outbox; return None if this event was already mailed to them.

    `dedupe_key` names event and recipient, e.g. "reply:17:account:4". `thread_key` groups
    mails into one conversation in the reader's mail program. `language` is the reader's.
    `reply_to` is the address that takes an answer, if not that of the sender.
    """
    if session.scalar(select(Mail.id).where(Mail.dedupe_key == dedupe_key)):
        return None
    context |= {"recipient_name": name, "unsubscribe_url": unsubscribe_url}
    with in_language(language):
        plain = render_template(f"mail/{template}.txt", **context)
        html = render_html(template, context)
    subject, _, text = plain.lstrip().partition("\n")
    mail = Mail(
        event=template.replace("/", ":"),
        dedupe_key=dedupe_key,
        account_id=account_id,
        address=address,
        name=name,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        html=html,
        headers=headers(unsubscribe_url, reply_to) | conversation(account_id, thread_key),
        message_id=message_id(dedupe_key),
        thread_key=thread_key,
    )
    session.add(mail)
    order_delivery()
    return mail


def order_delivery() -> None:
    """Order one delivery per transaction, however many mails it puts into the outbox."""
    transaction = session().get_transaction()
    if session.info.get("ordered_in") is not transaction or transaction is None:
        deliver_mails.later()
        session.info["ordered_in"] = session().get_transaction()


def render_html(template: str, context: dict[str, Any]) -> str:
    """Return the HTML part with its styles inlined; every mail has one."""
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    return inliner.inline(render_template(f"mail/{template}.html", **context))


def headers(unsubscribe_url: str, reply_to: str) -> dict[str, str]:
    given = {"Auto-Submitted": "auto-generated"}
    if reply_to:
        given["Reply-To"] = reply_to
    if unsubscribe_url:
        given["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        given["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return given


def conversation(account_id: int | None, thread_key: str) -> dict[str, str]:
    """Return the headers that hang a mail under the one before it about the same.

    Everything hangs under a root nobody ever got: so the conversation stays one although
    each reader began it with another mail, and although old mails are forgotten.
    """
    if not thread_key:
        return {}
    root = message_id(thread_key)
    before = session.scalar(
        select(Mail.message_id)
        .where(Mail.account_id == account_id, Mail.thread_key == thread_key)
        .order_by(Mail.id.desc())
        .limit(1)
    )
    return {
        "In-Reply-To": before or root,
        "References": f"{root} {before}" if before else root,
    }


def message_id(key: str) -> str:
    """Return the same Message-ID for the same event and recipient."""
    digest = hashlib.sha256(f"{settings.secret_key}:{key}".encode()).hexdigest()[:32]
    return f"<{digest}@{settings.mail_from.partition('@')[2]}>"


def compose(mail: Mail) -> EmailMessage:
    """Return the mail as it goes over the wire."""
    message = EmailMessage()
    sender_name, sender = parseaddr(settings.mail_from)
    message["From"] = Address(sender_name or "inforo", addr_spec=sender)
    message["To"] = Address(mail.name, addr_spec=mail.address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["X-Inforo-Event"] = f"{mail.event}:{mail.id}"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def claim(now: datetime) -> list[Mail]:
    """Take the next mails and hide them from other workers for the lease."""
    mails = list(
        session.scalars(
            select(Mail)
            .where(Mail.sent_at.is_(None), Mail.given_up_at.is_(None), Mail.due_at <= now)
            .order_by(Mail.due_at, Mail.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
    )
    for mail in mails:
        mail.attempts += 1
        mail.due_at = now + LEASE
    session.commit()
    return mails


@job
def deliver_mails() -> None:
    """Send what is due. Without an SMTP server mails stay readable in the outbox."""
    if not settings.mail_host:
        return
    while mails := claim(clock.now()):
        for mail in mails:
            deliver(mail)


@sweep(crontab())
def deliver_due_mails() -> None:
    deliver_mails()


def deliver(mail: Mail) -> None:
    """Send one mail and note the outcome in a transaction of its own.

    Whatever is wrong with a mail, it must not hold back those behind it: the parser of
    addresses raises half a dozen kinds of errors.
    """
    stopped = next(filter(None, (guard(mail) for guard in guards)), "")
    if stopped:
        mail.given_up_at, mail.last_error = clock.now(), stopped
    session.commit()
    if stopped:
        return
    try:
        send(compose(mail))
    except Exception as error:
        note_failure(mail, error)
    else:
        mail.sent_at, mail.last_error = clock.now(), ""
        log.info("mail %s sent, attempt %s", mail.message_id, mail.attempts)
    session.commit()


def note_failure(mail: Mail, error: Exception) -> None:
    waits = [int(minutes) for minutes in settings.mail_retry_minutes.split(",")]
    mail.last_error = f"{type(error).__name__}: {error}"[:500]
    if mail.attempts > len(waits):
        mail.given_up_at = clock.now()
    else:
        mail.due_at = clock.now() + timedelta(minutes=waits[mail.attempts - 1])
    log.warning("mail %s failed: %s", mail.message_id, mail.last_error)


def send(message: EmailMessage) -> None:
    """Hand one message to the configured SMTP server."""
    secure = ssl.create_default_context()
    kind = smtplib.SMTP_SSL if settings.mail_tls == "tls" else smtplib.SMTP
    extra: dict[str, Any] = {"context": secure} if settings.mail_tls == "tls" else {}
    with kind(
        settings.mail_host, settings.mail_port, timeout=settings.mail_timeout_seconds, **extra
    ) as server:
        if settings.mail_tls == "starttls":
            server.starttls(context=secure)
        if settings.mail_user:
            server.login(settings.mail_user, settings.mail_password)
        server.send_message(message)


@sweep(crontab(minute="17", hour="2"))
def forget_old_mails() -> None:
    """Delete texts and later whole records of mails, as the privacy notice promises."""
    done = or_(Mail.sent_at.is_not(None), Mail.given_up_at.is_not(None))
    body_until = clock.now() - timedelta(days=settings.keep_mail_body_days)
    until = clock.now() - timedelta(days=settings.keep_mail_days)
    session.execute(
        update(Mail).where(done, Mail.created_at < body_until).values(text="", html="")
    )
    session.execute(delete(Mail).where(done, Mail.created_at < until))
    session.commit()
    current_app.logger.info("old mails forgotten")
