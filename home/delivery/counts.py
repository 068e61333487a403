"""Counting what a visitor does in a stretch of time, exactly, by all processes together, and without their address.

Redis and the other caches count by themselves. The cache on files cannot: there a table of fixed size is kept beside
it, in which a visitor is two places drawn from a keyed hash. No address can be read from either.
"""

from __future__ import annotations

import fcntl
import logging
import os
import struct
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.filebased import FileBasedCache
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

SALT = "home.counts"
PLACES = 1 << 17
WIDTH = 2  # bytes
MOST = (1 << 8 * WIDTH) - 1


def count(what: str, seconds: int) -> tuple[int, int]:
    """Count *what* once more; how often that was in the current stretch of *seconds*, and how long it still lasts.

    The number may be too high for a few when thousands of visitors are counted at once, and never too low. Where
    nothing can be counted it is 0: a cache that is gone must not close the site.
    """
    now = int(timezone.now().timestamp())
    stretch, left = now // seconds, seconds - now % seconds
    digest = salted_hmac(SALT, f"{seconds}|{stretch}|{what}", algorithm="sha256").digest()
    try:
        return _count(digest, seconds, stretch), left
    except Exception:  # each cache has its own errors
        logger.exception("Nothing can be counted")
        return 0, left


def _count(digest: bytes, seconds: int, stretch: int) -> int:
    if isinstance(caches["default"], FileBasedCache):
        return _count_in_table(digest, f"{seconds}-", stretch)
    key = f"count:{digest.hex()}"
    while True:
        cache.add(key, 0, seconds)
        with suppress(ValueError):  # it has just expired
            return int(cache.incr(key))


def _count_in_table(digest: bytes, kind: str, stretch: int) -> int:
    """A count-min sketch with two rows in one file, each step alone with it."""
    folder = Path(settings.DATA_DIR) / "counts"
    folder.mkdir(parents=True, exist_ok=True)
    table = os.open(folder / f"{kind}{stretch}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(table, fcntl.LOCK_EX)
        if not os.fstat(table).st_size:
            _forget_older(folder, kind, stretch)
        places = [place % PLACES * WIDTH for place in struct.unpack(">2I", digest[:8])]
        counts = [int.from_bytes(os.pread(table, WIDTH, place), "big") for place in places]
        number = min(*counts, MOST - 1) + 1
        for place, known in zip(places, counts, strict=True):
            if known < number:
                os.pwrite(table, number.to_bytes(WIDTH, "big"), place)
        return number
    finally:
        os.close(table)


def _forget_older(folder: Path, kind: str, stretch: int) -> None:
    """Take away the tables of stretches that are over. One may be in use by who began a moment before."""
    for table in folder.glob(f"{kind}*"):
        if int(table.name.removeprefix(kind)) < stretch - 1:
            table.unlink(missing_ok=True)
