"""Migrations are complete, named, reversible, free of StreamField definitions, and run both ways."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.site_ocu.processes import ROOT, clean_environment

OURS = ["home", "practices", "blog"]
FILES = sorted(path for package in OURS for path in (ROOT / package / "migrations").glob("[0-9]*.py"))


@pytest.fixture
def scratch_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty database of the same kind as the tests', gone afterwards."""
    if connection.vendor != "postgresql":
        yield {"DATABASE_URL": f"sqlite:///{tmp_path / 'scratch.sqlite3'}"}
        return
    settings = connection.settings_dict
    name = f"{settings['NAME']}_migrations_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    login = f"{settings['USER']}:{settings['PASSWORD']}".rstrip(":")
    yield {"DATABASE_URL": f"postgres://{login}@{settings['HOST']}:{settings['PORT'] or 5432}/{name}"}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.django_db
class TestMigrations:
    def test_say_everything_that_the_models_say(self) -> None:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    @pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}.{path.stem}")
    def test_hold_no_streamfield_definition(self, path: Path) -> None:
        text = path.read_text()

        assert "block_lookup" not in text
        assert "wagtail.blocks" not in text

    @pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}.{path.stem}")
    def test_have_a_name_that_says_something(self, path: Path) -> None:
        assert "_auto_" not in path.stem

    def test_can_each_be_undone(self) -> None:
        graph = MigrationLoader(None).disk_migrations
        operations = [
            (f"{app}.{name}", operation)
            for (app, name), migration in graph.items()
            if app in OURS
            for operation in migration.operations
        ]

        assert operations
        assert [name for name, operation in operations if not operation.reversible] == []

    @pytest.mark.slow
    def test_go_back_to_nothing_and_forth_again(
        self, scratch_database: dict[str, str], tmp_path: Path
    ) -> None:
        environment = clean_environment(
            DJANGO_SETTINGS_MODULE="site_ocu.settings.local", DATA_DIR=str(tmp_path), **scratch_database
        )
        for target in ([], ["blog", "zero"], ["practices", "zero"], ["home", "zero"], []):
            done = subprocess.run(
                [sys.executable, "manage.py", "migrate", *target, "--noinput", "--verbosity=0"],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"migrate {' '.join(target)}\n{done.stderr[-3000:]}"
