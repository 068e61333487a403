"""« Vouliez-vous dire … ? »: the words of the site nearest to one that nobody wrote."""

from __future__ import annotations

import re

from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.search.models import Spelling
from home.search.postings import read
from home.search.query import Found, find
from home.search.stemming import fold
from home.search.vocabulary import SHORTEST
from home.search.words import words

TRIED = 3
LONG = 8  # letters from which two slips may be one word's


def did_you_mean(pages: PageQuerySet[Page], text: str, found: Found) -> tuple[str, Found]:
    """*text* with the words that no page has replaced by near ones that find more, and what it finds.

    Empty where there are none; *found* is what *text* finds as it is.
    """
    corrected, best = text, found
    for unknown in _mistyped(found):
        for candidate in _nearest(fold(unknown)):
            attempt = re.sub(rf"(?<!\w){re.escape(unknown)}(?!\w)", candidate, corrected)
            if attempt != corrected and len((other := find(pages, attempt)).unknown) < len(best.unknown):
                corrected, best = attempt, other
                break
    return ("" if corrected == text else corrected), best


def _mistyped(found: Found) -> list[str]:
    """The words that no page has, but the small ones among them: « sans mer » is no slip."""
    unknown = words(" ".join(found.unknown))
    return [word.written for word in unknown if not word.is_stop_word][:TRIED]


def _nearest(word: str) -> list[str]:
    """The spellings nearest to the folded *word*, those of most pages first."""
    if len(word) < SHORTEST or not word.isalpha():
        return []
    limit = 1 if len(word) < LONG else 2
    alike = Q(folded__startswith=word[0]) | Q(folded__endswith=word[-3:])
    near: list[tuple[int, str, str]] = []
    for folded, written, key in Spelling.objects.filter(alike).values_list("folded", "written", "key"):
        if abs(len(folded) - len(word)) <= limit and 0 < (far := distance(word, folded, limit)) <= limit:
            near.append((far, written, key))
    near.sort()
    if (
        len(near) < 2 or near[0][0] < near[1][0]
    ):  # one word is nearer than all others: no need to compare them
        return [written for _far, written, _key in near[:TRIED]]
    pages = read({key for _far, _written, key in near})
    near.sort(key=lambda one: (one[0], -len(pages[one[2]]), one[1]))
    return [written for _far, written, key in near if pages[key]][:TRIED]


def distance(one: str, other: str, limit: int) -> int:
    """How many letters to add, drop, change or swap with their neighbour; *limit* + 1 where it is more.

    The restricted Damerau–Levenshtein distance.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, opposite in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
