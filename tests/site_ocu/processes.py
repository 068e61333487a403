"""Other processes that tests start: commands and servers of this project, on this machine alone."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
# What the tests' own environment may hold and a process of theirs must not inherit.
OURS = {
    *(
        "ALLOWED_HOSTS",
        "BASE_URL",
        "CACHE_URL",
        "DATABASE_URL",
        "DATA_DIR",
        "DEFAULT_FROM_EMAIL",
        "DEMO_PASSWORD",
    ),
    *("DJANGO_SETTINGS_MODULE", "EMAIL_URL", "LIMITS_TIMES", "PORT", "SECRET_KEY", "STATIC_ROOT"),
    *("BACKUP_DIR", "BACKUP_KEY", "BACKUP_MAX_AGE_HOURS", "S3_BUCKET", "S3_ENDPOINT_URL"),
    *("MAKEFLAGS", "MAKELEVEL", "MFLAGS"),
}


def clean_environment(**values: str) -> dict[str, str]:
    """This process's environment without the site's variables, without limits for one address, and with *values*."""
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**inherited, "LIMITS_TIMES": "0", **values}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Answer(NamedTuple):
    status: int
    headers: Message
    body: str


@dataclass
class Server:
    """A running process that listens on ``port`` and writes to ``log``."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str, **headers: str) -> Answer:
        """The answer to a GET of *path*; header names are given with underscores."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(connection):
            connection.request("GET", path, headers=named)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode(errors="replace"))

    def interrupt(self) -> int:
        """Do what Ctrl-C does: interrupt the whole group; return the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=30)

    def wait_until_ready(self, seconds: float, **headers: str) -> None:
        """Wait for ``/healthz``; raise ``AssertionError`` with the log when it does not come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/healthz", **headers).status == http.HTTPStatus.OK:
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"no answer on port {self.port}\n{self.log.read_text()[-5000:]}")


@contextmanager
def server(command: list[str], *, port: int, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Start *command* in a group of its own; end the whole group afterwards."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Server(process, port, log)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
