"""Which backups this site takes."""

from __future__ import annotations

import io
import json

import pytest

from site_ocu.backups import database, manifest
from site_ocu.backups.archive import MANIFEST, BackupError, Member
from site_ocu.backups.manifest import Manifest

SUMS = {"media/a": "1" * 64}


def made(**values: object) -> Manifest:
    known = {
        "engine": database.engine(),
        "migrations": [["home", "0001_accounts"]],
        "counts": {},
        "sums": SUMS,
    }
    return Manifest(**{**known, **values})  # type: ignore[arg-type]


def read(content: bytes) -> Manifest:
    return manifest.read(Member(MANIFEST, len(content), io.BytesIO(content)))


class TestAManifest:
    def test_is_read_as_it_was_written(self) -> None:
        written = made()

        assert read(written.written()) == written

    @pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"format": 1}', b'{"format": "x"}', b"\xff"])
    def test_that_makes_no_sense_is_refused_with_words(self, content: bytes) -> None:
        with pytest.raises(BackupError, match="ne se lit pas"):
            read(content)

    def test_of_a_format_to_come_is_refused(self) -> None:
        with pytest.raises(BackupError, match="version plus récente"):
            read(json.dumps({"format": 2}).encode())

    def test_without_end_is_not_read(self) -> None:
        with pytest.raises(BackupError, match="démesuré"):
            manifest.read(Member(MANIFEST, manifest.LARGEST + 1, io.BytesIO()))


class TestThisSite:
    def test_takes_its_own(self) -> None:
        manifest.check(made(), {**SUMS})

    @pytest.mark.parametrize("sums", [{}, {"media/a": "2" * 64}, {**SUMS, "media/b": "1" * 64}])
    def test_takes_none_whose_members_are_others(self, sums: dict[str, str]) -> None:
        with pytest.raises(BackupError, match="n’est pas celui que dit son manifeste"):
            manifest.check(made(), sums)

    def test_takes_none_of_another_database(self) -> None:
        with pytest.raises(BackupError, match="donnez-lui la même base"):
            manifest.check(made(engine="oracle"), {**SUMS})

    def test_takes_none_of_a_later_version(self) -> None:
        with pytest.raises(BackupError, match=r"plus récente du site \(home.9999_demain\)"):
            manifest.check(made(migrations=[["home", "9999_demain"]]), {**SUMS})
