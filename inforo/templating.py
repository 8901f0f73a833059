"""What every template may use: dates and numbers as people read them, assets, settings."""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from babel.dates import get_month_names
from flask import Flask, current_app, g, request, url_for
from flask_babel import format_decimal, format_timedelta
from jinja2 import StrictUndefined, Template
from jinja2.ext import Extension
from markupsafe import Markup, escape

from inforo import assets, clock, i18n, security, text, ways_on
from inforo.authz import GUEST
from inforo.config import settings
from inforo.i18n import _

THEMES = ("auto", "light", "dark")
MOST_REMEMBERED = 8_000_000
# Jinja takes the end of a line away behind a block: there one space is left, elsewhere none.
INDENTATION = re.compile(r"(?<![%#]\})(\n)[ \t]+|(?<=[%#]\}\n)([ \t])[ \t]+")

STEP_OF_THE_WAY = re.compile(r"<li><a [^>]*>(.*?)</a></li>", re.DOTALL)
PAGE_OF_A_LIST = re.compile(r'<p class="pagination__where">(.*?)</p>')


class Piece(Template):
    """A template whose macros are made once.

    Jinja compares all globals at each import; ours are the same everywhere.
    """

    def _get_default_module(self, ctx: Any = None) -> Any:  # noqa: ARG002 (jinja's name)
        return super()._get_default_module()


class Unindented(Extension):
    """Leave the indentation of templates out of the pages: a twentieth of their size."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 (jinja's name)
        return INDENTATION.sub(r"\1\2", source) if (name or "").endswith(".html") else source


def time_tag(moment: datetime | date, shown: str) -> Markup:
    if isinstance(moment, datetime):
        moment = moment.replace(microsecond=0)
    when = moment.isoformat().replace("+00:00", "Z")
    tag = f'<time datetime="{when}">{escape(shown)}</time>'
    return Markup(tag)  # noqa: S704 (escaped; `format` takes five times as long)


@cache
def month_names(language: str) -> Mapping[int, str]:
    """Return the names of the months; formatting by pattern costs ten times as much."""
    return get_month_names("wide", locale=language)


def written_date(day: date, language: str) -> str:
    dot = "." if language == "de" else ""
    return f"{day.day}{dot} {month_names(language)[day.month]} {day.year}"


def show_datetime(moment: datetime) -> Markup:
    """Return "22. November 2026, 14:03" in Berlin time, in the reader's language."""
    return datetime_tag(moment, i18n.language())


@lru_cache(maxsize=4096)
def datetime_tag(moment: datetime, language: str) -> Markup:
    local = moment.astimezone(clock.BERLIN)
    return time_tag(moment, f"{written_date(local, language)}, {local:%H:%M}")


def show_span(begins: datetime, ends: datetime) -> Markup:
    """Return "12. Mai 2027, 10–16 Uhr", the day only once; both days if there are two."""
    return span_tag(begins, ends, i18n.language())


def span_tag(begins: datetime, ends: datetime, language: str) -> Markup:
    first, last = begins.astimezone(clock.BERLIN), ends.astimezone(clock.BERLIN)
    start = time_tag(begins, f"{written_date(first, language)}, {hour(first, language)}")
    if first == last:
        return Markup("{} {}").format(start, _("Uhr"))
    if first.date() == last.date():
        end = time_tag(ends, hour(last, language))
        return Markup("{}–{} {}").format(start, end, _("Uhr"))
    end = time_tag(ends, f"{written_date(last, language)}, {hour(last, language)}")
    return Markup("{} {} {} {}").format(start, _("bis"), end, _("Uhr"))


def hour(local: datetime, language: str) -> str:
    """Return the time of day: "9" and "9:30" in German, "09:00" elsewhere."""
    if language != "de":
        return f"{local:%H:%M}"
    return f"{local.hour}:{local:%M}" if local.minute else str(local.hour)


def show_date(day: datetime | date) -> Markup:
    """Return "22. November 2026" in the reader's language."""
    return date_tag(day, i18n.language())


@lru_cache(maxsize=4096)
def date_tag(day: datetime | date, language: str) -> Markup:
    local = day.astimezone(clock.BERLIN) if isinstance(day, datetime) else day
    return time_tag(day, written_date(local, language))


def show_time_ago(moment: datetime) -> Markup:
    """Return "vor 3 Tagen"; after a month the date."""
    age = clock.now() - moment
    if age.days > 30:
        return show_date(moment)
    unit = 1 if age.total_seconds() < 60 else 60 if age.total_seconds() < 7200 else 3600
    seconds = int(age.total_seconds()) // unit * unit
    return time_tag(moment, written_age(seconds, i18n.language()))


@lru_cache(maxsize=4096)
def written_age(seconds: int, _language: str) -> str:
    """Return "vor 3 Tagen"; the language is the one in use, here to be remembered with it."""
    return str(format_timedelta(timedelta(seconds=-seconds), add_direction=True))


def show_number(number: float | int) -> str:
    if isinstance(number, int):  # most are, and a locale's pattern costs fifty times as much
        return f"{number:,}".replace(",", "." if i18n.language() == "de" else ",")
    return str(format_decimal(number))


def theme() -> str:
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def page_url(number: int, path: str = "") -> str:
    """Return the address of another page of this list, with all filters kept.

    `path` is where the list is read, if this page may be the answer to a form sent elsewhere.
    """
    args: dict[str, Any] = request.args.to_dict(flat=False)
    args["seite"] = number
    if path:
        return f"{path}?{urlencode(args, doseq=True)}"
    return url_for(request.endpoint or "", **((request.view_args or {}) | args))


def breakable(words: str) -> Markup:
    """Let a name that joins two by a slash go on in the next line there, not within a word."""
    return escape(words).replace("/", Markup("/<wbr>"))


def whereabouts(way_here: str, page_html: str) -> Markup:
    """Return what a title adds: which page of a list, and the last step of the breadcrumb."""
    steps = [step for step in STEP_OF_THE_WAY.findall(way_here)[-1:] if step != _("Start")]
    pages = PAGE_OF_A_LIST.findall(page_html)[:1] if "seite" in request.args else []
    return Markup("".join(f" – {words}" for words in [*pages, *steps]))  # noqa: S704 (escaped)


def url_without(name: str, value: str | None = None) -> str:
    """Return the address of this list without one filter, or without one of its values."""
    args = request.args.to_dict(flat=False)
    args.pop("seite", None)
    left = [given for given in args.pop(name, []) if value is not None and given != value]
    if left:
        args[name] = left
    return url_for(request.endpoint or "", **((request.view_args or {}) | args))


class Pieces:
    """Pieces of pages, rendered once: `{% call remembered(key) %}`.

    The key holds everything the piece shows (the row itself, the language, what this reader
    may do), so a piece is never out of date and never shown to somebody it is not for.
    Beyond MOST_REMEMBERED characters the oldest pieces make room.
    """

    def __init__(self) -> None:
        self.kept: dict[tuple[Hashable, ...], Any] = {}
        self.characters = 0
        self.lock = Lock()

    def remembered(self, *key: Hashable, caller: Callable[[], Any]) -> Any:
        found = self.kept.get(key)
        if found is None:
            found = caller()
            self.keep(key, found)
        return found

    def keep(self, key: tuple[Hashable, ...], piece: Any) -> None:
        with self.lock:
            self.characters += len(piece) - len(self.kept.get(key, ""))
            self.kept[key] = piece
            while self.characters > MOST_REMEMBERED:
                self.characters -= len(self.kept.pop(next(iter(self.kept))))


def always_anew(*_key: Hashable, caller: Callable[[], Any]) -> Any:
    """Stand in for `remembered` where no key holds all that is shown, and in development."""
    return caller()


def init_app(app: Flask) -> None:
    """Make templates strict, and give them their words."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.template_class = Piece
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.add_extension(Unindented)
    manifest = assets.Manifest(Path(app.static_folder or "") / "build")
    app.jinja_env.globals.update(
        asset=lambda name: url_for("static", filename=f"build/{manifest.asset_path(name)}"),
        csp_nonce=security.csp_nonce,
        settings=settings,
        idempotency_key=lambda: secrets.token_urlsafe(18),
        page_url=page_url,
        page_before=ways_on.page_before,
        same_again=ways_on.same_again,
        always_anew=always_anew,
        remembered=always_anew if app.debug else Pieces().remembered,
        url_without=url_without,
        whereabouts=whereabouts,
        languages=i18n.LANGUAGES,
        slug=text.slug,
        today=clock.today,
    )
    app.jinja_env.filters.update(
        datetime=show_datetime,
        date=show_date,
        span=show_span,
        timeago=show_time_ago,
        number=show_number,
        excerpt=text.excerpt,
        plain=text.plain,
        slug=text.slug,
        breakable=breakable,
    )
    app.context_processor(lambda: {"locale": i18n.language(), "theme": theme()})


def piece(template: str, **shown: Any) -> Markup:
    """Render a part of a page by itself, without what frames need (unread counts …)."""
    shown["actor"] = g.get("actor", GUEST)
    html = current_app.jinja_env.get_template(template).render(**shown)
    return Markup(html)  # noqa: S704 (our own templates, which escape)
