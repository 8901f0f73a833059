"""Each command says in a sentence what it did; a failure is one line and exit code 1."""

import json
import threading
from contextlib import closing

import pytest
from pysqlite3 import dbapi2 as sqlite

from inforo import authz
from inforo.operation import routes


def test_operator_makes_the_first_admin(demo, tmp_path):
    ours = demo.copy(tmp_path / "instance")

    ours.run("accounts", "create", "erika@amt.example", "Erika Erst", "--approve")
    ours.run("roles", "grant", "erika@amt.example", "admin")

    assert "erika@amt.example\tadmin" in ours.run("roles", "list")
    ours.run("roles", "revoke", "erika@amt.example", "admin")
    assert "closed" in ours.run("accounts", "close", "erika@amt.example")


@pytest.mark.parametrize(
    "arguments",
    [
        ("accounts", "close", "nobody@amt.example"),
        ("roles", "grant", "nobody@amt.example", "admin"),
        ("backup", "/nowhere/at/all.tar.gz"),
        ("restore", "/nowhere.tar.gz", "--force"),
    ],
)
def test_failure_is_one_line(demo, arguments):
    error = demo.run(*arguments, code=1)

    assert error.startswith("inforo: ")
    assert error.count("\n") == 1


def test_unknown_command_is_one_line(demo):
    assert demo.run("serv", code=2).count("\n") == 1


def test_retention_and_mails_on_demand(demo, tmp_path):
    ours = demo.copy(tmp_path / "instance")

    assert "forget old mails" in ours.run("purge")
    assert "stay in the outbox" in ours.run("mails", "send")


def test_demo_is_loaded_once(demo):
    assert "Loading" not in demo.run("demo")


def test_demo_data_stay_out_of_production(demo):
    production = type(demo)(
        demo.folder, mode="production", secret_key="fK3-vQ9_xT7bLm2Zr8WnYc5HsD1pJgUa"
    )

    assert "production" in production.run("demo", code=1)


def test_check_names_what_is_damaged(demo, tmp_path):
    ours = demo.copy(tmp_path / "instance")
    stored = next(path for path in (ours.folder / "files").rglob("*") if path.is_file())
    stored.write_bytes(b"something else")

    error = ours.run("check", code=1)

    assert error.startswith("inforo: 1 finding")


def test_check_finds_nothing_while_others_write(demo, tmp_path):
    ours = demo.copy(tmp_path / "instance")
    is_over = threading.Event()

    def write() -> None:
        with closing(sqlite.connect(ours.folder / "inforo.db", timeout=20)) as connection:
            while not is_over.wait(0.02):
                connection.execute("UPDATE accounts SET totp_last_step = totp_last_step + 1")
                connection.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert ours.run("check") == "The data are sound.\n"
    finally:
        is_over.set()
        writer.join()


def test_route_list_for_programs_names_every_door(demo):
    listed = json.loads(demo.run("routes", "--json"))

    assert {"method", "address", "endpoint", "who", "limits"} == set(listed[0])
    assert {route["who"] for route in listed} <= set(authz.DOORS)
    assert any(route["limits"] == "search" for route in listed)


def test_route_without_a_known_door_is_noticed():
    assert not routes.Route("GET", "/x", "x.y", "anybody", "pages").is_guarded


def test_route_list_is_a_table(app):
    lines = list(routes.as_table(routes.list_routes(app)))

    assert lines[0].split() == ["method", "address", "view", "who", "limits"]
    assert len(lines) > 40


def test_digests_are_written_on_demand(demo, tmp_path):
    installation = demo.copy(tmp_path / "instance")

    said = installation.run("digests", "send")

    assert said.startswith("Wrote ")
    assert "digests" in said
