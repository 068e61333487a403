"""What a scheduler calls every few minutes."""

from __future__ import annotations

import datetime
import fcntl
import logging
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from site_ocu import periodic
from site_ocu.management.commands import run_periodic
from site_ocu.periodic import LOCK_FILE, Job, run_jobs, sole_run
from tests.factories import BlogPostPageFactory

MINUTE = datetime.timedelta(minutes=1)
on_one_machine = pytest.mark.skipif(
    connection.vendor == "postgresql", reason="there the lock is the database’s own"
)


@pytest.fixture(autouse=True)
def own_data_dir(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data"


def break_down() -> None:
    raise RuntimeError("le disque est plein")


@pytest.mark.django_db
class TestRunPeriodic:
    def test_publishes_what_was_scheduled_once_its_time_has_come(self) -> None:
        due = BlogPostPageFactory(live=False)
        due.go_live_at = timezone.now() - MINUTE
        due.save_revision(approved_go_live_at=due.go_live_at)
        later = BlogPostPageFactory(live=False)
        later.go_live_at = timezone.now() + MINUTE
        later.save_revision(approved_go_live_at=later.go_live_at)

        call_command("run_periodic")

        due.refresh_from_db()
        later.refresh_from_db()
        assert due.live
        assert not later.live

    def test_takes_off_what_expired(self) -> None:
        post = BlogPostPageFactory()
        type(post).objects.filter(pk=post.pk).update(expire_at=timezone.now() - MINUTE)

        call_command("run_periodic")

        post.refresh_from_db()
        assert not post.live
        assert post.expired

    def test_forgets_sessions_that_expired(self) -> None:
        Session.objects.create(session_key="vieille", session_data="", expire_date=timezone.now() - MINUTE)
        Session.objects.create(session_key="neuve", session_data="", expire_date=timezone.now() + MINUTE)

        call_command("run_periodic")

        assert [session.session_key for session in Session.objects.all()] == ["neuve"]

    def test_does_nothing_the_second_time(self) -> None:
        call_command("run_periodic")
        call_command("run_periodic")

    def test_does_nothing_while_another_run_is_under_way(
        self, monkeypatch: pytest.MonkeyPatch, own_data_dir: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(run_periodic, "JOBS", [Job("intrus", break_down)])
        monkeypatch.setattr(connection, "vendor", "sqlite")
        own_data_dir.mkdir()

        with (own_data_dir / LOCK_FILE).open("w") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            call_command("run_periodic")

        assert "Un autre appel est en cours" in capsys.readouterr().out

    def test_fails_when_a_job_failed_and_names_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(run_periodic, "JOBS", [Job("ménage", break_down)])

        with pytest.raises(CommandError, match="ménage"):
            call_command("run_periodic")


class TestRunJobs:
    def test_goes_on_after_a_failure_and_logs_it(self, caplog: pytest.LogCaptureFixture) -> None:
        done: list[str] = []

        with caplog.at_level(logging.ERROR):
            failed = run_jobs([Job("première", break_down), Job("seconde", lambda: done.append("seconde"))])

        assert failed == ["première"]
        assert done == ["seconde"]
        assert "le disque est plein" in caplog.text


@pytest.mark.django_db
class TestSoleRun:
    def test_is_given_again_once_it_was_given_back(self) -> None:
        for _round in range(2):
            with sole_run() as mine:
                assert mine

    @on_one_machine
    def test_is_one_process_s_at_a_time(self) -> None:
        with sole_run() as first, sole_run() as second:
            assert first
            assert not second

    def test_asks_the_database_where_several_machines_share_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[list[int]] = []

        class Cursor:
            def __init__(self) -> None:
                self.row = [False]

            def __enter__(self) -> Cursor:
                return self

            def __exit__(self, *problem: object) -> None:
                pass

            def execute(self, statement: str, values: list[int]) -> None:
                asked.append(values)

            def fetchone(self) -> list[bool]:
                return self.row

        class Postgres:
            vendor = "postgresql"

            def cursor(self) -> Cursor:
                return Cursor()

        monkeypatch.setattr(periodic, "connection", Postgres())

        with sole_run() as mine:
            assert not mine
        assert asked == [[periodic.ADVISORY_LOCK]], "a lock that was not had is not given back"

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
    def test_is_one_connection_s_at_a_time_on_postgresql(self) -> None:
        other = connection.copy()
        try:
            with sole_run() as mine, other.cursor() as cursor:
                assert mine
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [periodic.ADVISORY_LOCK])
                assert cursor.fetchone()[0] is False
        finally:
            other.close()
