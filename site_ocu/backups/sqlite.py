"""The snapshot of a SQLite database, and the way back, through SQLite's own online backup.

It reads one consistent state while others write, and writes in one transaction into the file that others have open:
they read the old content until the new one is committed, and a process that dies in between leaves the old one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext

from site_ocu.backups.archive import BackupError

CHUNK = 4 * 1024 * 1024
FOLDER = ".snapshot-"
# Where the header of a database says that it has a write-ahead log, and what says that it has none.
LOG_MODE, NO_LOG = 18, b"\x01\x01"
PATIENCE = 60  # seconds for a writer to end
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class SqliteSnapshot:
    engine = "sqlite"

    def __init__(self, copy: sqlite3.Connection, file: int) -> None:
        self._copy, self._file = copy, file

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        yield from self._copy.execute(statement)

    def chunks(self) -> Iterator[bytes]:
        """The database file, piece by piece."""
        os.lseek(self._file, 0, os.SEEK_SET)
        while piece := os.read(self._file, CHUNK):
            yield piece


@contextmanager
def snapshot() -> Iterator[SqliteSnapshot]:
    """Copy the database, then give what reads the copy."""
    connection.ensure_connection()
    with _beside() as path:
        copy_to(path)
        with _opened(path) as (copy, file):
            yield SqliteSnapshot(copy, file)


def copy_to(path: Path) -> None:
    """Write what is committed to a new database at *path*. Raise ``BackupError`` if somebody writes without an end."""
    until = time.monotonic() + PATIENCE

    def wait(status: int, remaining: int, total: int) -> None:
        if status in BUSY and time.monotonic() > until:
            raise BackupError(gettext("La base est occupée depuis une minute : réessayez plus tard."))

    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode=OFF")
        connection.connection.backup(copy, progress=wait)


@contextmanager
def replacement() -> Iterator[Callable[[bytes], object]]:
    """Give what takes the pieces of another database; at the end of the block it takes the place of ours."""
    with _beside() as path:
        with path.open("wb") as file:
            yield file.write
        with _opened(path) as (source, _file):
            _refuse_broken(source)
            _take_place(source)


@contextmanager
def _beside() -> Iterator[Path]:
    """The path of another database, in a folder that is ours alone and goes."""
    folder = Path(settings.DATA_DIR)
    for left in folder.glob(f"{FOLDER}*"):  # of a process that was killed: we hold the lock
        shutil.rmtree(left, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=FOLDER, dir=folder) as place:
        yield Path(place) / "db.sqlite3"


@contextmanager
def _opened(path: Path) -> Iterator[tuple[sqlite3.Connection, int]]:
    """The copy at *path*, which has no name any more: a process that is killed leaves nothing of it."""
    file = os.open(path, os.O_RDWR)
    try:
        if os.fstat(file).st_size > LOG_MODE:
            os.pwrite(file, NO_LOG, LOG_MODE)  # else SQLite would look for the log beside it
        with closing(sqlite3.connect(path)) as copy:
            with suppress(sqlite3.DatabaseError):
                copy.execute("SELECT 1 FROM sqlite_master").fetchone()  # it has its file open from here on
            path.unlink()
            yield copy, file
    finally:
        os.close(file)


def _refuse_broken(source: sqlite3.Connection) -> None:
    try:
        answer = source.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise BackupError(
            f"La base de cette sauvegarde est abîmée ({answer}) : la vôtre n’a pas été touchée."
        )


def _take_place(source: sqlite3.Connection) -> None:
    connection.close()
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=PATIENCE)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        source.backup(live)
