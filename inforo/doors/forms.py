"""The shape of what people type to open a group to others."""

import re
from datetime import timedelta
from typing import Any

from wtforms import IntegerField, RadioField, ValidationError

from inforo.accounts.forms import email_field
from inforo.clock import now
from inforo.config import settings
from inforo.db import folded
from inforo.doors.actions import Limits
from inforo.doors.models import DoorRule
from inforo.forms import Form, area, line, options
from inforo.i18n import _, _l

DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
MOST_DOMAINS = 10
OFFERED_RULES = (DoorRule.APPROVAL, DoorRule.DOMAINS)


class LinkForm(Form):
    """A link for several people, within limits."""

    note = line(
        _l("Wofür ist der Link?"),
        limit=120,
        description=_l("Nur für Sie und die Leitung, zum Beispiel: Fachtag im Mai."),
    )
    rule = RadioField(
        _l("Wen lässt der Link hinein?"),
        choices=options((rule.value, rule.label) for rule in OFFERED_RULES),
        default=DoorRule.APPROVAL.value,
    )
    domains = line(
        _l("Endungen der E-Mail-Adressen"),
        limit=300,
        description=_l("Was hinter dem @ steht, mehrere mit Leerzeichen: stadt.example"),
    )
    max_uses = IntegerField(_l("Für wie viele Personen?"), default=20)
    days = IntegerField(_l("Wie viele Tage gilt er?"), default=7)

    def validate_max_uses(self, field: Any) -> None:
        check_number(field, settings.group_link_uses)

    def validate_days(self, field: Any) -> None:
        check_number(field, settings.token_group_link_days)

    def validate(self, extra_validators: Any = None) -> bool:
        """Take the domains only where they count."""
        is_valid = bool(super().validate(extra_validators))
        self.domains.data = cleaned_domains(self.domains.data)
        wanted = self.rule.data == DoorRule.DOMAINS.value
        problem = problem_of(self.domains.data.split()) if wanted else ""
        if problem:
            self.domains.errors = [problem]
        return is_valid and not problem

    @property
    def limits(self) -> Limits:
        return Limits(
            rule=DoorRule(self.rule.data),
            max_uses=self.max_uses.data,
            expires_at=now() + timedelta(days=self.days.data),
            domains=self.domains.data if self.rule.data == DoorRule.DOMAINS.value else "",
            note=self.note.data,
        )


def cleaned_domains(typed: str | None) -> str:
    words = re.split(r"[\s,;]+", folded(typed or ""))
    return " ".join(word.lstrip("@") for word in words if word)


def problem_of(domains: list[str]) -> str:
    """Say what is wrong with the domains that open a group, if anything."""
    wrong = [word for word in domains if not DOMAIN.fullmatch(word)]
    if not domains:
        return _("Bitte nennen Sie, was hinter dem @ stehen muss.")
    if wrong:
        return _("„%(word)s“ ist keine Endung.", word=wrong[0])
    if len(domains) > MOST_DOMAINS:
        return _("Bitte nennen Sie höchstens %(most)s.", most=MOST_DOMAINS)
    return ""


def check_number(field: Any, most: int) -> None:
    if field.data is None or not 1 <= field.data <= most:
        field.errors = []
        raise ValidationError(_("Bitte wählen Sie eine Zahl von 1 bis %(most)s.", most=most))


class MailForm(Form):
    """An invitation to one address, with or without an account."""

    email = email_field(
        _l("E-Mail-Adresse"),
        description=_l("Wer noch kein Konto hat, kann sich mit dem Link registrieren."),
    )
    message = area(_l("Persönliche Nachricht"), limit=1_000)
