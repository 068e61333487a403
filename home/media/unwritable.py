"""Media that take no new file: pages are shown without the sizes that are not there yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction
from wagtail.images.models import SourceImageIOError

from home.pages.outages import outage_behind


@contextmanager
def shown_without() -> Iterator[None]:
    """Raise what Wagtail's tags take for an image that can't be shown, where the storage is full or read-only."""
    # A savepoint, for whoever has a transaction: what fails inside must not spoil it.
    aside = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with aside:
            yield
    except OSError as error:
        if outage_behind(error) is None:
            raise
        raise SourceImageIOError(str(error)) from error
