"""Files that no row names: what a process that was killed between a file and its row leaves behind.

A file is written before its row is committed, and deleted after: whoever dies in between leaves a file that nothing
leads to. It may show somebody, hence it goes; a day later, hence no upload under way loses its file. Once a day is
enough, and a listing of a distant storage is not free.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import timezone

from site_ocu.backups.database import file_fields
from site_ocu.backups.holding import may_delete

logger = logging.getLogger(__name__)

FOLDERS = ("original_images", "images", "documents", "wagtail_uploads", ".readyz")
DAY = datetime.timedelta(days=1)
DONE = "orphans-swept"


def sweep_orphans() -> int:
    """Delete the files older than a day that no row names, once a day; return how many."""
    if not may_delete("") or not cache.add(DONE, value=True, timeout=int(DAY.total_seconds())):
        return 0
    named = _named()
    orphans = [name for name in _stored() if name not in named and _is_old(name)]
    for name in orphans:
        default_storage.delete(name)
    if orphans:
        logger.warning("%s files that no row named were deleted", len(orphans))
    return len(orphans)


def _named() -> set[str]:
    return {
        name
        for field in file_fields()
        for name in field.model._default_manager.values_list(field.name, flat=True).iterator()
    }


def _stored() -> Iterator[str]:
    for folder in FOLDERS:
        try:
            _folders, files = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        for name in files:
            yield f"{folder}/{name}"


def _is_old(name: str) -> bool:
    return timezone.now() - default_storage.get_modified_time(name) > DAY
