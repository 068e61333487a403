"""``make run`` gathers static files only when one changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from site_ocu.static_files import collect_if_changed, fingerprint


@pytest.fixture
def own_file(settings: Any, tmp_path: Path) -> Path:
    """The only static file there is."""
    source = tmp_path / "source"
    source.mkdir()
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    file = source / "site.css"
    file.write_text("a { color: teal }")
    return file


class TestCollectIfChanged:
    def test_gathers_the_first_time(self, own_file: Path, settings: Any) -> None:
        assert collect_if_changed()
        assert (settings.STATIC_ROOT / own_file.name).read_text() == "a { color: teal }"

    def test_does_nothing_the_second_time(self, own_file: Path) -> None:
        collect_if_changed()

        assert not collect_if_changed()

    def test_gathers_again_when_a_file_changed(self, own_file: Path, settings: Any) -> None:
        collect_if_changed()
        own_file.write_text("a { color: brown }")

        assert collect_if_changed()
        assert (settings.STATIC_ROOT / own_file.name).read_text() == "a { color: brown }"

    def test_forgets_files_that_are_gone(self, own_file: Path, settings: Any) -> None:
        collect_if_changed()
        own_file.rename(own_file.with_name("autre.css"))
        collect_if_changed()

        assert [path.name for path in settings.STATIC_ROOT.iterdir()] == ["autre.css"]

    def test_gathers_again_when_the_gathered_files_are_gone(self, own_file: Path, settings: Any) -> None:
        collect_if_changed()
        (settings.STATIC_ROOT / own_file.name).unlink()
        settings.STATIC_ROOT.rmdir()

        assert collect_if_changed()


class TestFingerprint:
    def test_sees_a_change_that_keeps_the_size(self, own_file: Path) -> None:
        before = fingerprint()
        os.utime(own_file, (1, 1))

        assert fingerprint() != before
