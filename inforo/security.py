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
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import parse_many
from werkzeug.middleware.proxy_fix import ProxyFix

from inforo import sessions
from inforo.authz import View
from inforo.config import settings
from inforo.defaults import Settings
from inforo.logs import SECRET_PARTS


class FormGuard(CSRFProtect):  # type: ignore[misc]
    """Asks each form for its token; one kept until its owner signed in was checked then."""

    def protect(self, **options: Any) -> None:
        if AGAIN in request.environ:
            g.csrf_valid = True
            return
        super().protect(**options)


AGAIN = "inforo.again"  # set by the application itself; a header cannot (see continuing.py)
csrf = FormGuard()
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


def against_guessing(view: Any) -> Any:
    """Give who tries secrets few tries, whatever page they are tried at; only misses count."""
    limited = limiter.shared_limit(
        lambda: settings.limit_token_guess,
        scope="token_guess",
        deduct_when=lambda answer: answer.status_code == 404,
    )(view)
    limited.limits = (*getattr(limited, "limits", ()), "token_guess")
    return limited


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


def author_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="written-by")


def written_by() -> str:
    """Return who is filling in the form, signed: it outlives the session; guests get none."""
    person = g.get("actor")
    if person is None or person.account_id is None:
        return ""
    return str(author_signer().dumps(person.account_id))


def author_of_form() -> int | None:
    """Return whose page the form of this request comes from, if a page of ours says so.

    Nobody else can make this value, so the form was typed there, even if the session and
    the token that guarded it are gone.
    """
    given = request.form.get("written_by", "")
    life = settings.form_author_days * 24 * 3600
    try:
        return int(author_signer().loads(given, max_age=life)) if given else None
    except BadSignature:
        return None


def comes_from_elsewhere() -> bool:
    """Tell whether the browser says that another website sent this form.

    `Origin` is "null" on our own pages whose address is a secret; it tells nothing then.
    """
    fetched = request.headers.get("Sec-Fetch-Site", "")
    if fetched:
        return fetched in {"cross-site", "same-site"}
    origin = request.headers.get("Origin", "null")
    own = {request.host, urlsplit(settings.base_url).netloc}
    return origin != "null" and origin.partition("://")[2] not in own


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


def referrer_policy() -> str:
    """Keep an address that is a secret from every other page."""
    is_secret = any(name in SECRET_PARTS for name in request.view_args or {})
    return "no-referrer" if is_secret else "same-origin"


def add_headers(response: Response) -> Response:
    """Give each answer its headers; a view may have set stricter ones before."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", content_security_policy())
    headers.setdefault("Reporting-Endpoints", 'csp="/csp-bericht"')
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", referrer_policy())
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
    app.jinja_env.globals["written_by"] = written_by
    limiter.init_app(app)
    app.after_request(add_headers)
