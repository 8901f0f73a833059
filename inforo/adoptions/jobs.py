"""The yearly sheets: ordered in January, laid out by the worker, announced to the authors."""

import logging
from datetime import date

from flask import url_for
from huey import crontab

from inforo import clock, files, pdf
from inforo.adoptions import impact, queries
from inforo.adoptions.models import ImpactSheet
from inforo.db import session
from inforo.i18n import _l, in_language
from inforo.jobs import leisurely_job, sweep
from inforo.municipalities.queries import states
from inforo.notifications.actions import notify
from inforo.notifications.models import Event
from inforo.text import slug
from inforo.toolbox.models import Example

log = logging.getLogger(__name__)
AT_ONCE = 200  # per hour; a page takes a second of the worker


@leisurely_job
def make_sheet(sheet_id: int) -> None:
    """Count, lay out, keep and announce one sheet. Twice on a day makes the same file anew."""
    sheet = session.get(ImpactSheet, sheet_id)
    example = session.get(Example, sheet.example_id) if sheet else None
    if sheet is None or example is None or not example.is_published:
        return
    sheet.figures = impact.figures_of(example, sheet.year)
    sheet.made_at = clock.now()
    try:
        data = lay_out(example, sheet)
    except pdf.Unavailable:
        log.warning("impact sheet %s: this installation makes no PDF files", sheet.id)
    else:
        name = f"wirkung-{sheet.year}-{slug(example.title)[:60]}.pdf"
        sheet.file = files.store_bytes(data, name, owner_id=None)
    announce(example, sheet)
    session.commit()


def lay_out(example: Example, sheet: ImpactSheet) -> bytes:
    """Return the sheet as PDF, in German: it goes to superiors and councils."""
    with in_language("de"):
        names = {state.code: state.name for state in states()}
        return pdf.render(
            "adoptions/impact.pdf.html",
            example=example,
            year=sheet.year,
            figures=impact.named(sheet.figures, names),
            as_of=date.fromisoformat(sheet.figures["as_of"]),
        )


def announce(example: Example, sheet: ImpactSheet) -> None:
    """Tell the authors where the sheet is; who may open it is asked there."""
    for author in queries.authors_of(example):
        notify(
            author,
            Event.ACTIVITY,
            key=f"impact:{sheet.id}:{clock.today().isoformat()}",
            title=_l("Wirkungsblatt %(year)s: %(title)s", year=sheet.year, title=example.title),
            text=_l("Wer Ihr Beispiel übernommen hat, auf einer Seite zum Weitergeben."),
            url=url_for("impacts.show", example_id=example.id),
            subject=f"examples:{example.id}",
        )


@sweep(crontab(month="1", minute="37"))
def order_sheets() -> None:
    """Order the sheets of the past year, some each hour of January, until all are there."""
    order_year(clock.today().year - 1)


def order_year(year: int, limit: int = AT_ONCE) -> int:
    """Order the sheets of a year that are missing; return how many."""
    ids = queries.examples_without_sheet(year, limit)
    for example_id in ids:
        sheet = ImpactSheet(example_id=example_id, year=year)
        session.add(sheet)
        session.flush()
        make_sheet.later(sheet_id=sheet.id)
    session.commit()
    return len(ids)
