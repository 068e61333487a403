"""``make run``, as a new person would: from nothing to a site with content, then again."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.site_ocu.processes import ROOT, Answer, Server, clean_environment, free_port, server

PASSWORD = "une phrase pour essayer"
ENVIRONMENT_IS_READY = (ROOT / ".venv" / ".installed-requirements.txt.sha256").exists()
# make ends as the interrupted program does: by the signal, or with the code that says so.
INTERRUPTED = {0, 2, 130, -signal.SIGINT}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.xdist_group("make_run"),
    pytest.mark.skipif(not ENVIRONMENT_IS_READY, reason="pip would be called: « make test » prepares .venv"),
]


@contextmanager
def make_run(folder: Path, name: str, seconds: float, **values: str) -> Iterator[Server]:
    """``make run`` with its data in *folder*, once it answers."""
    port = free_port()
    environment = clean_environment(DATA_DIR=str(folder / "data"), PORT=str(port), **values)
    with server(["make", "run"], port=port, environment=environment, log=folder / name) as running:
        running.wait_until_ready(seconds, Host="127.0.0.1")
        yield running


class FirstStart(NamedTuple):
    folder: Path
    answers: dict[str, Answer]
    code: int
    log: str


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> FirstStart:
    """What the first start on a new machine gave, and where it left its data."""
    folder = tmp_path_factory.mktemp("make-run")
    with make_run(folder, "first", seconds=300, DEMO_PASSWORD=PASSWORD) as site:
        host = f"127.0.0.1:{site.port}"
        answers = {path: site.get(path, Host=host) for path in ("/", "/blog/", "/pratiques/", "/blog/flux/")}
        code = site.interrupt()
    return FirstStart(folder, answers, code, (folder / "first").read_text())


class TestMakeRun:
    def test_brings_a_site_with_content_to_life(self, first: FirstStart) -> None:
        assert {answer.status for answer in first.answers.values()} == {200}
        assert first.answers["/blog/flux/"].body.count("<entry>") >= 10

    def test_knows_its_own_address(self, first: FirstStart) -> None:
        assert re.search(r'<link href="http://127\.0\.0\.1:\d+/blog/', first.answers["/blog/flux/"].body)

    def test_prints_the_demonstration_accounts(self, first: FirstStart) -> None:
        assert "admin@demo.invalid" in first.log
        assert PASSWORD in first.log

    def test_stops_cleanly_at_ctrl_c(self, first: FirstStart) -> None:
        assert first.code in INTERRUPTED
        assert "Traceback" not in first.log

    def test_starts_again_at_once_and_keeps_everything(self, first: FirstStart) -> None:
        key = (first.folder / "data" / "secret_key").read_text()

        with make_run(first.folder, "second", seconds=40) as site:
            feed = site.get("/blog/flux/", Host="127.0.0.1")
            site.interrupt()

        log = (first.folder / "second").read_text()
        assert feed.body.count("<entry>") == first.answers["/blog/flux/"].body.count("<entry>")
        assert (first.folder / "data" / "secret_key").read_text() == key
        assert "admin@demo.invalid" in log
        assert "Fichiers statiques rassemblés" not in log

    def test_says_so_when_python_is_too_old(self, tmp_path: Path) -> None:
        old = tmp_path / "old"
        old.mkdir()
        for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
            (old / name).write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit\nexit 1\n')
            (old / name).chmod(0o755)
        environment = clean_environment()
        environment["PATH"] = f"{old}:/usr/bin:/bin"
        command = ["packages/environment", str(tmp_path / "venv"), "requirements.txt"]

        with server(command, port=0, environment=environment, log=tmp_path / "refusal") as refused:
            assert refused.process.wait(timeout=30) == 1

        log = (tmp_path / "refusal").read_text()
        assert "Il faut Python 3.11 ou plus récent" in log
        assert "Python 3.9.2" in log
