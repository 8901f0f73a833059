"""What every template may use: dates and numbers as people read them, assets, settings."""

import secrets
from collections.abc import Callable, Hashable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, request, url_for
from flask_babel import format_date, format_datetime, format_decimal, format_timedelta
from jinja2 import StrictUndefined
from markupsafe import Markup

from inforo import assets, clock, i18n, security, text
from inforo.config import settings

THEMES = ("auto", "light", "dark")


def time_tag(moment: datetime | date, shown: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), shown)


def show_datetime(moment: datetime) -> Markup:
    """Return "22. November 2026, 14:03" in Berlin time, in the reader's language."""
    pattern = "d. MMMM y, HH:mm" if i18n.language() == "de" else "d MMMM y, HH:mm"
    return time_tag(moment, format_datetime(moment, pattern))


def show_date(day: datetime | date) -> Markup:
    """Return "22. November 2026" in the reader's language."""
    pattern = "d. MMMM y" if i18n.language() == "de" else "d MMMM y"
    local = day.astimezone(clock.BERLIN).date() if isinstance(day, datetime) else day
    return time_tag(day, format_date(local, pattern))


def show_time_ago(moment: datetime) -> Markup:
    """Return "vor 3 Tagen"; after a month the date."""
    age = clock.now() - moment
    if age.days > 30:
        return show_date(moment)
    return time_tag(moment, format_timedelta(-age, add_direction=True))


def show_number(number: float | int) -> str:
    return str(format_decimal(number))


def theme() -> str:
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def page_url(number: int) -> str:
    """Return the address of another page of this list, with all filters kept."""
    args: dict[str, Any] = request.args.to_dict(flat=False)
    args["seite"] = number
    return url_for(request.endpoint or "", **((request.view_args or {}) | args))


def url_without(name: str, value: str | None = None) -> str:
    """Return the address of this list without one filter, or without one of its values."""
    args = request.args.to_dict(flat=False)
    args.pop("seite", None)
    left = [given for given in args.pop(name, []) if value is not None and given != value]
    if left:
        args[name] = left
    return url_for(request.endpoint or "", **((request.view_args or {}) | args))


def remember_pieces(app: Flask) -> Callable[..., Any]:
    """Return `remembered`, which renders a piece of a page once: `{% call remembered(key) %}`.

    The key names everything the piece depends on, and comes from short lists (language, theme,
    section), never from what somebody typed or who somebody is.
    """
    pieces: dict[tuple[Hashable, ...], Any] = {}

    def remembered(*key: Hashable, caller: Callable[[], Any]) -> Any:
        if app.debug:
            return caller()
        if key not in pieces:
            pieces[key] = caller()
        return pieces[key]

    return remembered


def init_app(app: Flask) -> None:
    """Make templates strict, and give them their words."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    manifest = assets.Manifest(Path(app.static_folder or "") / "build")
    app.jinja_env.globals.update(
        asset=lambda name: url_for("static", filename=f"build/{manifest.asset_path(name)}"),
        csp_nonce=security.csp_nonce,
        settings=settings,
        idempotency_key=lambda: secrets.token_urlsafe(18),
        page_url=page_url,
        remembered=remember_pieces(app),
        url_without=url_without,
        languages=i18n.LANGUAGES,
        slug=text.slug,
    )
    app.jinja_env.filters.update(
        datetime=show_datetime,
        date=show_date,
        timeago=show_time_ago,
        number=show_number,
        excerpt=text.excerpt,
        plain=text.plain,
        slug=text.slug,
    )
    app.context_processor(lambda: {"locale": i18n.language(), "theme": theme()})
