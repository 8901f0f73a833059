"""Languages. German text is the message id; English comes from the catalogue.

`_()` translates at once, `_l()` when the text is shown (labels of forms, names of enums).
Both may be called outside a request: then the text stays German. A page asks for hundreds of
texts, so they come from catalogues the process has read once, not through Flask-Babel.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel, force_locale
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

LANGUAGES = {"de": "Deutsch", "en": "English"}
CATALOGUES = Path(__file__).parent / "translations"

__all__ = [
    "LANGUAGES",
    "_",
    "_l",
    "in_language",
    "init_app",
    "language",
    "ngettext",
    "written",
]


def chosen_language() -> str:
    """Return the language of this request: the one chosen by switch, else German."""
    chosen = request.cookies.get("language", "") if has_request_context() else ""
    return chosen if chosen in LANGUAGES else "de"


def language() -> str:
    """Return the two-letter code of the language in use."""
    if not has_app_context():
        return "de"
    known: str | None = g.get("language")
    if known is None:
        known = g.language = chosen_language()
    return known


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Write texts, dates and numbers in the language of who reads them, not of who acts."""
    before = language()
    g.language = code if code in LANGUAGES else "de"
    try:
        with force_locale(g.language):
            yield
    finally:
        g.language = before


def written(text: Any, code: str = "de") -> str:
    """Return a text of `_l()` as it is to be kept; what many people read is kept in German."""
    with in_language(code):
        return str(text)


@lru_cache
def catalogue(code: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [code])


def gettext(text: str, **variables: Any) -> str:
    """Return the text in the language in use; `%(name)s` stands for a variable."""
    translated: str = catalogue(language()).gettext(text)
    return translated % variables if variables else translated


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """Return the text for one or for several, in the language in use."""
    return form_for(singular, plural, num) % {"num": num, **variables}


def form_for(singular: str, plural: str, num: int) -> str:
    return str(catalogue(language()).ngettext(singular, plural, num))


def lazy_gettext(text: str, **variables: Any) -> Any:
    return LazyString(gettext, text, **variables)


_ = gettext
_l = lazy_gettext


@pass_eval_context
def shown(context: EvalContext, text: str, **variables: Any) -> str:
    """Return the text for a template; in HTML it is markup, and variables are escaped."""
    if not context.autoescape:
        return gettext(text) % variables
    if variables:
        return Markup(gettext(text)) % variables  # noqa: S704 (our own text; escapes)
    return markup(language(), text)


@lru_cache(maxsize=8192)
def markup(code: str, text: str) -> Markup:
    return Markup(catalogue(code).gettext(text)) % {}  # noqa: S704 (our own text)


def init_app(app: Flask) -> None:
    """Connect the catalogue that lies beside this module."""
    Babel(
        app,
        default_locale="de",
        default_timezone="Europe/Berlin",
        default_translation_directories=str(CATALOGUES),
        locale_selector=chosen_language,
    )
    app.jinja_env.install_gettext_callables(gettext, form_for, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(_=shown, gettext=shown)
