"""A site of its own for measuring and for pictures: the demonstration in a folder that goes away."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from tests.site_ocu.processes import ROOT, Server, clean_environment, free_port, server

SERVER = [sys.executable, "-m", "gunicorn", "-c", "python:site_ocu.gunicorn", "site_ocu.wsgi"]


@contextmanager
def demonstration() -> Iterator[dict[str, str]]:
    """The environment of a seeded site; its data go when the block ends."""
    with tempfile.TemporaryDirectory(prefix="ocu-bench-") as folder:
        port = free_port()
        environment = clean_environment(
            DJANGO_SETTINGS_MODULE="site_ocu.settings.local",
            DATA_DIR=folder,
            PORT=str(port),
            BASE_URL=f"http://127.0.0.1:{port}",
            DEMO_PASSWORD="une phrase pour regarder",
        )
        say("Préparation d’un site de démonstration…")
        manage(environment, "prepare_local")
        yield environment


def manage(environment: dict[str, str], *command: str) -> None:
    """Run a management command; raise with what it said when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr[-3000:]}")


@contextmanager
def running(environment: dict[str, str]) -> Iterator[Server]:
    """The site of *environment*, served as ``make run`` serves it."""
    log = Path(environment["DATA_DIR"]) / "log"
    with server(SERVER, port=int(environment["PORT"]), environment=environment, log=log) as started:
        started.wait_until_ready(60, Host="127.0.0.1")
        yield started


def adopt(environment: dict[str, str]) -> None:
    """Make this very process the site of *environment*, so that queries can be counted."""
    os.environ.update(environment)
    django.setup()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
