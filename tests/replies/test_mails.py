"""Mails as real programs write them: what is cut out of them, and which are of machines."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inforo.replies import parsing
from inforo.replies.automatic import find_bounce, is_automatic, is_ours
from inforo.replies.cutting import cut
from inforo.replies.markdown import from_html
from inforo.replies.models import Outcome
from inforo.replies.parsing import parse
from inforo.replies.receiving import receive

MAILS = Path(__file__).parent / "mails"


def mails(kind):
    return sorted((MAILS / kind).glob("*.eml"))


def name(path):
    return path.stem


def is_of_machine(mail):
    own = "inforo@forum.example"
    return is_automatic(mail.message, mail.sender) or is_ours(mail.message, mail.sender, own)


@pytest.mark.parametrize("path", mails("clear"), ids=name)
def test_answer_is_cut_out(path):
    mail = parse(path.read_bytes())

    found = cut(mail.text)

    assert found.text == path.with_suffix(".txt").read_text().rstrip("\n")
    assert found.is_clear
    assert not is_of_machine(mail)
    assert mail.sender == "anna@stadt.example"
    assert mail.recipients[0] == "antwort+TOKEN@forum.example"
    assert mail.files == ()


@pytest.mark.parametrize("path", mails("unclear"), ids=name)
def test_unclear_answer_is_left_to_its_author(path):
    mail = parse(path.read_bytes())

    assert not cut(mail.text).is_clear


@pytest.mark.parametrize("path", mails("automatic"), ids=name)
def test_machine_is_recognised(path):
    assert is_of_machine(parse(path.read_bytes()))


@pytest.mark.parametrize("path", mails("bounces"), ids=name)
def test_bounce_names_the_mail_that_was_refused(path):
    found = find_bounce(parse(path.read_bytes()).message)

    kind = "permanent" if found.is_permanent else "temporary"
    want = path.with_suffix(".txt").read_text().strip()
    assert f"{kind} {found.message_id} {found.reason}" == want


@given(some.binary(max_size=400), some.sampled_from(mails("clear") + mails("bounces")))
def test_broken_mail_does_not_stop_the_platform(noise, path):
    raw = path.read_bytes()
    middle = len(noise) * 7 % len(raw)

    for broken in (noise, raw[:middle] + noise + raw[middle:], raw[:middle], noise + raw):
        mail = parse(broken)
        is_of_machine(mail)
        find_bounce(mail.message)
        cut(mail.text)


@given(some.text(max_size=500))
def test_any_text_can_be_cut(text):
    cut(text)


@given(some.text(alphabet="<>/ =\"'abdiplouq!-&;#\n", max_size=300))
def test_any_html_can_be_read(html):
    from_html(html)


@pytest.mark.parametrize("start", ["<!--", "<a ", "</a", "<svg>", "<a b='", "<b>x</b>"])
def test_html_that_never_ends_keeps_no_other_mail_waiting(start):
    head = b"Content-Type: text/html\r\n\r\n"
    started = time.process_time()

    parse(head + (start * 200_000 + "</x>" * 50_000).encode()).text  # noqa: B018 (read here)

    assert time.process_time() - started < 5


def test_mail_to_an_address_that_nobody_signed_is_not_read(app, monkeypatch):
    monkeypatch.setattr(parsing, "text_of", None)

    assert receive(b"To: antwort+1-1-1-abc@antwort.example\r\n\r\nHallo") is Outcome.UNKNOWN
