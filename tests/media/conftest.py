"""What the tests of images share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories
from tests.conftest import SignIn
from tests.media.arrivals import everything_stored


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Wagtail keeps renditions in the cache, by a key that the first image of the next test has too."""
    cache.clear()


@pytest.fixture
def new_files() -> Iterator[dict[str, bytes]]:
    """Filled with what was stored since the test began, whenever it looks."""

    class New(dict[str, bytes]):
        before = set(everything_stored())

        def look(self) -> dict[str, bytes]:
            return {name: data for name, data in everything_stored().items() if name not in self.before}

    yield New()


@pytest.fixture
def writer(sign_in: SignIn) -> Client:
    return sign_in(factories.moderator())
