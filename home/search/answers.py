"""The answer to what somebody typed: the pages that hold its words, or those of the nearest spelling.

A slip of the finger gives the same answer on every list – the site's search, the library – and is said beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.search.query import Found, Search
from home.search.spelling import Slips


@dataclass(frozen=True)
class Answer:
    """The pages found, the words that found them, and another spelling of what was typed where one finds more."""

    found: Found
    shown: str
    nearest: str = ""

    @property
    def is_corrected(self) -> bool:
        """Whether no page holds what was typed, so that those of the nearest spelling are given."""
        return bool(self.nearest) and self.shown == self.nearest


def answer(pages: PageQuerySet[Page], text: str) -> Answer:
    """The pages among *pages* that answer *text*; those of its nearest spelling where none holds every word.

    In two queries, or four for one who slipped, however many times.
    """
    search = Search(pages)
    slips = Slips(search, text)
    slips.read()
    found = search.find(slips.query)
    nearest, better = slips.corrected(found) if found.unknown else ("", found)
    return Answer(found, text, nearest) if found.complete or not nearest else Answer(better, nearest, nearest)


def search_pages(pages: PageQuerySet[Page], text: str) -> list[int]:
    """Primary keys of the pages among *pages* that answer *text*, best first.

    Empty when no word means anything. Callers pass only what may be seen: ``Page.objects.live().public()``.
    """
    return answer(pages, text).found.keys
