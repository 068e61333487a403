"""Signing in, as if each request committed what it did."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def committed() -> Iterator[None]:
    """What waits for a commit happens at once: tests never commit, and allauth then changes the session."""
    cache.clear()
    with mock.patch("django.db.transaction.on_commit", lambda what, *args, **kwargs: what()):
        yield
