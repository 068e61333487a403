"""What keeps still while a backup or a restoration is under way: another one, and the deletion of files.

A row that the snapshot holds names a file; whoever deletes both a moment later must not take the file out of the
backup's hands. Deletions are therefore left undone meanwhile, and the sweep of files without a row does them later
(``site_ocu.orphans``). The lock goes with its process: a crash leaves none.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import connection
from storages.backends.s3 import S3Storage

from home.delivery.readiness import PROBED

LOCK_FILE = "backup.lock"
ADVISORY_LOCK = 0x0C0_0002  # beside the one of site_ocu.periodic
HELD = """
    SELECT EXISTS (
        SELECT 1 FROM pg_locks
        WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""


_own: list[str] = []  # what this very process holds: it may replace a file


@contextmanager
def held() -> Iterator[bool]:
    """Give ``True`` to one process at a time, on all the machines that share the database."""
    with _held() as mine:
        if mine:
            _own.append(LOCK_FILE)
        try:
            yield mine
        finally:
            if mine:
                _own.pop()


def may_delete(name: str) -> bool:
    """Whether the file *name* may go now: nobody copies such files, nobody is copying, or whoever copies asks."""
    return name.startswith(PROBED) or bool(_own) or not is_held()


@contextmanager
def _held() -> Iterator[bool]:
    if connection.vendor == "postgresql":
        mine = bool(_asked("SELECT pg_try_advisory_lock(%s)"))
        try:
            yield mine
        finally:
            if mine:
                _asked("SELECT pg_advisory_unlock(%s)")
        return
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with _lock_file().open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def is_held() -> bool:
    """Whether a backup or a restoration is under way."""
    if connection.vendor == "postgresql":
        return bool(_asked(HELD))
    if not _lock_file().exists():
        return False
    with _lock_file().open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _lock_file() -> Path:
    return Path(settings.DATA_DIR) / LOCK_FILE


def _asked(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, [ADVISORY_LOCK])
        return cursor.fetchone()[0]


class DiskStorage(FileSystemStorage):
    """Files on this machine; none is deleted while a backup reads them."""

    def delete(self, name: str) -> None:
        if may_delete(name):
            super().delete(name)


class BucketStorage(S3Storage):
    """Files on S3; none is deleted while a backup reads them."""

    def delete(self, name: str) -> None:
        if may_delete(name):
            super().delete(name)
