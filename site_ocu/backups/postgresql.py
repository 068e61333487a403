"""The snapshot of a PostgreSQL database by pg_dump, and the way back in one transaction.

Rows that we read and those that pg_dump writes are of one snapshot, which our transaction exports to it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast

from django.db import connection, transaction

from site_ocu.backups.archive import BackupError

CHUNK = 4 * 1024 * 1024
# Written by clients of version 17 whatever the server; an older server refuses to know it.
UNKNOWN_TO_OLDER = b"SET transaction_timeout = 0;\n"


class PostgresSnapshot:
    engine = "postgresql"

    def __init__(self, name: str) -> None:
        self._name = name

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(statement)
            yield from cursor

    def chunks(self) -> Iterator[bytes]:
        """What pg_dump writes, piece by piece. Raises ``BackupError`` with its words when it fails."""
        command = [program("pg_dump"), "-Fc", "--no-owner", "--no-privileges", f"--snapshot={self._name}"]
        with tempfile.TemporaryFile() as said:
            dump = _started(command, stdout=subprocess.PIPE, stderr=said)
            with cast("IO[bytes]", dump.stdout) as content:
                while piece := content.read(CHUNK):
                    yield piece
            if dump.wait():
                raise BackupError(f"pg_dump a échoué : {_words(said)}")


@contextmanager
def snapshot() -> Iterator[PostgresSnapshot]:
    """Hold one state of the database for the time of the block."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield PostgresSnapshot(cursor.fetchone()[0])


@contextmanager
def replacement() -> Iterator[Any]:
    """Give what takes the pieces of a dump; at the end of the block what it holds takes the place of what there is.

    One transaction: readers wait for its end, and anything that fails before leaves the database as it was.
    """
    commands = [program("pg_restore"), "-f", "-", "--no-owner", "--no-privileges"]
    script = [
        program("psql"),
        "--no-psqlrc",
        "--quiet",
        "-v",
        "ON_ERROR_STOP=1",
        "-o",
        "/dev/null",
        "-f",
        "-",
    ]
    first = f"BEGIN;\n{_dropping()}"
    with tempfile.TemporaryFile() as said:
        reading = _started(commands, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
        writing = _started(script, stdin=subprocess.PIPE, stderr=said)
        passing = threading.Thread(target=_pass_on, args=(reading, writing, first.encode()), daemon=True)
        passing.start()
        pieces, statements = cast("IO[bytes]", reading.stdin), cast("IO[bytes]", writing.stdin)
        try:
            with suppress(BrokenPipeError):
                yield pieces.write
            with suppress(BrokenPipeError):
                pieces.close()
            passing.join()
            if reading.wait() == 0:
                with suppress(BrokenPipeError):
                    statements.write(b"COMMIT;\n")
            with suppress(BrokenPipeError):
                statements.close()
            if reading.returncode or writing.wait():
                raise BackupError(f"La base n’a pas pu être restaurée, elle est comme avant : {_words(said)}")
        finally:
            for process in (writing, reading):
                process.kill()
                process.wait()


def _pass_on(reading: subprocess.Popen[bytes], writing: subprocess.Popen[bytes], first: bytes) -> None:
    """From pg_restore to psql, which commits only what it is told to commit."""
    source, target = cast("IO[bytes]", reading.stdout), cast("IO[bytes]", writing.stdin)
    with source, suppress(BrokenPipeError):
        target.write(first)
        target.write(source.read(CHUNK).replace(UNKNOWN_TO_OLDER, b"", 1))
        shutil.copyfileobj(source, target)
        target.flush()
        return
    reading.kill()  # psql has stopped, and said why


def _dropping() -> str:
    """What takes away the tables there are: those of a later version are not in the dump, and must go too."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    quoted = ", ".join(map(connection.ops.quote_name, tables))
    return f"DROP TABLE IF EXISTS {quoted} CASCADE;\n" if tables else ""


def program(name: str) -> str:
    """Where the program is. Raises ``BackupError`` when it is missing, or older than the server."""
    path = shutil.which(name)
    if path is None:
        raise BackupError(
            f"Il manque le programme « {name} » : installez le paquet Debian postgresql-client (packages/debian.txt)."
        )
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = re.search(r"\b(\d+)\.?", said)
    server = connection.pg_version // 10_000  # type: ignore[attr-defined]  # of PostgreSQL's wrapper
    if not found or int(found[1]) < server:
        raise BackupError(
            f"« {said.strip()} » est plus ancien que le serveur PostgreSQL {server} : "
            f"installez postgresql-client-{server}."
        )
    return path


def _started(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Its password goes through the environment: arguments can be read by everybody on the machine."""
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGSSLMODE": settings["OPTIONS"].get("sslmode"),
        "PGCLIENTENCODING": "UTF8",
    }
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    return subprocess.Popen(command, env=environment, **options)  # noqa: S603


def _words(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode(errors="replace").strip()[-1000:]
