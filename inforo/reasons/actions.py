"""Every write on templates, and putting one into a form. Nothing here commits."""

from collections.abc import Mapping
from typing import Any

from inforo import audit
from inforo.authz import Actor
from inforo.db import session
from inforo.forms import ReasonForm
from inforo.reasons import queries
from inforo.reasons.models import ReasonTemplate


def insert_into(actor: Actor, form: ReasonForm, given: Mapping[str, Any]) -> bool:
    """Add the chosen template to the reason if its button was pressed; tell whether it was."""
    if "insert" not in given:
        return False
    chosen = str(given.get("template", ""))
    is_number = chosen.isascii() and chosen.isdecimal() and len(chosen) < 16
    template = queries.find_template(actor, int(chosen)) if is_number else None
    if template is not None:
        before = form.reason.data or ""
        form.reason.data = f"{before}\n\n{template.text}".strip()
    return True


def add_template(actor: Actor, office_id: int | None, title: str, text: str) -> ReasonTemplate:
    template = ReasonTemplate(office_id=office_id, title=title, text=text)
    session.add(template)
    session.flush()
    audit.record(actor, "create", template, title=title)
    return template


def edit_template(actor: Actor, template: ReasonTemplate, title: str, text: str) -> None:
    template.title, template.text = title, text
    audit.record(actor, "edit", template, title=title)


def delete_template(actor: Actor, template: ReasonTemplate) -> None:
    audit.record(actor, "delete", template, title=template.title)
    session.delete(template)
