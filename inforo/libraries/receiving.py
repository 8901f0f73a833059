"""Taking the file of a form: kept once it is sent, also when something else is wrong."""

from typing import Any

from flask.typing import ResponseReturnValue

from inforo import files
from inforo.contributions.views import keep_upload, received
from inforo.db import session
from inforo.errors import DomainError
from inforo.file_checks import FileRefused


def stored_file(form: Any) -> files.StoredFile | None:
    """Return the file of a valid form; of one with errors keep it, so it is sent only once."""
    is_valid = form.validate_on_submit()
    try:
        if is_valid:
            return received(form)
        keep_upload(form)
    except FileRefused as error:  # the own space is full
        session.rollback()
        form.upload.errors = [*form.upload.errors, error.message]
    return None


def refuse_upload(form: Any, error: DomainError, page: Any) -> ResponseReturnValue:
    session.rollback()
    form.upload.errors = [error.message]
    return page(), error.status
