"""Settings: where they come from, what is refused, and that all are documented."""

import re
from dataclasses import fields

import pytest

from inforo import config, defaults
from inforo.operation import settings_table, start

SECRET = "fK3-vQ9_xT7bLm2Zr8WnYc5HsD1pJgUa"


def load(tmp_path, environ=None, **overrides):
    return config.load({"instance_path": str(tmp_path), **overrides}, environ or {})


def test_operations_page_lists_exactly_the_settings_there_are():
    document = settings_table.DOCUMENT.read_text()

    assert settings_table.PLACE.search(document).group() == settings_table.table(), (
        "run python -m inforo.operation.settings_table"
    )


def test_every_setting_says_what_it_is_for():
    assert all(known.metadata["about"] for known in fields(defaults.Settings))


def test_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path):
    (tmp_path / "settings.toml").write_text('mode = "demo"\nport = 1\npage_size = 7\n')

    settings = load(tmp_path, {"INFORO_PORT": "2"})

    assert (settings.port, settings.page_size, settings.threads) == (2, 7, 4)


def test_address_follows_the_port_until_it_is_given(tmp_path):
    assert load(tmp_path, {"INFORO_PORT": "8142"}, mode="demo").base_url == (
        "http://127.0.0.1:8142"
    )
    assert load(tmp_path, mode="demo", port=2, base_url="http://a.example").base_url == (
        "http://a.example"
    )


def test_demo_makes_its_own_secret_once(tmp_path):
    first = load(tmp_path, mode="demo").secret_key

    assert first == load(tmp_path, mode="demo").secret_key
    assert len(first) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("secret_key", "", "secret_key"),
        ("secret_key", "short", "secret_key"),
        ("secret_key", "change-me" * 5, "secret_key"),
        ("secret_key", "a" * 40, "secret_key"),
        ("trusted_hosts", "*", "trusted_hosts"),
        ("base_url", "http://inforo.example", "base_url"),
        ("limits_enabled", False, "limits_enabled"),
        ("mode", "prod", "mode"),
    ],
)
def test_production_refuses_unsafe_settings(tmp_path, setting, value, named):
    safe = {"secret_key": SECRET, "base_url": "https://inforo.example"}
    assert load(tmp_path, **safe).is_production

    with pytest.raises(config.UnsafeSettings, match=named):
        load(tmp_path, **(safe | {setting: value}))


def test_unknown_and_misspelt_settings_are_refused(tmp_path):
    (tmp_path / "settings.toml").write_text('mode = "demo"\npotr = 1\n')

    with pytest.raises(config.UnsafeSettings, match="potr"):
        load(tmp_path)


def test_numbers_must_be_numbers(tmp_path):
    with pytest.raises(config.UnsafeSettings, match="INFORO_PORT"):
        load(tmp_path, {"INFORO_PORT": "many", "INFORO_MODE": "demo"})


def test_broken_settings_file_is_named(tmp_path):
    (tmp_path / "settings.toml").write_text("mode = demo")

    with pytest.raises(config.UnsafeSettings, match=re.escape("settings.toml")):
        load(tmp_path)


def test_operator_hears_about_what_should_not_stay(tmp_path):
    settings = load(tmp_path, secret_key=SECRET, base_url="https://inforo.example", workers=2)

    warnings = " ".join(start.warnings(settings))

    assert "mail_host" in warnings
    assert "PostgreSQL" in warnings
