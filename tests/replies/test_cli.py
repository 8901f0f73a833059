"""`inforo mail receive` says by its exit code what a mail server shall do with the mail."""

from pathlib import Path

import pytest

from tests.installation import Installation

MAILS = Path(__file__).parent / "mails"
STRAY = "From: a@b.example\nTo: x@y.example\n\nHallo\n"
AWAY = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("receiving") / "instance"
    address = "antwort+{token}@forum.example"
    installation = Installation(folder, mode="development", reply_address=address)
    installation.run("db", "upgrade")
    return installation


def test_mail_that_was_dealt_with_is_done(installation):
    mail = (MAILS / "automatic" / "absence_plain.eml").read_text()

    assert "ignored" in installation.run("mail", "receive", given=mail)


@pytest.mark.parametrize("mail", [STRAY, ""], ids=["stray", "empty"])
def test_mail_to_nobody_is_wrong_data(installation, mail):
    said = installation.run("mail", "receive", given=mail, code=65)

    assert "no address of ours" in said


def test_mail_is_kept_by_the_server_while_the_database_is_away(installation):
    mail = (MAILS / "bounces" / "mailbox_full.eml").read_text()
    away = Installation(installation.folder, mode="development", database_url=AWAY)

    assert "try again later" in away.run("mail", "receive", given=mail, code=75)


def test_mail_is_kept_by_the_server_while_the_settings_are_wrong(installation):
    wrong = Installation(installation.folder, mode="production")

    assert "try again later" in wrong.run("mail", "receive", given=STRAY, code=75)
