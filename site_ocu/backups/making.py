"""Making a backup: database and media into one file, which has its name only once it is whole."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from site_ocu.backups import database, media, records
from site_ocu.backups.archive import MANIFEST, ArchiveWriter, BackupError, SummedWriting
from site_ocu.backups.encryption import sealed
from site_ocu.backups.holding import held
from site_ocu.backups.manifest import Manifest, now

BUSY = "Une autre sauvegarde ou une restauration est en cours : rien n’a été fait."
OWNER_ONLY = 0o600


def make(target: Path, key: str) -> records.Done:
    """Write a backup to *target*, a file that does not exist or a folder, and note that it was done.

    Raises ``BackupError``; what was begun is gone then.
    """
    with held() as mine:
        if not mine:
            raise BackupError(BUSY)
        done = write(target, key)
    records.note(done)
    return done


def write(target: Path, key: str, prefix: str = "ocu") -> records.Done:
    """As ``make``, for whoever holds the lock, and without a note."""
    if target.is_dir():
        target = target / records.file_name(encrypted=bool(key), prefix=prefix)
    if target.exists():
        raise BackupError(f"« {target} » existe déjà : une sauvegarde n’en écrase pas une autre.")
    try:
        with _appearing(target) as file:
            summed = _Sealing(file)
            manifest = _fill(summed, key)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise BackupError(
            f"La sauvegarde n’a pas pu être écrite ({'le disque est plein' if full else error})."
        ) from error
    return records.Done(
        str(target),
        now(),
        summed.size,
        summed.sum.hexdigest(),
        sum(manifest.counts.values()),
        sum(name.startswith(media.FOLDER) for name in manifest.sums),
        len(manifest.missing),
        bool(key),
    )


@dataclass
class _Sealing(SummedWriting):
    """What pyrage needs of a file beside writing."""

    def flush(self) -> None:
        """Nothing is held back."""


def _fill(out: _Sealing, key: str) -> Manifest:
    with (
        sealed(cast("IO[bytes]", out), key) as writing,
        ArchiveWriter(writing) as archive,
        database.snapshot() as snapshot,
    ):
        manifest = Manifest(snapshot.engine, database.migrations_in(snapshot), database.counts_in(snapshot))
        manifest.missing = media.copy(database.named_in(snapshot), archive)
        for number, piece in enumerate(snapshot.chunks()):
            archive.add(f"database/{number:06}", len(piece), io.BytesIO(piece))
        manifest.sums = dict(archive.sums)
        content = manifest.written()
        archive.add(MANIFEST, len(content), io.BytesIO(content))
    return manifest


@contextmanager
def _appearing(target: Path) -> Iterator[IO[bytes]]:
    """Give the file that becomes *target* at the end of the block, safely on the disk; or goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(".*.partial"):  # of a process that was killed: we hold the lock
        left.unlink()
    beside = target.with_name(f".{target.name}.partial")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.rename(target)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
