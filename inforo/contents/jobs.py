"""Reading and drawing a file, once; and finding those that were forgotten."""

from huey import crontab

from inforo import files, storage
from inforo.clock import now
from inforo.contents import making, queries
from inforo.contents.models import FilePreview, FileText
from inforo.db import session
from inforo.files import PREVIEW, StoredFile
from inforo.jobs import leisurely_job, sweep
from inforo.storage import StorageUnreachable


@leisurely_job
def process_file(key: str) -> None:
    """Keep the text of a file and a picture of its first page, unless that is done."""
    stored = queries.find_file(key)
    if stored is None or not begin(stored):
        return
    try:
        data = files.read(stored)
    except FileNotFoundError:
        return  # `inforo check` tells about it; the sweep tries twice more
    except StorageUnreachable:
        take_back_attempt(stored)
        raise
    kind, name, file_id = stored.extension.lower(), stored.name, stored.id
    session.commit()  # nothing is locked while programs work
    found = making.read(data, kind)
    drawn = making.draw(data, kind, name, found)
    if drawn.picture:
        storage.put(f"{key}{PREVIEW}", drawn.picture)
    keep(file_id, found, drawn)


def begin(stored: StoredFile) -> bool:
    """Count the attempt before it is made: it may end the worker."""
    known = session.get(FilePreview, stored.id)
    if known is not None and known.is_settled:
        return False
    if known is None:
        known = FilePreview(file_id=stored.id, attempts=0)
        session.add(known)
    known.attempts += 1
    session.commit()
    return True


def take_back_attempt(stored: StoredFile) -> None:
    """Let the file be tried again once the storage answers; nothing is wrong with it."""
    known = session.get_one(FilePreview, stored.id)
    known.attempts -= 1
    session.commit()


def keep(file_id: int, found: making.Read, drawn: making.Drawn) -> None:
    """Write what was made, unless the file was deleted meanwhile."""
    preview = session.get(FilePreview, file_id, populate_existing=True)
    if preview is None:
        return
    preview.state, preview.pages = drawn.state, drawn.pages
    preview.width, preview.height = drawn.width, drawn.height
    preview.size, preview.made_at = len(drawn.picture), now()
    text = session.get(FileText, file_id) or FileText(file_id=file_id)
    text.state, text.text, text.extracted_at = found.state, found.text, now()
    session.add(text)
    session.commit()


@sweep(crontab(minute="41"))
def process_forgotten_files() -> None:
    """Order what is missing: files of a restored backup, or of a worker that was killed."""
    for key in queries.waiting_files():
        process_file.later(key=key)
    session.commit()
