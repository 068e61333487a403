"""Finding pages by words."""

from __future__ import annotations

from datetime import UTC, datetime

from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search.query import PlainText

from home.search.stemming import query_stems, stems

MAX_WORDS = 12
# Wagtail's SQLite backend asks for the relevance of each row with a search of its own: the time grows with the
# square of what is found. Beyond this many results nobody reads to the end, and titles tell enough.
MAX_WEIGHED = 250
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def search_pages(pages: PageQuerySet[Page], text: str) -> list[int]:
    """Primary keys of the pages among *pages* that hold every word of *text*, best first.

    Empty when no word means anything. Callers pass only what may be seen: ``Page.objects.live().public()``.
    """
    looked_for = query_stems(text)[:MAX_WORDS]
    if not looked_for:
        return []
    query = PlainText(" ".join(looked_for), operator="and")
    bare = pages.select_related(None).prefetch_related(None).only("title", "first_published_at")
    found = list(bare.search(query, order_by_relevance=False))
    if len(found) <= MAX_WEIGHED:
        return [page.pk for page in bare.search(query)]
    return [
        page.pk for page in sorted(found, key=lambda page: _by_title(page, set(looked_for)), reverse=True)
    ]


def _by_title(page: Page, looked_for: set[str]) -> tuple[int, datetime]:
    """How many of the words the title holds, then the date: the larger, the better."""
    return len(looked_for & set(stems(page.title))), page.first_published_at or LONG_AGO
