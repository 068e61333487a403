"""What a scheduler has done every few minutes, one run at a time, however many machines ask for it."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from home.delivery.outbox import send_waiting
from home.media.endings import expire_consents
from home.moderation.digests import send_digests
from home.moderation.reply_timer import remind_of_replies
from home.people.handover import hand_over_drafts
from home.privacy.retention import forget_what_is_over
from practices.alerts.news import send_alerts
from practices.freshness.links import check_links
from practices.freshness.reminders import remind_of_due_sheets
from site_ocu.orphans import sweep_orphans

logger = logging.getLogger(__name__)

LOCK_FILE = "run_periodic.lock"
ADVISORY_LOCK = 0x0C0_0001  # any number that nothing else of this database uses


@dataclass(frozen=True)
class Job:
    """``run`` must be harmless when there is nothing to do, and when it is run again after a failure."""

    name: str
    run: Callable[[], object]


JOBS = (
    Job("courriers en attente", send_waiting),
    Job("accords des images", expire_consents),
    Job("publication programmée", lambda: call_command("publish_scheduled")),
    Job("rappels du jour", send_digests),
    Job("brouillons laissés", hand_over_drafts),
    Job("délais des droits de réponse", remind_of_replies),
    Job("alertes de la bibliothèque", send_alerts),
    Job("fiches à vérifier", remind_of_due_sheets),
    Job("liens des pages", check_links),
    Job("durées de conservation", forget_what_is_over),
    Job("fichiers sans propriétaire", sweep_orphans),
)


@contextmanager
def sole_run() -> Iterator[bool]:
    """Give ``True`` to one process at a time. The lock goes with its process: a crash leaves none."""
    held = _lock_of_the_database() if connection.vendor == "postgresql" else _lock_of_the_machine()
    with held as mine:
        yield mine


def run_jobs(jobs: Iterable[Job]) -> list[str]:
    """Run every job, whatever happens to the others; return the names of those that failed."""
    failed = []
    for job in jobs:
        try:
            job.run()
        except Exception:
            logger.exception("Tâche périodique en échec : %s", job.name)
            failed.append(job.name)
    return failed


@contextmanager
def _lock_of_the_database() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


@contextmanager
def _lock_of_the_machine() -> Iterator[bool]:
    """SQLite means one machine, where a file lock is enough."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / LOCK_FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
