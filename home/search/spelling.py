"""« Vouliez-vous dire … ? »: the words of the site nearest to one that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from itertools import product
from operator import or_

from django.db.models import Q

from home.search.parsing import parse
from home.search.query import Found, Search
from home.search.reach import Near
from home.search.stemming import fold
from home.search.vocabulary import SHORTEST
from home.search.words import words

SLIPS = 3  # words that are looked at, in one question
TRIED = 3
NEAR = 12  # spellings of one word whose pages are looked up, to try those of most pages
LONG = 8  # letters from which two slips may be one word's


class Slips:
    """The words of *text* that no page within reach holds, and what its writer may have meant."""

    def __init__(self, search: Search, text: str) -> None:
        self.search = search
        self.text = text
        self.query = parse(text)
        self._read: list[Near] = []
        self._near: dict[str, list[tuple[int, str, str]]] = {}

    def read(self) -> None:
        """Read which pages answer the text, and the spellings near those of its words that none of them holds.

        In two queries: most people mistype nothing, and nobody knows before.
        """
        self.search.index.read([self.query])
        candidates = self.search.candidates(self.query)
        self._read = self.search.reach.read([(self.query, candidates)], self._unheld(candidates))

    def _unheld(self, candidates: set[int]) -> Q | None:
        """What is true of the spellings that may be near a word that none of *candidates* within reach holds."""
        near: list[Q] = []
        for slot in self.query.slots:
            alike = [like for word in _mistyped([slot.written]) if (like := _alike(fold(word)))]
            if alike:
                holding = candidates & self.search.index.answers(slot).keys()
                near.append(self.search.reach.beyond(self.query, holding) & reduce(or_, alike))
        return reduce(or_, near) if near else None

    def corrected(self, found: Found) -> tuple[str, Found]:
        """The text with the words that no page has replaced by near ones that find more, and what it finds.

        Empty where there are none; *found* is what the text finds as it is. In two queries, however many slips: the
        equivalents of words that several rarer spellings make up together are not read.
        """
        mistyped = _mistyped(found.unknown)
        self._near = {word: _near_to(fold(word), self._read) for word in mistyped}
        self.search.read([parse(attempt) for attempt in self._attempts(mistyped)])
        corrected, best = self.text, found
        for unknown in mistyped:
            for candidate in self._candidates(unknown):
                attempt = _replace(corrected, unknown, candidate)
                other = self.search.find(parse(attempt))
                if len(other.unknown) < len(best.unknown):
                    corrected, best = attempt, other
                    break
        return ("" if corrected == self.text else corrected), best

    def _attempts(self, mistyped: list[str]) -> list[str]:
        """The text with each near spelling of each word, and with the nearest ones of all words together."""
        near = {word: [written for _far, written, _key in self._near[word]] for word in mistyped}
        alone = [_replace(self.text, word, written) for word in mistyped for written in near[word]]
        nearest = [near[word][:TRIED] or [word] for word in mistyped]
        together = [self._rewritten(zip(mistyped, chosen, strict=True)) for chosen in product(*nearest)]
        return [*alone, *together]

    def _rewritten(self, changes: Iterable[tuple[str, str]]) -> str:
        return reduce(lambda text, change: _replace(text, *change), changes, self.text)

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


def _alike(word: str) -> Q:
    """True of every spelling that may be near *word*, and of many that are not; nothing where none may be."""
    if len(word) < SHORTEST or not word.isalpha():
        return Q()
    return Q(folded__startswith=word[0]) | Q(folded__endswith=word[-3:])


def _near_to(word: str, spellings: list[Near]) -> list[tuple[int, str, str]]:
    """Those of *spellings* that are near *word*, nearest first: how far, as written, and the key."""
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
