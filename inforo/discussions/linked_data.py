"""Public questions in the words of schema.org, for machines that read pages.

Only what every guest may read: nothing at all of groups that are not public.
"""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from inforo import text
from inforo.citations.linked_data import block
from inforo.discussions.models import Thread
from inforo.groups.models import GroupAudience

LONGEST = 2_000


def of_thread(thread: Thread, posts: Sequence[Any], answer: Any, url: str) -> Markup | str:
    """Return a QAPage, empty where guests may not read the thread. `url` is the whole one."""
    if thread.group.audience is not GroupAudience.PUBLIC or thread.is_hidden or not posts:
        return ""
    question = written_by(posts[0]) | {
        "@type": "Question",
        "name": thread.title,
        "answerCount": max(0, thread.post_count - 1),
    }
    if answer is not None:
        address = f"{url}#beitrag-{answer.number}" if answer in posts else url
        found = written_by(answer) | {"@type": "Answer", "url": address}
        question["acceptedAnswer"] = found
    page = {"@context": "https://schema.org", "@type": "QAPage", "url": url}
    return block(page | {"inLanguage": "de", "mainEntity": question})


def written_by(row: Any) -> dict[str, Any]:
    """Return what is said of one post; nothing of a question that only its place holds."""
    if getattr(row, "hidden_at", None) or getattr(row, "deleted_at", None):
        return {}
    found = {
        "text": text.excerpt(text.plain(row.body_html), LONGEST),
        "dateCreated": row.created_at.isoformat(),
    }
    if row.author:
        found["author"] = {"@type": "Person", "name": row.author}
    return found
