"""Installations to rehearse on: SQLite in a true file, or PostgreSQL where DATABASE_URL says so."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.site_ocu.backups.bucket import bucket
from tests.site_ocu.backups.site import Site
from tests.site_ocu.processes import clean_environment

PATIENCE = 120
on_postgresql = connection.vendor == "postgresql"
MakeSite = Callable[[], Site]


class Databases:
    """Empty databases, and copies of one that is loaded."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def new(self, template: str = "template0") -> str:
        """The address of a new database of the server under test."""
        server, _slash, name = os.environ["DATABASE_URL"].rpartition("/")
        made = f"{name}_keep_{os.getpid()}_{len(self.made)}"
        self.ask(f'CREATE DATABASE "{made}" TEMPLATE "{template.rpartition("/")[2]}"')
        self.made.append(made)
        return f"{server}/{made}"

    def ask(self, statement: str) -> None:
        import psycopg  # noqa: PLC0415

        server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
        with psycopg.connect(
            f"{server}/postgres".replace("postgres://", "postgresql://"), autocommit=True
        ) as other:
            other.execute(statement)

    def close(self) -> None:
        for name in self.made:
            self.ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    made = Databases()
    yield made
    made.close()


def site_in(folder: Path, database: str, **more: str) -> Site:
    values = {"DJANGO_SETTINGS_MODULE": "tests.site_ocu.backups.settings", "DATA_DIR": str(folder), **more}
    if database:
        values["DATABASE_URL"] = database
    return Site(clean_environment(**values, SECRET_KEY="x" * 50, EMAIL_URL="dummymail://"))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Site:
    """A loaded installation that nobody changes: copies are taken from it."""
    folder = tmp_path_factory.mktemp("prepared")
    site = site_in(folder, databases.new() if on_postgresql else "")
    for done in (site.manage("migrate", "-v0"), site.do("acts.load")):
        assert done.returncode == 0, done.stderr[-3000:]
    return site


@pytest.fixture
def empty(tmp_path: Path, databases: Databases) -> Site:
    """An installation where nothing was ever done: no table, no file."""
    return site_in(tmp_path / "empty", databases.new() if on_postgresql else "")


@pytest.fixture(params=["disk", "s3"])
def site(
    request: pytest.FixtureRequest, prepared: Site, tmp_path: Path, databases: Databases
) -> Iterator[Site]:
    """A loaded installation, its media on the disk or in a bucket."""
    copied = databases.new(prepared.environment["DATABASE_URL"]) if on_postgresql else ""
    shutil.copytree(prepared.data, tmp_path / "data")
    if request.param == "disk":
        yield site_in(tmp_path / "data", copied)
        return
    with bucket() as files:
        for path in (tmp_path / "data" / "media").rglob("*"):
            if path.is_file():
                files.files[str(path.relative_to(tmp_path / "data" / "media"))] = path.read_bytes()
        shutil.rmtree(tmp_path / "data" / "media")
        yield site_in(tmp_path / "data", copied, **files.environment)


@pytest.fixture
def writers(site: Site, tmp_path: Path) -> Iterator[None]:
    """Somebody who writes, publishes, uploads and deletes all the time."""
    said = tmp_path / "said"
    writer = site.start("acts.write", said)
    deadline = time.monotonic() + PATIENCE
    while "round 1\n" not in said.read_text():
        assert writer.poll() is None, said.read_text()[-3000:]
        assert time.monotonic() < deadline
        time.sleep(0.1)
    yield
    writer.send_signal(signal.SIGTERM)
    assert writer.wait(PATIENCE) == 0, said.read_text()[-3000:]
