"""Delivering files of posts and small pictures of them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from inforo import files
from inforo.attachments import jobs, queries
from inforo.authz import actor, public
from inforo.discussions.views import offer_sign_in
from inforo.errors import NotFound
from inforo.i18n import _

bp = Blueprint("attachments", __name__)
bp.register_error_handler(NotFound, offer_sign_in)
SWEEPS = (jobs.forget_files_of_deleted_posts,)  # named here so that the worker knows them


@bp.get("/anhaenge/<int:attachment_id>")
@public
def show(attachment_id: int) -> ResponseReturnValue:
    """Deliver a file to who may read its post: pictures to look at, others to save."""
    stored = queries.get_attachment(actor(), attachment_id).file
    return files.deliver(stored, as_attachment=not stored.is_image)


@bp.get("/anhaenge/<int:attachment_id>/vorschau")
@public
def preview(attachment_id: int) -> ResponseReturnValue:
    """Show a small picture of a file; of a picture itself until the small one is made."""
    attachment = queries.get_attachment(actor(), attachment_id)
    small = queries.find_preview(attachment)
    if small is not None:
        return files.deliver(small.picture_of(attachment.file), as_attachment=False)
    if not attachment.file.is_image:
        raise NotFound(_("Von dieser Datei gibt es keine Vorschau."))
    return files.deliver(attachment.file, as_attachment=False)
