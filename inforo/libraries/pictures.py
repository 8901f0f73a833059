"""What pictures show, asked for when they are sent: a form comes back until it is said.

The files are kept meanwhile, each picture has its own field, named as in the forms of posts.
"""

from collections.abc import Sequence
from typing import Any

from inforo.files import StoredFile
from inforo.uploads.views import given_description, please_describe


def words_for(stored: StoredFile) -> str:
    """Return what the form says a kept picture shows; of other files nothing is asked."""
    return given_description(stored.id, "") if stored.is_image else ""


def lacks_words(stored: StoredFile) -> bool:
    return stored.is_image and not words_for(stored)


def asked(kept: Sequence[StoredFile]) -> dict[str, Any]:
    """Return what the page of a form needs: files, words by file, sentences by field."""
    return {
        "kept": kept,
        "words": {stored.id: words_for(stored) for stored in kept},
        "missing": {
            f"description-{stored.id}": please_describe(stored.name)
            for stored in kept
            if lacks_words(stored)
        },
    }
