"""Answers in words: as people read them in mails, tables and files."""

from typing import Any

from inforo.enquiries.models import EnquiryQuestion
from inforo.i18n import _, language

NOT_GIVEN = None


def in_words(question: EnquiryQuestion, value: Any) -> str:
    """Return what was answered, "keine Angabe" for what was not."""
    if value in (NOT_GIVEN, "", []):
        return str(_("keine Angabe"))
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, int | float):
        return f"{written_number(value)} {question.unit}".strip()
    return str(value)


def written_number(number: float) -> str:
    """Return a number as it is written here: 1.234,5."""
    whole = f"{number:,.2f}".rstrip("0").rstrip(".") if number % 1 else f"{int(number):,}"
    if language() != "de":
        return whole
    return whole.replace(",", " ").replace(".", ",").replace(" ", ".")
