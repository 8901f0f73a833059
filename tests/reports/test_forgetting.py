"""A year after the decision nobody knows any more who reported what."""

from datetime import timedelta

import pytest

from inforo import clock
from inforo.conversations.models import MessageReport
from inforo.db import session
from inforo.reports.jobs import forget_reporters, kinds
from inforo.reports.models import PageReport, Report, ReportReason
from tests.factories import make_anna, make_clara, make_post, make_thread, save


def decided(days: int) -> Report:
    return save(
        Report(
            post_id=make_post(make_thread()).id,
            reporter_id=make_anna().id,
            reason=ReportReason.RUDE,
            text="Frau Muster wird beleidigt.",
            decided_at=clock.now() - timedelta(days=days) if days else None,
            decided_by_id=make_clara().id if days else None,
            outcome="hide",
        )
    )


def test_all_kinds_of_reports_are_forgotten():
    assert set(kinds()) == {Report, PageReport, MessageReport}


def test_report_forgets_its_people_and_keeps_what_was_decided():
    report = decided(days=1)

    clock.shift(timedelta(days=366))
    forget_reporters()

    session.refresh(report)
    assert (report.reporter_id, report.decided_by_id, report.text) == (None, None, "")
    assert (report.reason, report.outcome) == (ReportReason.RUDE, "hide")


@pytest.mark.parametrize("days", [0, 1])
def test_open_reports_and_fresh_decisions_stay(days):
    report = decided(days)

    clock.shift(timedelta(days=363))
    forget_reporters()

    session.refresh(report)
    assert report.reporter_id
    assert report.text
