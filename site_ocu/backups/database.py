"""The database of a backup, whichever it is: a snapshot to read from, and what takes its place again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models

from home.media.files import file_fields
from site_ocu.backups import postgresql, sqlite


class Snapshot(Protocol):
    """One state of the database, however much is written meanwhile."""

    engine: str

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]: ...

    def chunks(self) -> Iterator[bytes]: ...


def engine() -> str:
    """Which database this installation has: « sqlite » or « postgresql »."""
    return connection.vendor


def snapshot() -> AbstractContextManager[Snapshot]:
    """Hold one state of the database for the time of the block."""
    return postgresql.snapshot() if engine() == "postgresql" else sqlite.snapshot()


def replacement() -> AbstractContextManager[Callable[[bytes], object]]:
    """Give what takes the pieces of a snapshot; at the end of the block it takes the place of the database."""
    return postgresql.replacement() if engine() == "postgresql" else sqlite.replacement()


def tables() -> list[type[models.Model]]:
    """The models whose rows are kept."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def naming(field: models.FileField) -> str:
    """The statement that gives the names of the files of *field*."""
    table, column = map(connection.ops.quote_name, (field.model._meta.db_table, str(field.column)))
    return f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''"  # noqa: S608  (names of our models)


def named_in(snapshot: Snapshot) -> set[str]:
    """The files that a row of *snapshot* names."""
    fields = [field for field in file_fields() if field.storage == default_storage]
    return {name for field in fields for (name,) in snapshot.rows(naming(field))}


def counts_in(snapshot: Snapshot) -> dict[str, int]:
    """How many rows each table of *snapshot* holds."""
    names = sorted(model._meta.db_table for model in tables())
    count = "SELECT COUNT(*) FROM {}"
    return {
        name: next(iter(snapshot.rows(count.format(connection.ops.quote_name(name)))))[0] for name in names
    }


def migrations_in(snapshot: Snapshot) -> list[list[str]]:
    """The migrations that *snapshot* has behind it."""
    return [list(row) for row in snapshot.rows("SELECT app, name FROM django_migrations ORDER BY id")]
