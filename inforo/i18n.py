"""Languages. German text is the message id; English comes from the catalogue.

`_()` translates at once, `_l()` when the text is shown (labels of forms, names of enums).
Both may be called outside a request: then the text stays German.
"""

from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale, gettext, lazy_gettext, ngettext

LANGUAGES = {"de": "Deutsch", "en": "English"}

_ = gettext
_l = lazy_gettext

__all__ = ["LANGUAGES", "_", "_l", "init_app", "language", "ngettext"]


def chosen_language() -> str:
    """Return the language of this request: the one chosen by switch, else German."""
    chosen = request.cookies.get("language", "") if has_request_context() else ""
    return chosen if chosen in LANGUAGES else "de"


def language() -> str:
    """Return the two-letter code of the language in use."""
    locale: Any = get_locale()
    return locale.language if locale else "de"


def init_app(app: Flask) -> None:
    """Connect the catalogue that lies beside this module."""
    Babel(
        app,
        default_locale="de",
        default_timezone="Europe/Berlin",
        default_translation_directories=f"{app.root_path}/translations",
        locale_selector=chosen_language,
    )
