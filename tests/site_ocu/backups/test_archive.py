"""The file itself: whole or refused, never believed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage
import pytest

from site_ocu.backups.archive import MANIFEST, ArchiveWriter, BackupError, members
from site_ocu.backups.encryption import opened, sealed

CONTENT = os.urandom(300_000)
IDENTITY = pyrage.x25519.Identity.generate()
PUBLIC, PRIVATE = str(IDENTITY.to_public()), str(IDENTITY)
PASSPHRASE = "quatre mots pris au hasard"


def written(key: str = "") -> bytes:
    out = io.BytesIO()
    with sealed(out, key) as writing, ArchiveWriter(writing) as archive:
        archive.add("media/images/a.jpg", len(CONTENT), io.BytesIO(CONTENT))
        archive.add(MANIFEST, 2, io.BytesIO(b"{}"))
    return out.getvalue()


def read(file: bytes, key: str = "") -> dict[str, bytes]:
    with opened(io.BytesIO(file), key) as reading:
        return {member.name: member.read() for member in members(reading)}


PLAIN, SEALED = written(), written(PUBLIC)


class TestAFile:
    def test_gives_back_what_was_put_in(self) -> None:
        assert read(PLAIN) == {"media/images/a.jpg": CONTENT, MANIFEST: b"{}"}

    def test_is_a_tar_for_everybody_else(self) -> None:
        with tarfile.open(fileobj=io.BytesIO(PLAIN)) as tar:
            assert tar.getnames() == ["media/images/a.jpg", MANIFEST]

    @pytest.mark.parametrize("key", ["", PRIVATE], ids=["plain", "sealed"])
    @pytest.mark.parametrize("part", [0.001, 0.1, 0.5, 0.9, 0.9999])
    def test_with_one_bit_flipped_is_refused(self, key: str, part: float) -> None:
        file = bytearray(SEALED if key else PLAIN)
        file[int(len(file) * part)] ^= 1

        with pytest.raises(BackupError, match="rien n’a été touché"):
            read(bytes(file), key)

    @pytest.mark.parametrize("key", ["", PRIVATE], ids=["plain", "sealed"])
    @pytest.mark.parametrize("left_out", [1, 100, 20_000, 200_000])
    def test_cut_short_is_refused(self, key: str, left_out: int) -> None:
        file = SEALED if key else PLAIN

        with pytest.raises(BackupError, match="rien n’a été touché"):
            read(file[:-left_out], key)

    def test_that_is_no_backup_is_refused(self) -> None:
        with pytest.raises(BackupError, match="abîmé ou incomplet"):
            read(b"rien de tel" * 1000)


class TestAKey:
    @pytest.mark.parametrize("key", [PUBLIC, PRIVATE], ids=["public half", "private half"])
    def test_pair_seals_with_either_half_and_opens_with_the_private_one(self, key: str) -> None:
        file = written(key)

        assert CONTENT[:1000] not in file
        assert read(file, PRIVATE)["media/images/a.jpg"] == CONTENT

    def test_pair_makes_a_file_that_age_itself_opens(self) -> None:
        assert SEALED.startswith(b"age-encryption.org/v1\n")
        assert len(pyrage.decrypt(SEALED, [IDENTITY])) == len(PLAIN)

    def test_of_words_opens_and_no_other_words_do(self) -> None:
        file = written(PASSPHRASE)

        assert CONTENT[:1000] not in file
        assert read(file, PASSPHRASE)["media/images/a.jpg"] == CONTENT
        with pytest.raises(BackupError, match="Cette clef n’ouvre pas"):
            read(file, PASSPHRASE.upper())

    @pytest.mark.parametrize(
        "key",
        [str(pyrage.x25519.Identity.generate()), PUBLIC, "autre chose"],
        ids=["another pair", "its public half", "words"],
    )
    def test_that_is_not_the_one_is_refused(self, key: str) -> None:
        with pytest.raises(BackupError, match="Cette clef n’ouvre pas"):
            read(SEALED, key)

    def test_is_asked_for(self) -> None:
        with pytest.raises(BackupError, match="donnez sa clef dans BACKUP_KEY"):
            read(SEALED)

    def test_that_is_none_is_said_before_anything_is_written(self) -> None:
        with pytest.raises(BackupError, match="n’est pas une clef d’age lisible"):
            written("age1pasuneclef")

    def test_does_not_hide_a_full_disk(self) -> None:
        class Full(io.BytesIO):
            def write(self, data: object, /) -> int:
                raise OSError(28, "No space left on device")

        with pytest.raises(BackupError, match="No space left"), sealed(Full(), PUBLIC) as writing:
            for _piece in range(100):
                writing.write(CONTENT)


def crafted(*infos: tarfile.TarInfo) -> bytes:
    """An archive of whoever wants to write where they should not, with the right sum."""
    out = io.BytesIO()
    with ArchiveWriter(out) as archive:
        for info in infos:
            archive._tar.addfile(info, io.BytesIO(b"x" * info.size))
    return out.getvalue()


def info(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.linkname, found.size = kind, target, 1 if kind == tarfile.REGTYPE else 0
    return found


class TestACraftedArchive:
    @pytest.mark.parametrize(
        "name",
        [
            *("../etc/passwd", "media/../../etc/passwd", "/etc/passwd", "media//etc/passwd", "media/./a"),
            *("media/a\\..\\b", "media/a/..", "database/1", "database/000001/x", "autre.txt", "media/"),
        ],
    )
    def test_writes_nowhere_else(self, name: str) -> None:
        with pytest.raises(BackupError, match="n’a rien à y faire"):
            read(crafted(info(name)))

    @pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
    def test_holds_plain_files_only(self, kind: bytes) -> None:
        with pytest.raises(BackupError, match="n’a rien à y faire"):
            read(crafted(info("media/a", kind, "/etc/passwd")))

    def test_holds_no_file_twice(self) -> None:
        with pytest.raises(BackupError, match="n’a rien à y faire"):
            read(crafted(info("media/a"), info("media/a")))


def test_a_large_file_passes_in_little_memory(tmp_path: Path) -> None:
    """Measured where nothing else runs: the most that a process ever held while it wrote and read 200 MB."""
    script = """
import resource, sys
from site_ocu.backups.archive import ArchiveWriter, members
from site_ocu.backups.encryption import opened, sealed
class Zeros:
    def read(self, size=-1): return bytes(size)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open(sys.argv[1], "wb") as file, sealed(file, sys.argv[2]) as out, ArchiveWriter(out) as archive:
    archive.add("media/a", 200_000_000, Zeros())
with open(sys.argv[1], "rb") as file, opened(file, sys.argv[3]) as source:
    for member in members(source):
        while member.read(1_000_000): pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    command = [sys.executable, "-c", script, str(tmp_path / "f"), PUBLIC, PRIVATE]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert int(done.stdout) < 40_000, "kilobytes"
