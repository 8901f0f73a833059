"""Taking in several files at once: what is sound stays, whatever is wrong with the others."""

from dataclasses import dataclass, field

from inforo import files
from inforo.authz import Actor
from inforo.contributions.queries import find_kept_file
from inforo.db import session
from inforo.file_checks import CheckedFile, FileRefused
from inforo.files import StoredFile
from inforo.groups.models import Group
from inforo.libraries import actions, pictures
from inforo.libraries.forms import MOST_FILES, FileForm, named
from inforo.libraries.models import GroupFile
from inforo.uploads.views import is_image


@dataclass
class Received:
    """What a form brought: the files that are there now, and why others are not."""

    added: list[GroupFile] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def kept_files(actor: Actor, form: FileForm) -> list[StoredFile]:
    """Return the files that were sent before with a form that had errors."""
    keys = (form.kept_file.data or "").split(",")[:MOST_FILES]
    found = (find_kept_file(actor, key) for key in keys)
    return [stored for stored in found if stored is not None]


def lack_words(actor: Actor, form: FileForm) -> bool:
    """Tell whether nobody said yet what one of the pictures shows."""
    is_new = any(map(is_image, form.upload.checked))
    return is_new or any(map(pictures.lacks_words, kept_files(actor, form)))


def keep(actor: Actor, form: FileForm) -> None:
    """Keep sound files although other fields have errors: browsers forget them."""
    kept = [stored.key for stored in kept_files(actor, form)]
    if form.upload.checked:
        form.upload.errors = [*form.upload.errors, *form.upload.refused]
    for checked in form.upload.checked:
        try:
            with session.begin_nested():
                kept.append(files.keep(checked, actor.account_id).key)
        except FileRefused as error:  # the own space is full
            form.upload.errors = [*form.upload.errors, named(checked.name, error.message)]
    form.kept_file.data = ",".join(kept)


def add_all(actor: Actor, group: Group, form: FileForm) -> Received:
    """Give the group each file of a valid form; one that does not fit stops no other."""
    sent: list[StoredFile | CheckedFile] = [*kept_files(actor, form), *form.upload.checked]
    received = Received(refused=list(form.upload.refused))
    is_one = len(sent) == 1 and not received.refused
    shared = form.values if is_one else form.values | {"title": ""}
    for each in sent:
        try:
            with session.begin_nested():
                stored = (
                    each if isinstance(each, StoredFile) else files.keep(each, actor.account_id)
                )
                values = shared | {"alternative": pictures.words_for(stored)}
                received.added.append(actions.add(actor, group, stored, values))
        except (FileRefused, actions.GroupFull) as error:
            received.refused.append(named(each.name, error.message, is_one=is_one))
    return received
