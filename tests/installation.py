"""An installation in a folder of its own, used through the command line like an operator."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError, URLError

from inforo.search import lexicon

ROOT = Path(__file__).parent.parent
LEXICON = ROOT / ".pytest_cache" / "lexicon.json"
OURS = re.compile(r"^INFORO_")
WAIT_SECONDS = 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def lend_lexicon(folder: Path) -> None:
    """Give an installation the word list that takes ten seconds to build."""
    if not lexicon.is_current(LEXICON):
        LEXICON.parent.mkdir(exist_ok=True)
        lexicon.build(LEXICON)
    shutil.copy(LEXICON, folder / "lexicon.json")


class Installation:
    """A folder, a port, and the settings of one installation."""

    def __init__(self, folder: Path, command: tuple[str, ...] = (), **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        self.command = command or (sys.executable, "-m", "inforo")
        folder.mkdir(parents=True, exist_ok=True)
        lend_lexicon(folder)
        given = {"mode": "demo", "limits_enabled": "false", **settings}
        self.environ = {k: v for k, v in os.environ.items() if not OURS.match(k)} | {
            "INFORO_INSTANCE_PATH": str(folder),
            "INFORO_PORT": str(self.port),
            "INFORO_BASE_URL": self.url,
            **{f"INFORO_{name.upper()}": value for name, value in given.items()},
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(
        self, *arguments: str, code: int = 0, seconds: int = 300, given: str | None = None
    ) -> str:
        """Run a command; return what it printed, stderr if a failure is expected."""
        done = subprocess.run(
            [*self.command, *arguments],
            capture_output=True,
            text=True,
            input=given,
            env=self.environ,
            cwd=self.folder if self.command[0] != sys.executable else ROOT,
            timeout=seconds,
        )
        assert done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stderr if code else done.stdout

    def copy(self, folder: Path, **settings: str) -> "Installation":
        """Return another installation with the same data."""
        shutil.copytree(self.folder, folder)
        return Installation(folder, self.command, **settings)

    def start(self, *arguments: str) -> "Server":
        return Server(self, *(arguments or ("serve",)))


class Server:
    """The running platform; `with` stops it at the end."""

    def __init__(self, installation: Installation, *arguments: str) -> None:
        self.installation = installation
        self.log = installation.folder / f"{arguments[0]}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*installation.command, *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=installation.environ,
                cwd=installation.folder if installation.command[0] != sys.executable else ROOT,
            )

    def __enter__(self) -> "Server":
        self.wait_for("/healthz")
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.stop()

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def get(self, path: str) -> tuple[int, str]:
        try:
            address = self.installation.url + path
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (ours)
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def wait_for(self, path: str) -> float:
        """Wait until an address answers with 200; return the seconds it took."""
        started = time.monotonic()
        while time.monotonic() - started < WAIT_SECONDS:
            assert self.process.poll() is None, self.output
            try:
                if self.get(path)[0] == 200:
                    return time.monotonic() - started
            except (URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.05)
        raise AssertionError(f"{path} did not answer\n{self.output}")

    def wait_for_line(self, words: str) -> None:
        until = time.monotonic() + WAIT_SECONDS
        while words not in self.output and time.monotonic() < until:
            assert self.process.poll() is None, self.output
            time.sleep(0.05)
        assert words in self.output

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def children(self) -> list[int]:
        """Return the process ids of web and worker, in the order they were started."""
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(child) for child in tasks.read_text().split()]
