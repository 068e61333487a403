"""What in a text may lead to a person: numbers, addresses, birth dates, names.

It warns and never blocks: whoever writes or reviews decides. Measured on ``tests/moderation/passages.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Page

from home.moderation.scanner.finding import Finding, scan, scan_passages
from home.moderation.scanner.passages import Rows, passages
from home.moderation.scanner.spans import Kind

__all__ = ["Finding", "Kind", "findings", "scan"]


def findings(page: Page, *, rows: Rows | None = None, tags: Iterable[str] | None = None) -> list[Finding]:
    """What stands anywhere in *page*, saved or not; *rows* and *tags* replace its own."""
    return scan_passages(passages(page, rows=rows, tags=tags))
