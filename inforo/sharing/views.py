"""Pages that hand a collection to others: links, and files to take along."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from inforo import files, web
from inforo.authz import actor, public, require
from inforo.collections import policy
from inforo.collections import queries as collections
from inforo.collections.models import Collection
from inforo.collections.places import LIST_SIDE
from inforo.collections.queries import Listing
from inforo.db import session
from inforo.errors import BadInput, DomainError
from inforo.i18n import _
from inforo.security import against_guessing, limit
from inforo.sharing import actions, jobs, queries
from inforo.sharing import files as made
from inforo.sharing.forms import ShareForm
from inforo.sharing.models import Export, ExportFormat, ShareLink
from inforo.templating import piece

bp = Blueprint("sharing", __name__)
MOST_COMPARED = 3


@LIST_SIDE.filled(order=10)
def offer_files(_who: Any, listing: Listing) -> str:
    """Offer a list that is kept by somebody as a file; an empty one has none."""
    if listing.collection is None or not listing.shown:
        return ""
    return piece("sharing/_side.html", collection=listing.collection, **to_take(listing.shown))


def to_take(shown: list[collections.Shown]) -> dict[str, Any]:
    return {"formats": list(ExportFormat), "compared": comparable(shown)}


def comparable(shown: list[collections.Shown]) -> list[int]:
    """Return the first examples of a list, as many as fit side by side."""
    return [item.example.id for item in shown if item.example][:MOST_COMPARED]


# Links


@bp.route("/merkliste/<int:collection_id>/teilen", methods=["GET", "POST"])
def share(collection_id: int) -> ResponseReturnValue:
    collection = collections.get_collection(actor(), collection_id)
    require(policy.may_share, collection)
    form = ShareForm()
    if form.validate_on_submit():
        return shown_once(collection, *actions.share(collection, form.until.data))
    return share_page(collection, form), 422 if form.errors else 200


def share_page(collection: Collection, form: ShareForm, **new: Any) -> str:
    links = queries.links_of(collection)
    return render_template(
        "sharing/share.html", form=form, collection=collection, links=links, **new
    )


def shown_once(collection: Collection, link: ShareLink, secret: str) -> ResponseReturnValue:
    """Show the address of a new link on the page that made it, and never again.

    A second click at the same moment made none: it leads to the page where links are made.
    """
    elsewhere = web.created(url_for(".share", collection_id=collection.id))
    if link not in session:
        return elsewhere
    address = url_for(".shared", token=secret, _external=True)
    page = share_page(collection, ShareForm(formdata=None), new=link, address=address)
    return confidential(make_response(page))


@bp.post("/merkliste/<int:collection_id>/teilen/<int:link_id>/erneuern")
def renew(collection_id: int, link_id: int) -> ResponseReturnValue:
    collection = collections.get_collection(actor(), collection_id)
    require(policy.may_share, collection)
    return shown_once(collection, *actions.renew(queries.get_link(collection, link_id)))


@bp.post("/merkliste/<int:collection_id>/teilen/<int:link_id>/zuruecknehmen")
def revoke(collection_id: int, link_id: int) -> ResponseReturnValue:
    collection = collections.get_collection(actor(), collection_id)
    require(policy.may_share, collection)
    actions.revoke(queries.get_link(collection, link_id))
    session.commit()
    flash(_("Der Link gilt nicht mehr."), "success")
    return redirect(url_for(".share", collection_id=collection.id), 303)


@bp.get("/merkliste/geteilt/<token>")
@public
@against_guessing
def shared(token: str) -> ResponseReturnValue:
    _link, collection = queries.get_shared(token)
    shown = collections.entries_of(actor(), collection)
    page = render_template(
        "sharing/shared.html",
        collection=collection,
        shown=shown,
        token=token,
        **to_take(shown),
    )
    return confidential(make_response(page))


def confidential(response: Response) -> Response:
    """Keep a page whose address is its key out of caches, indexes and referrers."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


# Files


@bp.get("/merkliste/<int:collection_id>/sammlung.csv")
@public
@limit("documents", "documents_guest")
def csv_file(collection_id: int) -> ResponseReturnValue:
    return deliver_csv(collections.get_collection(actor(), collection_id))


@bp.get("/merkliste/geteilt/<token>/sammlung.csv")
@public
@limit("documents", "documents_guest")
@against_guessing
def shared_csv(token: str) -> ResponseReturnValue:
    return deliver_csv(queries.get_shared(token)[1])


def deliver_csv(collection: Collection) -> Response:
    data = made.as_csv(collections.entries_of(actor(), collection), jobs.address)
    name = f"{collection.name}.csv"
    return files.deliver_made(data, name, "text/csv; charset=utf-8", is_public=False)


@bp.post("/merkliste/<int:collection_id>/datei")
@public
@limit("documents", "documents_guest")
def order(collection_id: int) -> ResponseReturnValue:
    return ordered(collections.get_collection(actor(), collection_id))


@bp.post("/merkliste/geteilt/<token>/datei")
@public
@limit("documents", "documents_guest")
@against_guessing
def shared_order(token: str) -> ResponseReturnValue:
    link, collection = queries.get_shared(token)
    return ordered(collection, link)


def ordered(collection: Collection, link: Any = None) -> ResponseReturnValue:
    try:
        wanted = ExportFormat(request.form.get("format", "pdf"))
    except ValueError as error:
        raise BadInput(_("Diese Dateiart gibt es nicht.")) from error
    shown = collections.entries_of(actor(), collection)
    if not shown:
        raise DomainError(_("Die Sammlung ist leer, es gibt noch nichts herunterzuladen."))
    key = actions.order_export(actor(), collection, shown, wanted, link)
    session.commit()
    return redirect(url_for(".export", key=key), 303)


@bp.get("/merkliste/dateien/<key>")
@public
@against_guessing
def export(key: str) -> ResponseReturnValue:
    found = queries.get_export(actor(), key)
    still_right = found.file_id is not None and is_current(found)
    page = render_template(
        "sharing/export.html", export=found, key=key, still_right=still_right
    )
    return confidential(make_response(page))


@bp.get("/merkliste/dateien/<key>/laden")
@public
@against_guessing
def export_file(key: str) -> ResponseReturnValue:
    """Deliver the file if the reader would get the same one today."""
    found = queries.get_export(actor(), key)
    if found.file is None or not is_current(found):
        return redirect(url_for(".export", key=key), 303)
    return files.deliver(found.file)


def is_current(found: Export) -> bool:
    return jobs.is_current(actor(), found)
