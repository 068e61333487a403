"""What the tests of images share."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Wagtail keeps renditions in the cache, by a key that the first image of the next test has too."""
    cache.clear()
