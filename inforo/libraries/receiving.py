"""Taking the file of a form: kept once it is sent, also when something else is wrong."""

from typing import Any

from flask.typing import ResponseReturnValue

from inforo import files
from inforo.authz import actor
from inforo.contributions.queries import find_kept_file
from inforo.contributions.views import keep_upload, received
from inforo.db import session
from inforo.errors import DomainError
from inforo.file_checks import FileRefused
from inforo.libraries import pictures
from inforo.uploads.views import is_image


def stored_file(form: Any) -> files.StoredFile | None:
    """Return the file of a valid form; of one with errors keep it, so it is sent only once.

    A picture is complete once the form says what it shows.
    """
    is_complete = form.validate_on_submit() and not lacks_words(form)
    try:
        if is_complete:
            return received(form)
        keep_upload(form)
    except FileRefused as error:  # the own space is full
        session.rollback()
        form.upload.errors = [*form.upload.errors, error.message]
    return None


def lacks_words(form: Any) -> bool:
    """Tell whether the file is a picture, and nobody said yet what it shows."""
    if form.upload.checked is not None:
        return is_image(form.upload.checked)
    kept = find_kept_file(actor(), form.kept_file.data or "")
    return kept is not None and pictures.lacks_words(kept)


def refuse_upload(form: Any, error: DomainError, page: Any) -> ResponseReturnValue:
    session.rollback()
    form.upload.errors = [error.message]
    return page(), error.status
