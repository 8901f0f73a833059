"""Headers, CSP and request limits of every answer; SECURITY promises them from day one."""

import math
import re
import secrets
import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_wtf import CSRFProtect
from limits import parse_many
from werkzeug.middleware.proxy_fix import ProxyFix

from inforo import sessions
from inforo.authz import View
from inforo.config import Settings, settings

csrf = CSRFProtect()
PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
    "interest-cohort=()"
)
CSP = (
    "default-src 'none'; script-src {scripts}; style-src 'self'{style_nonce}; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "frame-src 'none'; object-src 'none'; worker-src 'self'; "
    "require-trusted-types-for 'script'; report-uri /csp-bericht; report-to csp{upgrade}"
)
CSP_DOWNLOAD = "default-src 'none'; sandbox; frame-ancestors 'none'"
UNSAFE_PATH = re.compile(r"[\x00-\x20\x7f\\]")


def limit_key() -> str:
    """Count requests per person, guests per internet address (/32 or /56)."""
    person = g.get("actor")
    if person is not None and person.account_id is not None:
        return f"account:{person.account_id}"
    return address_prefix()


def address_prefix() -> str:
    """Return what counts as one internet address: IPv4 whole, IPv6 as its /56 network."""
    given = (request.remote_addr or "127.0.0.1").partition("%")[0]  # without IPv6 zone
    try:
        address = ip_address(given)
    except ValueError:  # a proxy passed on what is no address
        return "unknown"
    return str(ip_network(f"{address}/{32 if address.version == 4 else 56}", strict=False))


def is_guest() -> bool:
    person = g.get("actor")
    return person is None or person.account_id is None


def page_limit() -> str:
    """Return the limit that counts for all pages together."""
    return settings.limit_pages_guest if is_guest() else settings.limit_pages


limiter = Limiter(
    key_func=limit_key,
    application_limits=[page_limit],
    strategy="moving-window",
    headers_enabled=True,
)


def limit(name: str, guest: str = "", **options: Any) -> Callable[[Any], Any]:
    """Limit a view by the settings `limit_<name>`, for guests by `limit_<guest>`."""

    def chosen() -> str:
        return str(getattr(settings, f"limit_{guest if guest and is_guest() else name}"))

    decorate = limiter.limit(chosen, **options)

    def mark(view: Any) -> Any:
        limited = decorate(view)
        limited.limits = (*getattr(limited, "limits", ()), name)  # for `inforo routes`
        return limited

    return mark


def take(limits: str, *key: str) -> int:
    """Count one event against limits like "1/5 second;100/day"; return seconds to wait.

    0 means it was counted; otherwise nothing was. For views that answer with their own page.
    """
    if not limiter.enabled:
        return 0
    items = parse_many(limits)
    for item in items:
        if not limiter.limiter.test(item, *key):
            reset_at = limiter.limiter.get_window_stats(item, *key).reset_time
            return max(1, math.ceil(reset_at - time.time()))
    for item in items:
        limiter.limiter.hit(item, *key)
    return 0


def without_token(view: View) -> View:
    """Let a form come without CSRF token: only for steps that harm nobody."""
    csrf.exempt(view)
    return view


def csp_nonce() -> str | None:
    """Return the nonce of this answer; None on public pages that may be cached."""
    if g.get("cacheable"):
        return None
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def content_security_policy() -> str:
    nonce = g.get("csp_nonce")
    return CSP.format(
        scripts=f"'nonce-{nonce}' 'strict-dynamic'" if nonce else "'self'",
        style_nonce=f" 'nonce-{nonce}'" if nonce else "",
        upgrade="; upgrade-insecure-requests" if settings.is_https else "",
    )


def safe_path(target: str | None) -> str | None:
    """Return a path on this site to go on to, or None for everything else.

    Rebuilt from path and query; tabs, backslashes and `//` are refused (open redirects).
    """
    if not target or UNSAFE_PATH.search(target) or not re.match(r"^/(?!/)", target):
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or parts.path.startswith("//"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def add_headers(response: Response) -> Response:
    """Give each answer its headers; a view may have set stricter ones before."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", content_security_policy())
    headers.setdefault("Reporting-Endpoints", 'csp="/csp-bericht"')
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", PERMISSIONS)
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers["Server"] = "inforo"
    headers["X-Request-Id"] = g.get("request_id", "")
    if settings.is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    return response


def add_static_headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable"
        if request.path.startswith("/static/build/")
        else "public, max-age=3600"
    )
    response.headers["Vary"] = "Accept-Encoding"
    return response


def trusted_hosts(config: Settings) -> list[str]:
    """Return the host names the platform answers to."""
    named = [host.strip() for host in config.trusted_hosts.split(",") if host.strip()]
    own = urlsplit(config.base_url).hostname or "127.0.0.1"
    return named or [own, "127.0.0.1", "localhost"]


def init_app(app: Flask, config: Settings) -> None:
    """Guard every request and answer of the application."""
    app.session_interface = sessions.Sessions()
    app.config["TRUSTED_HOSTS"] = trusted_hosts(config)
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(add_headers)
