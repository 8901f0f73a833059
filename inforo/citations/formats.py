"""One work as a sentence, as BibTeX and as RIS. `url` is its lasting address."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from inforo.citations.works import Work
from inforo.i18n import _

PUBLISHER = "inforo"
LATEX = {
    "\\": r"{\textbackslash}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "ß": r"{\ss}",
    "–": "--",
    "—": "---",
    "„": r"{\glqq}",
    "“": r"{\grqq}",
    "”": "''",
    "€": r"{\texteuro}",
    "…": r"{\ldots}",
    "·": r"{\textperiodcentered}",
}
ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0308": '"',
    "\u030a": "r ",
    "\u030c": "v ",
    "\u0327": "c ",
}


def sentence(work: Work, url: str, today: date) -> str:
    """Return the citation people copy into a text."""
    who = ", ".join(work.authors) or PUBLISHER
    year = f" ({work.year})" if work.year else ""
    version = f" {version_of(work)}." if work.number else ""
    accessed = _("abgerufen am %(day)s", day=f"{today:%d.%m.%Y}")
    return f"{who}{year}: {work.title}.{version} {PUBLISHER}, {work.name}. {url} ({accessed})"


def version_of(work: Work) -> str:
    return _("Fassung %(number)s", number=work.number) if work.number else ""


def bibtex(work: Work, url: str, today: date) -> str:
    """Return an entry for BibTeX, in ASCII wherever LaTeX has a word for a letter."""
    fields = {
        "author": " and ".join(f"{{{latex(author)}}}" for author in work.authors),
        "title": f"{{{latex(work.title)}}}",
        "year": str(work.year or ""),
        "edition": latex(version_of(work)),
        "publisher": PUBLISHER,
        "howpublished": rf"\url{{{url}}}",
        "url": url,
        "urldate": today.isoformat(),
        "note": latex(f"{work.name}. {work.licence}"),
        "language": "german",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{key_of(work)},\n" + ",\n".join(lines) + "\n}\n"


def key_of(work: Work) -> str:
    """Return what the entry is called in a bibliography: letters, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", work.name.lower())


def latex(text: str) -> str:
    """Return a text as LaTeX reads it; letters it has no word for stay as they are."""
    return "".join(latex_letter(letter) for letter in " ".join(text.split()))


def latex_letter(letter: str) -> str:
    if letter in LATEX:
        return LATEX[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[:1], parts[1:]
    if marks not in ACCENTS or not base.isascii():
        return letter
    return f"{{\\{ACCENTS[marks]}{base}}}"


def ris(work: Work, url: str, today: date) -> str:
    """Return a record for reference managers: UTF-8, lines ended as the format demands."""
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows(work, url, today)]
    return "\r\n".join(lines) + "\r\n"


def rows(work: Work, url: str, today: date) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    for author in work.authors:
        yield "AU", author.replace(",", " –")  # a comma would begin a first name
    yield "TI", work.title
    if work.year:
        yield "PY", str(work.year)
    if work.changed:
        yield "DA", f"{work.changed:%Y/%m/%d}"
    if work.number:
        yield "ET", version_of(work)
    if work.summary:
        yield "AB", work.summary
    yield "PB", PUBLISHER
    yield "AN", work.name
    yield "UR", url
    yield "Y2", f"{today:%Y/%m/%d}"
    yield "N1", work.licence
    yield "LA", "de"
    yield "ER", ""
