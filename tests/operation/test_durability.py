"""What was acknowledged survives kill -9."""

import signal
import subprocess
import sys

from pysqlite3 import dbapi2 as sqlite

from tests.installation import ROOT

WRITER = """
from inforo import audit
from inforo.app import create_app
from inforo.authz import GUEST
from inforo.db import session
from inforo.municipalities.models import State

app = create_app()
with app.app_context():
    state = session.get(State, "BW")
    for number in range(100_000):
        audit.record(GUEST, "durability", state, str(number))
        session.commit()
        print(number, flush=True)
"""


def test_acknowledged_rows_survive_a_kill(demo, tmp_path):
    installation = demo.copy(tmp_path / "instance")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        stdout=subprocess.PIPE,
        text=True,
        env=installation.environ,
        cwd=ROOT,
    )
    acknowledged = [next(writer.stdout) for _ in range(200)]

    writer.send_signal(signal.SIGKILL)
    acknowledged += writer.stdout.read().splitlines()
    writer.wait()
    writer.stdout.close()

    assert "sound" in installation.run("check")
    with sqlite.connect(installation.folder / "inforo.db") as connection:
        rows = connection.execute("SELECT reason FROM log_entries WHERE action = 'durability'")
        kept = {int(reason) for (reason,) in rows}
    connection.close()
    assert {int(line) for line in acknowledged} <= kept
