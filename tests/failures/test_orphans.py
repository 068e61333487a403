"""Files that no row names go after a day; nobody else's does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import TestCase
from wagtail.models import UploadedFile

from site_ocu.backups.holding import held, is_held
from site_ocu.orphans import sweep_orphans
from tests import factories

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path / "data"
    cache.clear()
    yield
    cache.clear()


def stored(name: str, age: int = 2 * DAY) -> str:
    found = default_storage.save(name, ContentFile(b"rien"))
    grow_old(found, age)
    return found


def grow_old(name: str, age: int = 2 * DAY) -> None:
    then = time.time() - age
    os.utime(default_storage.path(name), (then, then))


class TestTheSweep:
    @pytest.mark.parametrize("folder", ["original_images", "images", "documents", "wagtail_uploads"])
    def test_takes_what_no_row_names(self, folder: str) -> None:
        name = stored(f"{folder}/orphelin.jpg")

        assert sweep_orphans() == 1
        assert not default_storage.exists(name)

    def test_leaves_what_is_less_than_a_day_old(self) -> None:
        name = stored("documents/en-route.pdf", age=DAY - 60)

        assert sweep_orphans() == 0
        assert default_storage.exists(name)

    def test_leaves_what_any_row_names(self) -> None:
        image, document = factories.ImageFactory(), factories.DocumentFactory()
        upload = UploadedFile.objects.create(file=ContentFile(b"un texte", "attente.txt"))
        named = [image.file, image.get_rendition("width-100").file, document.file, upload.file]
        for file in named:
            grow_old(file.name)

        assert sweep_orphans() == 0
        assert all(default_storage.exists(file.name) for file in named)

    def test_leaves_folders_that_are_not_ours(self) -> None:
        name = stored("autre/chose.txt")

        assert sweep_orphans() == 0
        assert default_storage.exists(name)

    def test_is_done_once_a_day(self) -> None:
        sweep_orphans()
        stored("documents/orphelin.pdf")

        assert sweep_orphans() == 0

    def test_waits_for_the_end_of_a_backup(self) -> None:
        stored("documents/orphelin.pdf")
        with held() as mine:
            assert mine
            assert is_held()

        assert sweep_orphans() == 1


class TestWhileABackupReads:
    @pytest.fixture
    def reading(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As another process sees it."""
        monkeypatch.setattr("site_ocu.backups.holding.is_held", lambda: True)

    def test_a_file_stays_whose_row_is_deleted(self, reading: None) -> None:
        image = factories.ImageFactory()
        name = image.file.name

        with TestCase.captureOnCommitCallbacks(execute=True):
            image.delete()

        assert default_storage.exists(name)

    def test_it_goes_with_the_next_sweep(self, request: pytest.FixtureRequest) -> None:
        image = factories.ImageFactory()
        name = image.file.name
        with pytest.MonkeyPatch.context() as patch, TestCase.captureOnCommitCallbacks(execute=True):
            patch.setattr("site_ocu.backups.holding.is_held", lambda: True)
            image.delete()
        grow_old(name)

        assert sweep_orphans() == 1
        assert not default_storage.exists(name)

    def test_nothing_is_swept(self, reading: None) -> None:
        stored("documents/orphelin.pdf")

        assert sweep_orphans() == 0

    def test_without_one_it_goes_at_once(self) -> None:
        image = factories.ImageFactory()
        name = image.file.name

        with TestCase.captureOnCommitCallbacks(execute=True):
            image.delete()

        assert not default_storage.exists(name)

    def test_the_lock_is_seen_by_others_and_goes_with_its_holder(self) -> None:
        with held() as mine:
            assert mine
            assert is_held()
        assert not is_held()
