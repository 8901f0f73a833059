"""Reading a mail: who, to whom, which text, which files. Nothing in it is believed or fails."""

import email
import email.header
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses, parseaddr
from functools import cached_property

from inforo.replies.automatic import header
from inforo.replies.markdown import from_html

RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
NO_FILES = frozenset(
    [
        "application/ms-tnef",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
        "text/calendar",
    ]
)
TOO_DEEP = 200  # parts of one mail
LONGEST_TEXT, LONGEST_HTML = 200_000, 500_000  # characters of a part that are looked at


@dataclass(frozen=True)
class File:
    name: str
    data: bytes


@dataclass(frozen=True)
class Incoming:
    """What the platform needs to know of a mail; its content is read once it is asked for."""

    message: Message
    key: str
    sender: str
    recipients: tuple[str, ...]

    @cached_property
    def parts(self) -> list[Message]:
        return list(walk(self.message))

    @cached_property
    def text(self) -> str:
        return text_of(self.parts)

    @cached_property
    def files(self) -> tuple[File, ...]:
        return tuple(files(self.parts))


def parse(raw: bytes) -> Incoming:
    """Read the headers of a mail as it came, however broken it is."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    identity = header(message, "Message-ID").encode("utf-8", "replace") or raw
    return Incoming(
        message=message,
        key=hashlib.sha256(identity).hexdigest(),
        sender=parseaddr(header(message, "From"))[1],
        recipients=tuple(recipients(message)),
    )


def recipients(message: Message) -> Iterator[str]:
    """Yield the addresses it went to, those of the envelope first."""
    for name in RECIPIENTS:
        values = [" ".join(str(value).split()) for value in message.get_all(name) or []]
        for _name, address in getaddresses(values):
            if "@" in address:
                yield address


def walk(message: Message) -> Iterator[Message]:
    """Yield the parts with content; mails within the mail are not the answer."""
    stack = [message]
    for _count in range(TOO_DEEP):
        if not stack:
            return
        part = stack.pop()
        if part.get_content_maintype() == "message":
            continue
        children = part.get_payload()
        if part.is_multipart() and isinstance(children, list):
            stack.extend(child for child in reversed(children) if isinstance(child, Message))
        else:
            yield part


def is_file(part: Message) -> bool:
    disposition = header(part, "Content-Disposition").lower()
    is_text = part.get_content_type() in {"text/plain", "text/html"}
    return disposition.startswith("attachment") or not is_text


def text_of(parts: list[Message]) -> str:
    """Return the plain text; of a mail that has HTML only, its words as Markdown."""
    texts = [part for part in parts if not is_file(part)]
    plain = [plain_text(part) for part in texts if part.get_content_type() == "text/plain"]
    words = "\n\n".join(text.strip("\n") for text in plain if text.strip())
    if words:
        return words
    html = [
        from_html(decoded(part)[:LONGEST_HTML])
        for part in texts
        if part.get_content_type() == "text/html"
    ]
    return "\n\n".join(html)


def plain_text(part: Message) -> str:
    text = decoded(part)[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        return unflowed(text, str(part.get_param("delsp") or "").lower() == "yes")
    return text


def unflowed(text: str, drops_space: bool) -> str:
    """Join lines that end with a space (RFC 3676): the program broke them, not the person."""
    lines: list[str] = []
    is_open, depth = False, 0
    for line in text.split("\n"):
        quoted = len(line) - len(line.lstrip(">"))
        words = line[quoted:].removeprefix(" ") if quoted else line.removeprefix(" ")
        if is_open and quoted == depth and words != "-- ":
            lines[-1] += words
        else:
            lines.append(">" * quoted + (" " if quoted and words else "") + words)
        is_open, depth = words.endswith(" ") and words != "-- ", quoted
        if is_open and drops_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def decoded(part: Message) -> str:
    """Return the text of a part; a wrong or unknown charset costs letters, not the mail."""
    data = payload(part)
    for name in (charset_of(part), "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def charset_of(part: Message) -> str:
    """Return the charset as programs mean it: letters of Windows are called Latin 1."""
    charset = str(part.get_content_charset() or "utf-8").lower()
    return {"iso-8859-1": "cp1252", "us-ascii": "utf-8"}.get(charset, charset)


def payload(part: Message) -> bytes:
    """Return the bytes of a part; broken codings are taken as they are."""
    try:
        data = part.get_payload(decode=True)
    except Exception:  # a header of the coding may be anything
        data = b""
    return data if isinstance(data, bytes) else b""


def files(parts: list[Message]) -> Iterator[File]:
    """Yield what somebody attached; pictures of signatures and wrappers of Outlook are not."""
    for part in parts:
        if not is_file(part) or part.get_content_type() in NO_FILES:
            continue
        is_inline = header(part, "Content-Disposition").lower().startswith("inline")
        if "Content-ID" in part and (is_inline or "Content-Disposition" not in part):
            continue
        name = file_name(part)
        if name and not re.fullmatch(r"winmail\.dat|smime\.p7s|signature\.asc", name, re.I):
            yield File(name, payload(part))


def file_name(part: Message) -> str:
    """Return the name somebody gave the file, decoded from either way to write umlauts."""
    try:
        given = part.get_filename() or ""
        return str(email.header.make_header(email.header.decode_header(given)))
    except Exception:  # what decodes names raises whatever broken ones provoke
        return ""
