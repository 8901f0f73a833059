"""Putting the parts together. The order here is the order of the layers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import LoginManager, current_user

from inforo import (
    authz,
    config,
    db,
    i18n,
    jobs,
    logs,
    refusals,
    security,
    templating,
    web,
)
from inforo.accounts import queries as accounts_queries
from inforo.demo import people as demo_people
from inforo.people import queries as people_queries
from inforo.slices import POLICIES, SLICES

HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the templates or static files of the wheel, or those of the checkout."""
    packaged = HERE / f"_{name}"
    return packaged if packaged.is_dir() else HERE.parent / name


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the application; tests and scripts may override settings.

    Raises `config.UnsafeSettings` instead of starting with settings that risk data.
    """
    settings = config.load(overrides)
    app = web.Application(
        __name__,
        template_folder=str(folder("templates")),
        static_folder=str(folder("static")),
        instance_path=str(settings.instance),
    )
    config.init_app(app, settings)
    logs.init_app(app, settings)
    db.init_app(app, settings)
    i18n.init_app(app)
    templating.init_app(app)
    web.init_app(app)
    refusals.init_app(app)
    sign_in(app)
    security.init_app(app, settings)
    web.open_transaction(app)
    for slice_ in SLICES:
        app.register_blueprint(slice_.bp)
    for slice_ in SLICES:
        if hasattr(slice_, "init_app"):
            slice_.init_app(app)
    jobs.init_app(app, settings)
    app.jinja_env.globals["policy"] = POLICIES
    if settings.demo:
        app.jinja_env.globals["demo"] = demo_people.shown()
    return app


def sign_in(app: Flask) -> None:
    """Let Flask-Login carry the identity, and find out at each request what it may do."""
    login = LoginManager(app)
    login.session_protection = None
    login.login_view = "accounts.sign_in"
    login.login_message = None
    login.user_loader(accounts_queries.find_account)
    authz.init_app(app, lambda: people_queries.actor_of(current_user))
