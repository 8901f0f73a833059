"""Cutting an answer out of the text of a mail.

What stands above the quote is the answer; what stands below it, if nothing is above. Where
somebody wrote between quoted lines, or nothing is left, it is not clear what is meant to be
published: then the person decides (`is_clear`).
"""

import re
from dataclasses import dataclass

from mailparser_reply import EmailReplyParser

from inforo.replies import patterns

LONGEST = 100_000  # characters that are looked at
INTRO_LINES = 4
FIELD_LINES = 7
SIGNATURE_LINES = 16
PARSER = EmailReplyParser(languages=["de", "en"])
PARSED = 5_000  # its patterns are not made for more


@dataclass(frozen=True)
class Cut:
    """The answer, and whether it is all of what the person wrote."""

    text: str
    is_clear: bool


def cut(text: str) -> Cut:
    """Return what somebody wrote, without quote, signature and disclaimer.

    If that is not clear, all of the mail is returned.
    """
    lines = [line.rstrip() for line in clean(text[:LONGEST]).split("\n")]
    words = second_opinion("\n".join(without_margins(answer(lines))).strip())
    if any(char.isalnum() for char in words):
        return Cut(words, is_clear=True)
    return Cut("\n".join(lines).strip(), is_clear=False)


def answer(lines: list[str]) -> list[str]:
    """Return the lines of the answer; none if it is not clear which these are."""
    start = quote_start(lines)
    if start is None:
        return own_part(lines)
    above = without_margins(own_part(lines[:start]))
    below = without_quotes(lines[start:])
    if above and below:
        return []
    if below:
        return below if is_one_block(lines[start:]) else []
    return above


def clean(text: str) -> str:
    """Return the text with one kind of line end and space, without invisible characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00]", "", text)


def second_opinion(words: str) -> str:
    """Let the parser of other languages' mails look; an empty result is a mistake of it."""
    if not 0 < len(words) <= PARSED:
        return words
    found = PARSER.read(words).latest_reply or ""
    return found.strip() or words


# Quotes --------------------------------------------------------------------------------


def quote_start(lines: list[str]) -> int | None:
    """Return the index of the first line that belongs to a quote."""
    for index, line in enumerate(lines):
        if line.startswith(">") and not patterns.INTROS[-1].match(line):
            return index
        if line and begins_quote(lines, index):
            return index
    return None


def begins_quote(lines: list[str], index: int) -> bool:
    line = lines[index]
    if patterns.DIVIDERS.match(line):
        return True
    if patterns.LINE.match(line):
        following = next((i for i in range(index + 1, len(lines)) if lines[i]), None)
        return following is not None and is_header(lines, following)
    return is_header(lines, index) or intro_length(lines, index) > 0


def is_header(lines: list[str], index: int) -> bool:
    """Tell whether the fields of the quoted mail stand here, each on a line or two."""
    if not patterns.FIRST_FIELD.match(lines[index]):
        return False
    following = [line for line in lines[index + 1 : index + 1 + FIELD_LINES] if line]
    return sum(bool(patterns.FIELD.match(line)) for line in following) >= 2


def intro_length(lines: list[str], index: int) -> int:
    """Return how many lines the sentence "Am … schrieb …:" takes here; 0: there is none."""
    joined = ""
    for count, line in enumerate(lines[index : index + INTRO_LINES], start=1):
        if count > 1 and not line:
            return 0
        joined = f"{joined} {line.strip()}".strip()[:600]
        is_end = line.endswith((":", ">>>"))
        if is_end and any(intro.match(joined) for intro in patterns.INTROS):
            return count
    return 0


def without_quotes(lines: list[str]) -> list[str]:
    """Return what stands below or between lines quoted with ">"; elsewhere all is quoted."""
    skipped = intro_length(lines, 0)
    if not any(line.startswith(">") for line in lines[skipped:]):
        return []
    rest = [line for line in lines[skipped:] if not line.startswith(">")]
    if patterns.DIVIDERS.match(lines[0]) or is_header(lines, 0):
        return []
    return without_margins(own_part(rest))


def is_one_block(lines: list[str]) -> bool:
    """Tell whether the quoted lines stand together, with the answer below them."""
    marks = [line.startswith(">") for line in lines if line]
    first = marks.index(True) if True in marks else 0
    own = [position for position, quoted in enumerate(marks) if not quoted and position > first]
    return not own or not any(marks[own[0] :])


# Signatures ----------------------------------------------------------------------------


def own_part(lines: list[str]) -> list[str]:
    """Return the lines before a signature, a line of the mail program, or a disclaimer."""
    kept: list[str] = []
    for index, line in enumerate(lines):
        if patterns.SIGNATURE.match(line) or patterns.SENT_FROM.match(line):
            break
        if patterns.DISCLAIMER.match(line) and any(kept):
            break
        if patterns.GREETING.match(line) and any(kept):
            return kept + greeting(lines[index:])
        kept.append(line)
    return without_line(kept)


def greeting(lines: list[str]) -> list[str]:
    """Return the greeting and the name; addresses and numbers below are no answer.

    What follows is only cut where it is a signature: short, and with ways to reach somebody.
    """
    rest = [index for index, line in enumerate(lines) if index and line]
    if not rest:
        return lines[:1]
    tail = until_mark(lines[rest[0] :])
    if not tail:
        return lines[:1]
    is_contact = any(patterns.CONTACT.search(line) for line in tail[1:])
    if is_contact and len([line for line in tail if line]) <= SIGNATURE_LINES:
        tail = tail[:1]
    return lines[: rest[0]] + tail


def until_mark(lines: list[str]) -> list[str]:
    for index, line in enumerate(lines):
        marks = (patterns.SIGNATURE, patterns.SENT_FROM, patterns.DISCLAIMER)
        if any(mark.match(line) for mark in marks):
            return lines[:index]
    return lines


def without_line(lines: list[str]) -> list[str]:
    """Take away a line of dashes at the end: what it divided is gone."""
    rest = without_margins(lines)
    while rest and patterns.LINE.match(rest[-1]):
        rest = without_margins(rest[:-1])
    return rest


def without_margins(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return lines[start:end]
