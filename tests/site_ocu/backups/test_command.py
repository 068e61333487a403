"""What ``manage.py backup`` says, keeps and notes; and what the deployment check makes of it."""

from __future__ import annotations

import errno
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.storage.memory import InMemoryStorage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from home.audit.entries import Action, AuditEntry
from site_ocu.backups import media, postgresql, records, sqlite
from site_ocu.backups.archive import ArchiveWriter, BackupError, members
from site_ocu.backups.checks import backups_are_recent
from site_ocu.backups.holding import held
from site_ocu.backups.restoring import is_empty
from site_ocu.backups.sqlite import copy_to as copy_committed
from tests import factories

# pg_dump sees what is committed only: on PostgreSQL the rehearsal is the test.
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a test's transaction is its own")


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "media"
    settings.BACKUP_DIR, settings.BACKUP_KEY = tmp_path / "backups", ""


@pytest.fixture(autouse=True)
def copied_before_it_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's backup waits for its own connection to commit, and a test never does."""

    def copy_to(path: Path) -> None:
        path.write_bytes(connection.connection.serialize())

    monkeypatch.setattr(sqlite, "copy_to", copy_to)


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("backup", *arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
@on_sqlite
class TestABackup:
    def test_holds_what_a_row_names_and_says_what_it_holds(self, settings: Any) -> None:
        image, document = factories.ImageFactory(), factories.DocumentFactory()

        told = said()

        (file,) = settings.BACKUP_DIR.iterdir()
        with tarfile.open(file) as tar:
            names = tar.getnames()
            manifest = json.loads(tar.extractfile("manifest.json").read())  # type: ignore[union-attr]
        assert {f"media/{image.file.name}", f"media/{document.file.name}"} < set(names)
        assert manifest["counts"]["home_image"] == 1
        assert ["home", "0013_waiting_mails"] in manifest["migrations"]
        assert set(manifest["sums"]) == set(names) - {"manifest.json"}
        assert str(file) in told
        assert "Non chiffrée" in told

    def test_tells_of_files_that_were_lost_before(self) -> None:
        image = factories.ImageFactory()
        default_storage.delete(image.file.name)

        assert "1 fichiers que la base nomme n’existaient pas" in said()

    def test_keeps_so_many_and_touches_nothing_else(self, settings: Any) -> None:
        settings.BACKUP_DIR.mkdir()
        others = ["notes.txt", records.file_name(encrypted=True, prefix=records.SAFETY), "ocu-autre.tar"]
        old = [f"ocu-2020010{day}-000000.tar.age" for day in range(1, 5)]
        for name in [*others, *old]:
            (settings.BACKUP_DIR / name).write_text("")

        said("--keep", "2")

        left = {path.name for path in settings.BACKUP_DIR.iterdir()}
        assert set(others) < left
        assert left & set(old) == {old[-1]}

    def test_keeps_what_a_restoration_replaced_for_a_month(self, settings: Any) -> None:
        settings.BACKUP_DIR.mkdir()
        past = settings.BACKUP_DIR / "avant-restauration-20200101-000000.tar"
        past.write_text("")

        said()
        assert past.exists()
        said("--output", str(settings.BACKUP_DIR / "b.tar"), "--keep", "2")

        assert not past.exists()

    def test_stands_in_the_trail(self) -> None:
        said()

        assert AuditEntry.objects.filter(action=Action.BACKED_UP).count() == 1

    def test_overwrites_none(self, tmp_path: Path) -> None:
        (tmp_path / "b.tar").write_text("la précédente")

        with pytest.raises(CommandError, match="existe déjà"):
            said("--output", str(tmp_path / "b.tar"))
        assert (tmp_path / "b.tar").read_text() == "la précédente"

    def test_that_fails_leaves_nothing_and_deletes_none(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said()
        before = set(settings.BACKUP_DIR.iterdir())

        def full(*args: object) -> list[str]:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(media, "copy", full)
        with pytest.raises(CommandError, match="le disque est plein"):
            said("--output", str(settings.BACKUP_DIR / "b.tar"), "--keep", "1")

        assert set(settings.BACKUP_DIR.iterdir()) == before

    def test_of_a_process_that_was_killed_is_swept_by_the_next(self, settings: Any) -> None:
        settings.BACKUP_DIR.mkdir()
        (settings.BACKUP_DIR / ".ocu-20200101-000000.tar.partial").write_text("à moitié")
        (settings.DATA_DIR / ".snapshot-abandonné").mkdir(parents=True)

        said()

        assert len(list(settings.BACKUP_DIR.iterdir())) == 1
        assert not list(settings.DATA_DIR.glob(".snapshot-*"))

    def test_is_one_at_a_time(self) -> None:
        with held() as mine:
            assert mine
            with pytest.raises(CommandError, match="est en cours"):
                said()


@pytest.mark.django_db
@on_sqlite
def test_a_writer_without_an_end_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0)
    factories.ImageFactory()  # written, and not committed before the end of the test

    with pytest.raises(BackupError, match="occupée"):
        copy_committed(tmp_path / "db.sqlite3")


class TestKeeping:
    def test_none_is_refused(self) -> None:
        with pytest.raises(CommandError, match="au moins une"):
            said("--keep", "0")


def asked() -> list[CheckMessage]:
    return backups_are_recent(databases=["default"])


class TestTheCheck:
    def test_asks_for_a_first_backup(self) -> None:
        assert [found.id for found in asked()] == ["site_ocu.E001"]

    @pytest.mark.django_db
    @on_sqlite
    def test_is_content_with_one_of_last_night(self) -> None:
        said()

        assert asked() == []

    @pytest.mark.django_db
    @on_sqlite
    def test_complains_of_an_old_one(self, settings: Any) -> None:
        said()
        settings.BACKUP_MAX_AGE_HOURS = 0

        assert [found.id for found in asked()] == ["site_ocu.E002"]

    def test_takes_a_record_that_cannot_be_read_for_none(self, settings: Any) -> None:
        settings.DATA_DIR.mkdir()
        (settings.DATA_DIR / records.LAST).write_text("{")

        assert [found.id for found in asked()] == ["site_ocu.E001"]

    def test_tells_of_a_restoration_that_stopped(self) -> None:
        records.begin_restoration(Path("/sauvegardes/b.tar"), "base de données")

        assert any("« base de données »" in found.msg for found in asked())
        records.end_restoration()
        assert [found.id for found in asked()] == ["site_ocu.E001"]

    def test_has_nothing_to_say_without_a_database(self) -> None:
        assert backups_are_recent() == []


class TestMediaWithoutAPlaceOnTheDisk:
    """A storage that has no ``path``, as S3 has none."""

    @pytest.fixture
    def storage(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemoryStorage]:
        storage = InMemoryStorage()
        monkeypatch.setattr(media, "default_storage", storage)
        yield storage

    def test_come_back_and_a_damaged_one_is_made_good(self, storage: InMemoryStorage) -> None:
        storage.save("documents/a.pdf", ContentFile(b"un"))
        storage.save("documents/é ü.pdf", ContentFile(b"deux"))
        out = io.BytesIO()
        with ArchiveWriter(out) as archive:
            missing = media.copy({"documents/a.pdf", "documents/é ü.pdf", "documents/absent.pdf"}, archive)
        assert missing == ["documents/absent.pdf"]
        storage.delete("documents/a.pdf")
        storage.delete("documents/é ü.pdf")
        storage.save("documents/é ü.pdf", ContentFile(b"d??x"))

        for _round in range(2):
            out.seek(0)
            put = [media.put_back(member, archive.sums[member.name]) for member in members(out)]

        assert put == [False, False], "the second time everything is there"
        with storage.open("documents/a.pdf") as first, storage.open("documents/é ü.pdf") as second:
            assert (first.read(), second.read()) == (b"un", b"deux")

    def test_that_differ_from_the_manifest_are_not_stored(self, storage: InMemoryStorage) -> None:
        out = io.BytesIO()
        with ArchiveWriter(out) as archive:
            archive.add("media/documents/a.pdf", 2, io.BytesIO(b"un"))
        out.seek(0)

        with pytest.raises(BackupError, match="est abîmé"):
            for member in members(out):
                media.put_back(member, "0" * 64)
        assert not storage.exists("documents/a.pdf")


@pytest.mark.django_db
class TestAnEmptySite:
    def test_has_what_migrations_plant_and_nobody(self) -> None:
        assert is_empty()

    @pytest.mark.parametrize("make", [factories.moderator, factories.ImageFactory, factories.DocumentFactory])
    def test_is_not_one_where_somebody_was(self, make: Any) -> None:
        make()

        assert not is_empty()

    def test_is_told_from_one_whose_database_is_broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*args: object) -> None:
            raise DatabaseError("malformed")

        monkeypatch.setattr(connection.introspection, "table_names", broken)
        with pytest.raises(BackupError, match="mettez-la de côté"):
            is_empty()


class TestTheProgramsOfPostgresql:
    def test_are_asked_for_by_the_name_of_their_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nulle-part")

        with pytest.raises(BackupError, match="installez le paquet Debian postgresql-client"):
            postgresql.program("pg_dump")

    @pytest.mark.parametrize(
        ("version", "fits"), [("15.20 (Debian 15.20-0+deb12u1)", False), ("17.6", True), ("18beta1", True)]
    )
    def test_are_at_least_as_new_as_the_server(
        self, version: str, *, fits: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        script = tmp_path / "pg_dump"
        script.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        monkeypatch.setattr(postgresql, "connection", type("Server", (), {"pg_version": 170004}))

        if fits:
            assert postgresql.program("pg_dump") == str(script)
        else:
            with pytest.raises(BackupError, match="plus ancien que le serveur PostgreSQL 17"):
                postgresql.program("pg_dump")
