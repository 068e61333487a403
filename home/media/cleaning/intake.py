"""The one way into the site for a file: what it is, whether it is welcome, and what is left of it."""

from __future__ import annotations

import threading
from collections.abc import Collection

from home.media.cleaning import apart, limits, text
from home.media.cleaning.answers import Cleaned, Refused
from home.media.cleaning.image import clean as clean_image
from home.media.cleaning.kinds import IMAGES, Kind, kind_of

# Read by C libraries of many parts: in a process of their own, with walls around it.
APART = frozenset({Kind.PDF, Kind.OFFICE, Kind.OPEN_DOCUMENT, Kind.AVIF, Kind.HEIC})
# One at a time in each process of the site: what one file may take, several must not take together.
_one_at_a_time = threading.BoundedSemaphore(1)


def take(data: bytes, extension: str, welcome: Collection[Kind]) -> Cleaned:
    """*data* cleaned, when it is of a kind that is *welcome*. Raises ``Refused``.

    The answer has the extension of what it holds. *extension*, that of its name, is asked only of texts, which
    nothing but their name tells apart.
    """
    if not data:
        raise Refused("empty")
    kind = kind_of(data)
    if kind not in welcome:
        raise Refused(_refusal(kind, welcome), found=kind.value)
    if not _one_at_a_time.acquire(timeout=limits.SECONDS):
        raise Refused("busy")
    try:
        return _clean(data, extension, kind)
    finally:
        _one_at_a_time.release()


def _clean(data: bytes, extension: str, kind: Kind) -> Cleaned:
    if kind in APART:
        return apart.clean(data, kind)
    if kind is Kind.TEXT:
        return text.clean(data, extension)
    return clean_image(data, kind)


def _refusal(kind: Kind, welcome: Collection[Kind]) -> str:
    if kind in (Kind.MARKUP, Kind.ARCHIVE, Kind.OLD_OFFICE):
        return kind.value
    return "no_image" if set(welcome) <= IMAGES else "no_document"
