"""Finding pages by words."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search.query import PlainText

from home.search.stemming import query_stems

MAX_WORDS = 12


def search_pages(pages: PageQuerySet[Page], text: str) -> Any:
    """The pages among *pages* that hold every word of *text*, best first; none when no word means anything.

    Callers pass only what may be seen: ``Page.objects.live().public()``.
    """
    looked_for = query_stems(text)[:MAX_WORDS]
    if not looked_for:
        return pages.none()
    return pages.search(PlainText(" ".join(looked_for), operator="and"))
