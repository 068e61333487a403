"""Which pages a question is asked of: those that may be seen and hold the phrases in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db.models import CharField, Exists, IntegerField, Q, Value
from django.db.models.functions import Cast
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.search.models import Spelling
from home.search.parsing import Phrasing, Query

# More candidates than this are compared with all the pages there are, fewer are asked for one by one.
MANY = 500
WITNESSES = 50
NO_PAGE = -1

Near = tuple[str, str, str]  # a spelling: folded, as written, and its key


class Reach:
    """The pages within reach; what was read of them for one query is not read again for the next."""

    def __init__(self, pages: PageQuerySet[Page]) -> None:
        self._pages = pages.select_related(None).prefetch_related(None).order_by()
        self._judged: dict[Phrasing, set[int]] = defaultdict(set)
        self._within: dict[Phrasing, set[int]] = defaultdict(set)

    def read(self, asked: Iterable[tuple[Query, set[int]]], spellings: Q | None = None) -> list[Near]:
        """Read which candidates of each query are within its reach, and beside them the *spellings*: in one query."""
        unread: dict[Phrasing, set[int]] = defaultdict(set)
        for query, candidates in asked:
            unread[query.phrasing] |= candidates - self._judged[query.phrasing]
        phrasings = [phrasing for phrasing, candidates in unread.items() if candidates]
        parts = [self._rows(number, phrasing, unread[phrasing]) for number, phrasing in enumerate(phrasings)]
        near: list[Near] = []
        for number, pk, folded, written, key in _together([*parts, *_spelled(spellings)]):
            if number == NO_PAGE:
                near.append((folded, written, key))
            else:
                self._within[phrasings[number]].add(pk)
        for phrasing in phrasings:
            self._judged[phrasing] |= unread[phrasing]
        return near

    def within(self, query: Query, candidates: set[int]) -> set[int]:
        """Those of *candidates* that were read and are within the reach of *query*."""
        return candidates & self._within[query.phrasing]

    def beyond(self, query: Query, candidates: set[int]) -> Q:
        """True, in the database, where none of *candidates* is within the reach of *query*.

        Of many candidates only some are asked: whoever reads on this condition may read too much, never too little.
        """
        witnesses = list(islice(candidates, WITNESSES))
        return Q(~Exists(self._narrowed(query.phrasing).filter(pk__in=witnesses))) if witnesses else Q()

    def _narrowed(self, phrasing: Phrasing) -> PageQuerySet[Page]:
        """The pages that hold the phrases asked for, and none of those left out."""
        pages = self._pages
        for phrase in phrasing.held:
            pages = pages.filter(search_text__sequence__contains=phrase)
        left_out = Q()
        for phrase in phrasing.left_out:
            left_out |= Q(search_text__sequence__contains=phrase)
        return pages.exclude(left_out) if left_out else pages

    def _rows(self, number: int, phrasing: Phrasing, candidates: set[int]) -> Any:
        pages = self._narrowed(phrasing)
        asked = pages.filter(pk__in=candidates) if len(candidates) <= MANY else pages
        return asked.values_list(_number(number), "pk", *[Cast(Value(""), CharField())] * 3)


def _spelled(spellings: Q | None) -> list[Any]:
    """The spellings asked for, as rows beside those of pages."""
    if spellings is None:
        return []
    listed = Spelling.objects.filter(spellings)
    return [listed.values_list(_number(NO_PAGE), _number(NO_PAGE), "folded", "written", "key")]


def _number(number: int) -> Cast:
    return Cast(Value(number), IntegerField())


def _together(parts: list[Any]) -> Any:
    return parts[0].union(*parts[1:], all=True) if parts else []
