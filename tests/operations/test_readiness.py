"""`/healthz` touches nothing; `/readyz` says what does not work, by name, and no more."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from home.delivery import readiness

pytestmark = pytest.mark.django_db
SECRET = "postgres://ocu:tres-secret@base/ocu"


def breaks(*args: Any, **kwargs: Any) -> Any:
    raise OSError(SECRET)


@pytest.fixture(autouse=True)
def fresh(settings: Any) -> Iterator[None]:
    """Nothing remembered, and a run of the periodic jobs a moment ago."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    readiness.forget_answers()
    readiness.note_periodic_run()
    yield
    readiness.forget_answers()


def ready(client: Client) -> tuple[int, str, str]:
    answer = client.get("/readyz")
    return answer.status_code, answer.content.decode(), answer.get("X-Warnings", "")


class TestHealthz:
    def test_touches_neither_database_nor_cache_nor_disk(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
    ) -> None:
        for name in ("get", "set"):
            monkeypatch.setattr(type(caches["default"]), name, breaks)
        monkeypatch.setattr(default_storage, "save", breaks)
        with django_assert_num_queries(0):
            answer = client.get("/healthz")

        assert (answer.status_code, answer.content) == (200, b"ok")


class TestReadyz:
    def test_is_ok_when_everything_works(self, client: Client) -> None:
        assert ready(client) == (200, "ok", "")

    def test_names_a_database_that_is_gone(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(*args: Any, **kwargs: Any) -> Any:
            raise DatabaseError(SECRET)

        monkeypatch.setattr(connection, "cursor", gone)

        status, text, _warnings = ready(client)
        assert status == 503
        assert text == "not ready: database, migrations"

    def test_names_a_cache_that_is_gone(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(readiness, "cache", type("Gone", (), {"set": breaks, "get": breaks})())

        assert ready(client) == (503, "not ready: cache", "periodic")

    def test_names_media_that_cannot_be_written(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(default_storage, "save", breaks)

        assert ready(client) == (503, "not ready: media", "")

    def test_leaves_no_file_behind(self, client: Client, settings: Any) -> None:
        ready(client)

        assert [path for path in (Path(settings.MEDIA_ROOT) / ".readyz").rglob("*") if path.is_file()] == []

    def test_names_a_database_that_waits_for_a_migration(self, client: Client) -> None:
        MigrationRecorder(connection).record_unapplied("home", "0001_accounts")

        assert ready(client) == (503, "not ready: migrations", "")

    @pytest.mark.parametrize(("minutes", "warning"), [(19, ""), (21, "periodic")])
    def test_warns_of_jobs_that_no_longer_run(self, client: Client, minutes: int, warning: str) -> None:
        cache.set(readiness.RUN_KEY, timezone.now() - datetime.timedelta(minutes=minutes))

        assert ready(client) == (200, "ok", warning)

    def test_warns_when_they_never_ran_until_they_do(self, client: Client) -> None:
        cache.delete(readiness.RUN_KEY)
        assert ready(client) == (200, "ok", "periodic")

        call_command("run_periodic")
        readiness.forget_answers()
        assert ready(client) == (200, "ok", "")

    def test_warns_of_a_disk_that_fills_up(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        usage = shutil.disk_usage("/")
        monkeypatch.setattr(
            shutil, "disk_usage", lambda place: usage._replace(free=readiness.LITTLE_DISK - 1)
        )

        assert ready(client) == (200, "ok", "disk")

    def test_tells_no_secret_and_no_detail(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(default_storage, "save", breaks)
        answer = client.get("/readyz")

        assert "secret" not in answer.content.decode() + str(answer.headers)

    def test_asks_the_dearer_questions_again_only_after_a_while(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        saved: list[str] = []
        save = default_storage.save
        monkeypatch.setattr(
            default_storage, "save", lambda name, content: saved.append(name) or save(name, content)
        )
        now = [100.0]
        monkeypatch.setattr(readiness.time, "monotonic", lambda: now[0])

        for moment in (100.0, 110.0, 115.0, 115.5):
            now[0] = moment
            ready(client)

        assert len(saved) == 2

    def test_is_back_as_soon_as_what_was_missing_is(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(default_storage, "save", breaks)
            assert ready(client)[0] == 503
        monkeypatch.setattr(readiness, "REMEMBERED", -1)

        assert ready(client) == (200, "ok", "")


def test_a_run_is_no_failure_for_want_of_a_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "cache", type("Gone", (), {"set": breaks})())

    readiness.note_periodic_run()
