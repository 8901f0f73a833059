"""Forms for signing in, passwords, addresses and the second factor."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, Regexp

from inforo.forms import Form, one_line
from inforo.i18n import _l

EMAIL_LENGTH = 254
EMAIL = (
    r"^[^@\s<>,;:\"()\[\]\\]{1,64}"
    r"@(?:[^@\s.<>,;:\"()\[\]\\]+\.)+[^@\s.<>,;:\"()\[\]\\]{2,}$"
)


def email_field(label: Any, **options: Any) -> Any:
    """Return a field for an e-mail address."""
    return EmailField(
        label,
        filters=[one_line],
        validators=[
            DataRequired(_l("Bitte geben Sie eine E-Mail-Adresse an.")),
            Length(max=EMAIL_LENGTH, message=_l("Diese E-Mail-Adresse ist zu lang.")),
            Regexp(EMAIL, message=_l("Das ist keine vollständige E-Mail-Adresse.")),
        ],
        **options,
    )


def password_field(label: Any, message: Any = None, **options: Any) -> Any:
    """Return a field for a password; its strength is checked where it is set."""
    message = message or _l("Bitte geben Sie Ihr Passwort ein.")
    return PasswordField(label, validators=[DataRequired(message)], **options)


class SignInForm(Form):
    email = EmailField(
        _l("E-Mail-Adresse"),
        filters=[one_line],
        validators=[DataRequired(_l("Bitte geben Sie Ihre E-Mail-Adresse an."))],
    )
    password = password_field(_l("Passwort"))


class CodeForm(Form):
    """The second step of signing in: a code of the app, or a recovery code."""

    code = StringField(
        _l("Code"),
        filters=[one_line],
        validators=[
            DataRequired(_l("Bitte geben Sie den Code ein.")),
            Length(max=40, message=_l("So lang ist kein Code.")),
        ],
    )


class PasswordForm(Form):
    """Nothing but the current password, before sensitive steps."""

    password = password_field(_l("Ihr Passwort"))


class AddressForm(Form):
    """Somebody forgot the password, or wants the confirmation mail again."""

    email = email_field(_l("Ihre E-Mail-Adresse"))


class NewPasswordForm(Form):
    new_password = password_field(
        _l("Neues Passwort"), _l("Bitte denken Sie sich ein Passwort aus.")
    )


class ChangePasswordForm(NewPasswordForm):
    password = password_field(_l("Bisheriges Passwort"))


class ChangeEmailForm(Form):
    new_email = email_field(_l("Neue E-Mail-Adresse"))
    email_password = password_field(_l("Ihr Passwort"))


class EmptyForm(FlaskForm):  # type: ignore[misc]
    """A button: nothing but the CSRF token."""
