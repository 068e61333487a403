"""Whether the site can do its work: what ``/readyz`` asks, by name. The details are in the log.

What a name stands for, and what to do about it, is in docs/runbook.md.
"""

from __future__ import annotations

import datetime
import logging
import shutil
import time
from collections.abc import Callable
from functools import cache as once
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

logger = logging.getLogger(__name__)

PROBE_KEY, RUN_KEY = "readyz", "run_periodic"
PROBED = ".readyz/"  # in the media: files of a moment, which no row names
REMEMBERED = 15  # seconds that the answer of a dearer probe is good for, in each process
LATE = datetime.timedelta(minutes=20)  # run_periodic is called every five
LITTLE_DISK = 500 * 1024 * 1024  # bytes: a database, its journal and a few uploads

Probe = Callable[[], bool]
_answers: dict[Probe, tuple[float, bool]] = {}


def failing() -> list[str]:
    """The names of what does not work: without it the site can't answer."""
    probes: dict[str, Probe] = {
        "database": database_answers,
        "cache": cache_answers,
        "media": lambda: remembered(media_can_be_written),
        "migrations": lambda: remembered(migrations_are_applied),
    }
    return [name for name, probe in probes.items() if not probe()]


def warnings() -> list[str]:
    """The names of what wants somebody's attention while the site goes on."""
    probes: dict[str, Probe] = {
        "periodic": lambda: remembered(periodic_ran),
        "disk": lambda: remembered(disk_has_room),
    }
    return [name for name, probe in probes.items() if not probe()]


def remembered(probe: Probe) -> bool:
    """What *probe* said, asked again after a few seconds: who asks often costs little."""
    asked_at, answer = _answers.get(probe, (float("-inf"), False))
    if time.monotonic() - asked_at > REMEMBERED:
        answer = probe()
        _answers[probe] = (time.monotonic(), answer)
    return answer


def forget_answers() -> None:
    """Ask everything anew next time."""
    _answers.clear()


def note_periodic_run() -> None:
    """Called by run_periodic once it is through. A cache that is away is told by the probe of the cache."""
    try:
        cache.set(RUN_KEY, timezone.now(), None)
    except Exception:
        logger.exception("The run could not be noted in the cache")


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            # A table: a SQLite file that is gone is made anew, empty, by whoever asks for it.
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        return False
    return True


def cache_answers() -> bool:
    """Write and read back one value. Each cache has its own errors, hence the wide net."""
    try:
        cache.set(PROBE_KEY, "ok", 30)
        return bool(cache.get(PROBE_KEY) == "ok")
    except Exception:
        logger.exception("The cache does not answer")
        return False


def media_can_be_written() -> bool:
    """Keep and delete one small file. Each storage has its own errors as well."""
    try:
        default_storage.delete(default_storage.save(f"{PROBED}{uuid4().hex}", ContentFile(b"ok")))
    except Exception:
        logger.exception("The media can't be written")
        return False
    return True


def migrations_are_applied() -> bool:
    """Whether the database has all that this code expects."""
    try:
        return _expected() <= set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        logger.exception("The migrations can't be read")
        return False


def periodic_ran() -> bool:
    try:
        last = cache.get(RUN_KEY)
    except Exception:
        logger.exception("The last run can't be read from the cache")
        return False
    return isinstance(last, datetime.datetime) and timezone.now() - last < LATE


def disk_has_room() -> bool:
    """Where the data and, on this machine, the media are."""
    places = {Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)}
    return all(shutil.disk_usage(place).free > LITTLE_DISK for place in places if place.exists())


@once
def _expected() -> frozenset[tuple[str, str]]:
    """Read from the disk once: code does not change under a process."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
