"""Collecting static files only when one changed: hashing and compressing all of them takes seconds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = "static.sha256"


def fingerprint() -> str:
    """A hash that changes with the place, size or time of any static file, and with where they go."""
    files = [
        f"{storage.path(name)} {storage.size(name)} {storage.get_modified_time(name).timestamp()}"
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    target = [settings.STORAGES["staticfiles"]["BACKEND"], str(settings.STATIC_ROOT)]
    return hashlib.sha256("\n".join([*target, *sorted(files)]).encode()).hexdigest()


def collect_if_changed() -> bool:
    """Run ``collectstatic`` unless the last run saw the same files; return whether it ran."""
    stamp = settings.DATA_DIR / STAMP
    current = fingerprint()
    if stamp.exists() and stamp.read_text() == current and Path(settings.STATIC_ROOT).is_dir():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(current)
    return True
