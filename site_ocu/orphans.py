"""The files that nothing names, deleted once a day: a listing of a distant storage is not free."""

from __future__ import annotations

import logging

from django.core.cache import cache
from django.core.files.storage import default_storage

from home.media.left_behind import DAY, left_behind
from site_ocu.backups.holding import may_delete

logger = logging.getLogger(__name__)

DONE = "orphans-swept"


def sweep_orphans() -> int:
    """Delete the files older than a day that no row names, once a day; return how many."""
    if not may_delete("") or not cache.add(DONE, value=True, timeout=int(DAY.total_seconds())):
        return 0
    orphans = list(left_behind())
    for name in orphans:
        default_storage.delete(name)
    if orphans:
        logger.warning("%s files that no row named were deleted", len(orphans))
    return len(orphans)
