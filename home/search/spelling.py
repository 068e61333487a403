"""« Vouliez-vous dire … ? »: the words of the site nearest to one that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q

from home.search.models import Spelling
from home.search.parsing import Query, parse
from home.search.query import Found, Search
from home.search.stemming import fold
from home.search.vocabulary import SHORTEST
from home.search.words import words

SLIPS = 3  # words that are looked at, in one question
TRIED = 3
NEAR = 12  # spellings of one word whose pages are looked up, to try those of most pages
LONG = 8  # letters from which two slips may be one word's


class Slips:
    """The words of *text* that no page holds, and what its writer may have meant."""

    def __init__(self, search: Search, text: str) -> None:
        self.search = search
        self.text = text
        self._near: dict[str, list[tuple[int, str, str]]] = {}

    def read(self, unknown: Iterable[str]) -> None:
        """Look up the spellings near the words of *unknown*, and their pages: three queries, however many."""
        asked = [word for word in _mistyped(unknown) if word not in self._near]
        if not asked:
            return
        self._near |= _nearest(asked)
        tried = [parse(self.text), *self._attempts(asked)]
        self.search.index.read(tried)
        self.search.judge(tried)

    def _attempts(self, asked: list[str]) -> list[Query]:
        """What is asked with each near spelling of each word, and with the nearest of every word."""
        near = [(word, written) for word in asked for _far, written, _key in self._near[word]]
        alone = [parse(_replace(self.text, word, written)) for word, written in near]
        together = self.text
        for word in asked:
            for _far, written, _key in self._near[word][:1]:
                together = _replace(together, word, written)
        return [*alone, parse(together)]

    def corrected(self, found: Found) -> tuple[str, Found]:
        """The text with the words that no page has replaced by near ones that find more, and what it finds.

        Empty where there are none; *found* is what the text finds as it is.
        """
        self.read(found.unknown)
        corrected, best = self.text, found
        for unknown in _mistyped(found.unknown):
            for candidate in self._candidates(unknown):
                attempt = _replace(corrected, unknown, candidate)
                other = self.search.find(parse(attempt))
                if len(other.unknown) < len(best.unknown):
                    corrected, best = attempt, other
                    break
        return ("" if corrected == self.text else corrected), best

    def _candidates(self, word: str) -> list[str]:
        """The spellings nearest to *word* that some page holds, those of most pages first."""
        pages = self.search.index.postings
        held = [(far, -len(pages[key]), written) for far, written, key in self._near[word] if pages[key]]
        return [written for _far, _pages, written in sorted(held)[:TRIED]]


def _mistyped(unknown: Iterable[str]) -> list[str]:
    """The words of *unknown* but the small ones: « sans mer » is no slip."""
    meant = [word.written for word in words(" ".join(unknown)) if not word.is_stop_word]
    return meant[:SLIPS]


def _replace(text: str, word: str, other: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, text)


def _nearest(unknown: list[str]) -> dict[str, list[tuple[int, str, str]]]:
    """By each word of *unknown*, the spellings near it: how far, as written, and the key. Nearest first, one query."""
    folded = {word: fold(word) for word in unknown}
    alike = Q()
    for word in folded.values():
        if len(word) >= SHORTEST and word.isalpha():
            alike |= Q(folded__startswith=word[0]) | Q(folded__endswith=word[-3:])
    spellings = list(Spelling.objects.filter(alike).values_list("folded", "written", "key")) if alike else []
    return {word: _near_to(folded[word], spellings) for word in unknown}


def _near_to(word: str, spellings: list[tuple[str, str, str]]) -> list[tuple[int, str, str]]:
    if len(word) < SHORTEST or not word.isalpha():
        return []
    limit = 1 if len(word) < LONG else 2
    near = [
        (far, written, key)
        for folded, written, key in spellings
        if abs(len(folded) - len(word)) <= limit and 0 < (far := distance(word, folded, limit)) <= limit
    ]
    return sorted(near)[:NEAR]


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
