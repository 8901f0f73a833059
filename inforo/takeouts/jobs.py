"""The worker makes the file and says so by mail; a week later both are gone."""

import tempfile
from functools import partial
from pathlib import Path

from flask import render_template, url_for
from huey import crontab
from sqlalchemy import delete

from inforo import clock, files, jobs, mail
from inforo.accounts.models import Account
from inforo.db import reading, session
from inforo.i18n import in_language
from inforo.takeouts import making
from inforo.takeouts.making import Part
from inforo.takeouts.models import KEPT_FOR, Takeout
from inforo.takeouts.words import told


@jobs.leisurely_job
def make_takeout(takeout_id: int) -> None:
    """Make the file unless it is there or its person is gone; repeated runs do nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daten.zip"
        with reading():  # others write meanwhile: reading everything may take a while
            takeout = session.get(Takeout, takeout_id)
            if takeout is None or takeout.finished_at is not None:
                return
            account = session.get_one(Account, takeout.account_id)
            with in_language(takeout.language):
                style = render_template("takeouts/file.css")
                making.write(path, account, partial(page, account), style)
            session.commit()
        takeout.file = files.keep_archive(path, f"inforo-{clock.today()}.zip")
    takeout.finished_at = clock.now()
    mail.order(
        account.email,
        "takeouts/ready",
        dedupe_key=f"takeout:{takeout.id}",
        name=account.name,
        account_id=account.id,
        language=takeout.language,
        url=url_for("takeouts.show", _external=True),
        until=takeout.expires_at,
    )
    session.commit()


def page(account: Account, parts: list[Part]) -> str:
    """Return the page of the file that people read."""
    return render_template(
        "takeouts/file.html", account=account, parts=parts, told=told, day=clock.today()
    )


@jobs.sweep(crontab(hour="2", minute="57"))
def forget_takeouts() -> None:
    """Forget files nobody needs any longer; their content goes with the unused files."""
    session.execute(delete(Takeout).where(Takeout.created_at < clock.now() - KEPT_FOR))
    session.commit()
