"""The mailbox of the reply addresses, read over IMAP.

A mail leaves the mailbox only after the commit; one that is fetched again is known by its key.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from inforo.config import settings
from inforo.replies.models import Outcome

log = logging.getLogger(__name__)
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
BATCH = 100
WANTED = ("UNSEEN", "UNFLAGGED", "UNDELETED")


@contextmanager
def mailbox() -> Iterator[imaplib.IMAP4]:
    """Open the folder, encrypted unless the operator chose otherwise."""
    secure, timeout = ssl.create_default_context(), settings.imap_timeout_seconds
    box: imaplib.IMAP4
    if settings.imap_tls == "tls":
        box = imaplib.IMAP4_SSL(
            settings.imap_host, settings.imap_port, ssl_context=secure, timeout=timeout
        )
    else:
        box = imaplib.IMAP4(settings.imap_host, settings.imap_port, timeout=timeout)
    with box:
        if settings.imap_tls == "starttls":
            box.starttls(ssl_context=secure)
        box.login(settings.imap_user, settings.imap_password)
        answer, _data = box.select(f'"{settings.imap_folder}"')
        if answer != "OK":
            raise imaplib.IMAP4.error(f"no folder {settings.imap_folder}")
        yield box


def fetch(take: Callable[[bytes], Outcome]) -> int:
    """Let each new mail be taken; return how many there were."""
    with mailbox() as box:
        _answer, found = box.uid("SEARCH", *WANTED)
        uids = (found[0] or b"").split()[:BATCH]
        for uid in uids:
            deal_with(box, uid.decode(), take)
        box.expunge()
    return len(uids)


def deal_with(box: imaplib.IMAP4, uid: str, take: Callable[[bytes], Outcome]) -> None:
    """Take one mail and mark it; a mail that cannot be read must not hold up the others."""
    try:
        outcome = take(load(box, uid))
    except (OperationalError, OSError, imaplib.IMAP4.error):
        raise  # database or server are away: everything stays as it is
    except Exception:
        log.exception("mail %s of the mailbox could not be taken", uid)
        box.uid("STORE", uid, "+FLAGS", r"(\Flagged)")
        return
    if outcome is Outcome.UNKNOWN:
        box.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    elif outcome is not Outcome.LATER:
        box.uid("STORE", uid, "+FLAGS", r"(\Seen \Deleted)")


def load(box: imaplib.IMAP4, uid: str) -> bytes:
    """Return the mail; of one that is too large the beginning, padded to what it weighs."""
    _answer, about = box.uid("FETCH", uid, "(RFC822.SIZE)")
    found = SIZE.search(about[0] if isinstance(about[0], bytes) else b"")
    size = int(found[1]) if found else 0
    if size > settings.reply_max_bytes:
        return content(box, uid, "(BODY.PEEK[HEADER])").ljust(settings.reply_max_bytes + 1)
    return content(box, uid, "(BODY.PEEK[])")


def content(box: imaplib.IMAP4, uid: str, what: str) -> bytes:
    _answer, parts = box.uid("FETCH", uid, what)
    return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")
