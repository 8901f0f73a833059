"""Adding files to a text that one writes: by the form itself, or one by one by script.

Either way a file is stored at once with the draft of its text. What the form refuses, an
ended session or a crash loses no file; what belongs to the sent text says the form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from inforo import files, security
from inforo.authz import actor, require
from inforo.config import settings
from inforo.db import session
from inforo.drafts.views import KEY
from inforo.errors import BadInput, DomainError
from inforo.file_checks import ACCEPT, CheckedFile, clean_name
from inforo.i18n import _
from inforo.text import clean
from inforo.uploads import actions, jobs, policy, queries
from inforo.uploads.actions import Change
from inforo.uploads.models import Attachment
from inforo.web import given_id

bp = Blueprint("uploads", __name__)
SWEEPS = (jobs.forget_abandoned_files,)  # named here so that the worker knows them
DESCRIPTION_LENGTH = 500
STEPS = ("upload", "drop_file")


def init_app(app: Flask) -> None:
    app.jinja_env.globals["accepted_files"] = ACCEPT


# The part of a form ------------------------------------------------------------------


@dataclass
class FormFiles:
    """The files of one form: those its post has, those added to its draft, and problems.

    `errors` leads from the id of a control to a sentence; `removed` and `descriptions` are
    what was chosen and typed for files of the post, and count when it is saved.
    """

    target: str
    attached: Sequence[Any] = ()
    pending: Sequence[Any] = ()
    removed: frozenset[int] = frozenset()
    descriptions: dict[int, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        """Return the files that are sent with the text."""
        return [row.id for row in self.pending]

    @property
    def change(self) -> Change:
        """Return what saving does to the files of the post."""
        return Change(self.removed, self.descriptions, tuple(self.ids))

    @property
    def is_step(self) -> bool:
        """Tell whether a button was pressed that adds or removes, but does not send."""
        return any(name in request.form for name in STEPS)

    def are_complete(self) -> bool:
        """Note the pictures nobody described; tell whether the form can be sent."""
        for row in (*self.attached, *self.pending):
            if row.id not in self.removed and is_image(row) and not self.description_of(row):
                self.errors[f"description-{row.id}"] = please_describe(row.name)
        return not self.errors

    def description_of(self, row: Any) -> str:
        return str(self.descriptions.get(row.id, row.description))


def please_describe(name: str) -> str:
    return _("Bitte beschreiben Sie, was „%(name)s“ zeigt.", name=name)


def is_image(row: Any) -> bool:
    return str(row.content_type).startswith("image/")


def files_for(target: str, post_id: int | None = None) -> FormFiles:
    """Return the files of a form; store those that were sent with it."""
    attached = queries.files_of_posts([post_id]).get(post_id, []) if post_id else []
    if request.method != "POST":
        return FormFiles(target, attached, queries.files_of_target(actor().account_id, target))
    return sent_files(target, attached)


def sent_files(target: str, attached: Sequence[Any]) -> FormFiles:
    removed = frozenset(given_ids("remove_file"))
    descriptions = {row.id: given_description(row.id, row.description) for row in attached}
    sent = FormFiles(target, attached, (), removed, descriptions)
    require(policy.may_upload)
    shown = take_files(sent, len(attached) - len(removed & set(descriptions)))
    known = queries.files_of_target(actor().account_id, target)
    sent.pending = [row for row in known if row.id in shown]
    session.commit()
    return sent


def given_ids(name: str) -> set[int]:
    return {each for each in map(given_id, request.form.getlist(name)) if each is not None}


def given_description(attachment_id: int, otherwise: str) -> str:
    typed = request.form.get(f"description-{attachment_id}")
    return otherwise if typed is None else " ".join(clean(typed).split())[:DESCRIPTION_LENGTH]


def take_files(sent: FormFiles, already: int) -> set[int]:
    """Keep new files, drop and describe those before; return what the form shows now."""
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    problems: list[str] = []
    checked = check_all(uploads, problems) if uploads else []
    shown = given_ids("file")
    dropped = given_id(request.form.get("drop_file", ""))
    for attachment in queries.pending(actor().account_id, sent.target):
        if attachment.id == dropped:
            actions.discard(attachment)
        elif attachment.id in shown:
            given = given_description(attachment.id, attachment.description)
            actions.describe(attachment, given)
    for each in checked:
        try:
            shown.add(actions.add(actor().account_id, sent.target, each, already).id)
        except DomainError as error:
            problems.append(error.message)
    if problems:
        sent.errors["files"] = " ".join(dict.fromkeys(problems))
    session.flush()
    return shown - {dropped}


def check_all(uploads: list[FileStorage], problems: list[str]) -> list[CheckedFile]:
    """Look at files before anything is locked; note in words what is refused."""
    checked = []
    try:
        actions.refuse_too_many(len(uploads))
    except actions.TooManyFiles as error:
        problems.append(error.message)
        return []
    for upload in uploads:
        try:
            checked.append(check(upload))
        except DomainError as error:
            problems.append(error.message)
    return checked


def check(upload: FileStorage) -> CheckedFile:
    if security.take(settings.limit_uploads, "uploads", security.limit_key()):
        name = clean_name(upload.filename or "")
        raise actions.TooManyFiles(
            _("„%(name)s“: Sie laden gerade sehr viel hoch. Bitte warten Sie.", name=name)
        )
    return files.inspect(upload)


# One by one, for the script ----------------------------------------------------------


@bp.post("/anhaenge")
@files.takes_files
def upload() -> ResponseReturnValue:
    """Store one file with a draft; answer with its line for the form."""
    require(policy.may_upload)
    target, given = request.form.get("target", ""), request.files.get("files")
    if not KEY.fullmatch(target) or given is None or not given.filename:
        raise BadInput(_("Diese Datei lässt sich keinem Text zuordnen."))
    already = len(queries.attached_to(post_of(target)))
    try:
        attachment = actions.add(actor().account_id, target, check(given), already)
    except DomainError as error:
        session.rollback()
        return jsonify(error=error.message), error.status
    session.commit()
    return jsonify(as_json(attachment)), 201


def post_of(target: str) -> int | None:
    """Return the post a draft is about to change ("post:5"), for its number of files."""
    kind, _colon, number = target.partition(":")
    return given_id(number) if kind == "post" else None


def as_json(attachment: Attachment) -> dict[str, Any]:
    [row] = queries.rows_of([attachment.id])
    return {
        "id": attachment.id,
        "path": attachment.path,
        "name": attachment.file.name,
        "is_image": attachment.file.is_image,
        "html": render_template("uploads/_one.html", row=row),
    }


@bp.post("/anhaenge/<int:attachment_id>/beschreibung")
@security.limit("drafts")
def describe(attachment_id: int) -> ResponseReturnValue:
    """Note what a picture shows, while one types."""
    attachment = queries.get_pending(actor(), attachment_id)
    require(policy.may_change, attachment)
    actions.describe(attachment, given_description(attachment.id, ""))
    session.commit()
    return jsonify(description=attachment.description)


@bp.post("/anhaenge/<int:attachment_id>/entfernen")
def remove(attachment_id: int) -> ResponseReturnValue:
    """Take a file out of a text that is not sent."""
    attachment = queries.get_pending(actor(), attachment_id)
    require(policy.may_change, attachment)
    actions.discard(attachment)
    session.commit()
    return jsonify(removed=attachment_id)
