"""Pages of an archive: ordering all files of a group in one, and loading it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from inforo import files
from inforo.authz import actor, require
from inforo.db import session
from inforo.errors import NotFound
from inforo.i18n import _
from inforo.libraries import actions, listing, policy, queries
from inforo.libraries.models import GroupArchive
from inforo.libraries.views import bp
from inforo.security import limit


@bp.post("/gruppen/<slug>/dateien/archiv")
@limit("documents")
def order_archive(slug: str) -> ResponseReturnValue:
    """Have the worker put all files into one."""
    group = queries.get_group(actor(), slug)
    require(policy.may_order_archive, group)
    archive = actions.order_archive(actor(), group)
    session.commit()
    return redirect(url_for(".archive", slug=slug, key=archive.key), 303)


@bp.get("/gruppen/<slug>/dateien/archiv/<key>")
def archive(slug: str, key: str) -> ResponseReturnValue:
    ordered = queries.get_archive(actor(), slug, key)
    return render_template(
        "libraries/archive.html",
        group=ordered.group,
        archive=ordered,
        is_current=is_current(ordered),
    )


def is_current(ordered: GroupArchive) -> bool:
    """Tell whether the person may still see every file that is in an archive."""
    rows = listing.every_file(actor(), ordered.group) if ordered.file else []
    return set(ordered.contents) <= set(listing.contents_of(rows))


@bp.get("/gruppen/<slug>/dateien/archiv/<key>/datei")
def load_archive(slug: str, key: str) -> ResponseReturnValue:
    """Deliver an archive, unless a file in it is none of the person's business any more."""
    ordered = queries.get_archive(actor(), slug, key)
    if ordered.file is None or not is_current(ordered):
        raise NotFound(_("Diese Datei gibt es nicht (mehr)."))
    return files.deliver(ordered.file)
