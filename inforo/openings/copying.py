"""What of a post is copied for people outside the group: its own words, and nobody's name.

Quotations, mentions, pictures and links into the platform would say more than their author
can agree to: words and names of others, files, titles and addresses of what stays closed.
"""

import re
from urllib.parse import urlsplit

from markupsafe import escape

from inforo import text
from inforo.config import settings

QUOTATION = re.compile(
    r"^> \*\*.*\*\* .*\(\[#(\d+)\]\(/beitraege/\d+\)\):.*\n?(?:^>.*\n?)*", re.MULTILINE
)
PICTURE = re.compile(r"<img\b(?:[^>\"]|\"[^\"]*\")*>")
LINK = re.compile(r"<a href=\"([^\"]*)\"(?:[^>\"]|\"[^\"]*\")*>(.*?)</a>", re.DOTALL)
ADDRESS = re.compile(r"\S*/\S*")


def for_others(body: str) -> str:
    """Return the HTML of a post as people outside the group read it."""
    own = QUOTATION.sub(r"#\1\n\n", body)
    rendered = text.render_markdown(text.MENTION.sub("@…", own))
    return LINK.sub(without_ways_in, PICTURE.sub("", rendered))


def without_ways_in(link: re.Match[str]) -> str:
    """Keep links to other hosts; of one into the platform only the words, never an address."""
    where = text.address_parts(link[1])
    is_ours = where.netloc in ("", urlsplit(settings.base_url).netloc)
    if where.scheme in ("mailto", "tel") or not is_ours:
        return link[0]
    return escape(ADDRESS.sub("…", text.plain(link[2])))
