"""Reading the settings of a process, and refusing those that would risk data.

Order of precedence: environment variable `INFORO_<NAME>`, then `instance/settings.toml`,
then the default in `defaults.py`. `docs/operations.md` lists all of them.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from werkzeug.local import LocalProxy

from inforo.defaults import Settings

MODES = ("production", "demo", "development", "test")
WEAK_SECRET_LENGTH = 32


class UnsafeSettings(Exception):
    """The platform refuses to start; the message says which settings to change."""


# An invented operator, and no second factor to set up before the first look.
DEMO: dict[str, Any] = {
    "operator_name": "Demobetrieb inforo",
    "operator_address": "Marktplatz 1, 00000 Musterstadt",
    "operator_email": "kontakt@inforo.example",
    "operator_phone": "0000 123 45 67",
    "staff_needs_second_factor": False,
}


def load(
    overrides: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """Read the settings of this process; raise UnsafeSettings for what cannot be meant."""
    overrides = overrides or {}
    instance = Path(
        overrides.get("instance_path")
        or environ.get("INFORO_INSTANCE_PATH")
        or Settings.instance_path
    )
    given: dict[str, Any] = {**read_file(instance / "settings.toml"), **read_environ(environ)}
    given.update(overrides, instance_path=str(instance.resolve()))
    unknown = given.keys() - {known.name for known in fields(Settings)}
    if unknown:
        raise UnsafeSettings(f"Unknown setting: {', '.join(sorted(unknown))}.")
    if not given.get("database_url"):
        given["database_url"] = f"sqlite:///{instance.resolve()}/inforo.db"
    if not given.get("base_url"):
        given["base_url"] = f"http://127.0.0.1:{given.get('port') or Settings.port}"
    if not given.get("secret_key") and given.get("mode") in {"demo", "development"}:
        given["secret_key"] = own_secret(instance)
    if given.get("mode") == "demo":
        given = DEMO | given
    settings = Settings(**given)
    refuse_unsafe(settings)
    return settings


def read_file(path: Path) -> dict[str, Any]:
    """Return what the operator wrote into the settings file, if there is one."""
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as error:
        raise UnsafeSettings(f"{path} is not valid TOML: {error}.") from error


def read_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings given as environment variables, in the type of their default."""
    given = {}
    for known in fields(Settings):
        text = environ.get(f"INFORO_{known.name.upper()}")
        if text is not None:
            given[known.name] = parse(known.name, text, type(known.default))
    return given


def parse(name: str, text: str, wanted: type) -> Any:
    """Turn the text of a setting into a bool, int or str."""
    if wanted is bool:
        return text.strip().lower() in {"1", "true", "yes", "on"}
    try:
        return wanted(text)
    except ValueError as error:
        raise UnsafeSettings(
            f"INFORO_{name.upper()} must be a number, not {text!r}."
        ) from error


def own_secret(instance: Path) -> str:
    """Return the secret of a demo or development machine, made at its first start."""
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def refuse_unsafe(settings: Settings) -> None:
    """Stop before a process starts that would put people's data at risk."""
    problems = []
    if settings.mode not in MODES:
        problems.append(f"mode must be one of {', '.join(MODES)}")
    if len(settings.secret_key) < WEAK_SECRET_LENGTH and settings.mode != "test":
        problems.append("secret_key must have at least 32 random characters")
    problems += storage_problems(settings)
    if settings.is_production:
        problems += production_problems(settings)
    if problems:
        raise UnsafeSettings("Unsafe settings: " + "; ".join(problems) + ".")


def storage_problems(settings: Settings) -> list[str]:
    """Return what a bucket for files lacks."""
    if not settings.s3_bucket:
        return []
    problems = []
    if not (settings.s3_access_key and settings.s3_secret_key):
        problems.append("s3_bucket needs s3_access_key and s3_secret_key")
    if settings.s3_endpoint.startswith("http://") and not settings.s3_allow_http:
        problems.append("s3_endpoint must begin with https://, or set s3_allow_http")
    return problems


def production_problems(settings: Settings) -> list[str]:
    """Return what is fine on a desk but not on the internet."""
    problems = []
    if len(set(settings.secret_key)) < 10 or "change" in settings.secret_key.lower():
        problems.append("secret_key must be random")
    if "*" in settings.trusted_hosts:
        problems.append("trusted_hosts must name the hosts, not *")
    if os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}:
        problems.append("FLASK_DEBUG must be off")
    if not settings.limits_enabled and "127.0.0.1" not in settings.base_url:
        problems.append("limits_enabled must be on")
    if not settings.is_https and "127.0.0.1" not in settings.base_url:
        problems.append("base_url must begin with https://")
    return problems


def flask_config(settings: Settings) -> dict[str, Any]:
    """Return what Flask and its extensions want to know, derived from our settings."""
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.mode == "test",
        "MAX_CONTENT_LENGTH": settings.request_max_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.form_memory_bytes,
        "MAX_FORM_PARTS": settings.form_parts,
        "WTF_CSRF_TIME_LIMIT": settings.csrf_hours * 3600,
        "RATELIMIT_ENABLED": settings.limits_enabled,
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
    }


def init_app(app: Flask, settings: Settings) -> None:
    """Hang the settings on the application."""
    app.extensions["settings"] = settings
    app.config.from_mapping(flask_config(settings))


settings = cast(Settings, LocalProxy(lambda: current_app.extensions["settings"]))
