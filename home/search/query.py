"""Finding pages by words: every word first, half of them when too few pages have them all.

The score is BM25's, over weights that the index worked out (title, introduction, theme, body). It is summed here and
not by the database, so that SQLite and PostgreSQL give the same pages in the same order.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.search.indexing import EVERY_PAGE, FULL
from home.search.parsing import Query, Slot
from home.search.postings import Terms, Weights, read_with_terms
from home.search.reach import Reach
from home.search.terms import NAME
from home.search.units import Key

# Fewer pages than this with every word: pages with half of the words are shown after them, or with the rare ones:
# « accès au numérique » is about « numérique ».
FEW = 10
RARE_ENOUGH = 0.3
LEAST_RARITY = 0.1

Scores = dict[int, float]


@dataclass
class Found:
    """Primary keys, best first; the first ``complete`` of them answer every word."""

    keys: list[int] = field(default_factory=list)
    complete: int = 0
    query: Query = field(default_factory=Query)
    unknown: list[str] = field(default_factory=list)  # the words that no page has

    @property
    def is_widened(self) -> bool:
        """Whether there are pages that hold only some of the words."""
        return self.complete < len(self.keys)


class Search:
    """Questions asked of the same pages: what they need is read first, for many at once, then each is answered."""

    def __init__(self, pages: PageQuerySet[Page]) -> None:
        self.index = Index()
        self.reach = Reach(pages)

    def candidates(self, query: Query) -> set[int]:
        """The pages that answer one of the words of *query*, all those of its phrases, and none of those it leaves out.

        Whether they may be seen, and hold the phrases in order, is left to be read.
        """
        found = set().union(*(self.index.answers(slot) for slot in query.slots)) - self.index.excluded(query)
        return found.intersection(*(self.index.postings[key] for key in query.phrase_keys))

    def read(self, queries: Collection[Query]) -> None:
        """Read what *queries* need: in two queries, however many they are and however many pages there are."""
        self.index.read(queries)
        self.reach.read([(query, self.candidates(query)) for query in queries])

    def find(self, query: Query) -> Found:
        """The pages that answer *query*, by what was read."""
        if not query.slots:
            return Found(query=query)
        by_slot = [self.index.answers(slot) for slot in query.slots]
        rarity = [self.index.rarity(scores) for scores in by_slot]
        allowed = self.reach.within(query, self.candidates(query))
        scores: dict[int, float] = defaultdict(float)
        asked: dict[int, float] = defaultdict(float)
        reached: dict[int, int] = defaultdict(int)
        for answers, rare in zip(by_slot, rarity, strict=True):
            for pk in allowed & answers.keys():
                scores[pk] += rare * answers[pk]
                asked[pk] += rare
                reached[pk] += 1
        complete = [pk for pk in allowed if reached[pk] == len(by_slot)]
        partial = _half(by_slot, rarity, allowed, reached, asked) if len(complete) < FEW else []
        order = sorted(complete, key=lambda pk: (-scores[pk], -pk))
        order += sorted(partial, key=lambda pk: (-scores[pk], -pk))
        answered = zip(query.slots, by_slot, strict=True)
        unknown = [slot.written for slot, found in answered if not allowed & found.keys()]
        return Found(order, len(complete), query, unknown)


def _half(
    by_slot: list[Scores],
    rarity: list[float],
    allowed: set[int],
    reached: dict[int, int],
    asked: dict[int, float],
) -> list[int]:
    """Those of *allowed* that hold not all but half of the words, or of what they ask for by their *rarity*.

    A word that no page has asks for nothing: it would keep away all that answers the others.
    """
    known = [rare for answers, rare in zip(by_slot, rarity, strict=True) if allowed & answers.keys()]
    enough, rare_enough = math.ceil(len(known) / 2), sum(known) * RARE_ENOUGH
    return [
        pk
        for pk in allowed
        if reached[pk] < len(by_slot) and (reached[pk] >= enough or asked[pk] >= rare_enough)
    ]


class Index:
    """What the index says of the keys of some queries."""

    def __init__(self) -> None:
        self.postings: dict[str, Weights] = defaultdict(dict)
        self.terms: Terms = defaultdict(list)
        self._read: set[str] = set()
        self._known: dict[str, Scores] = {}

    def read(self, queries: Iterable[Query]) -> None:
        """Read what the index says of the keys of *queries*, in one query; nothing twice."""
        keys = set().union({EVERY_PAGE}, *(query.keys for query in queries)) - self._read
        if not keys:
            return
        postings, terms = read_with_terms(keys)
        self.postings.update(postings)
        self.terms.update(terms)
        self._read |= keys

    def rarity(self, answers: Scores) -> float:
        """BM25's inverse document frequency."""
        every, having = len(self.postings[EVERY_PAGE]), len(answers)
        return max(LEAST_RARITY, math.log(1 + (every - having + 0.5) / (having + 0.5)))

    def answers(self, slot: Slot) -> Scores:
        """The pages that answer *slot* in one of its ways, with the best score that one gives them (0 to 1)."""
        best: Scores = {}
        for keys, worth in slot.ways:
            for pk, score in self._all_of(keys).items():
                best[pk] = max(worth * score, best.get(pk, 0.0))
        return best

    def excluded(self, query: Query) -> set[int]:
        """The pages that hold, or are named with, what *query* leaves out."""
        found: set[int] = set()
        for keys in query.excluded:
            found |= set.intersection(*(self._named(key) for key in keys))
        return found

    def _named(self, key: str) -> set[int]:
        names = [self.postings[term] for term, weight in self.terms[key] if weight >= NAME]
        return set(self.postings[key]).union(*names)

    def _all_of(self, keys: Key) -> Scores:
        first, *others = [self._of(key) for key in keys]
        if not others:
            return first
        return {
            pk: sum((other[pk] for other in others), score) / len(keys)
            for pk, score in first.items()
            if all(pk in other for other in others)
        }

    def _of(self, key: str) -> Scores:
        """The pages that hold *key* or carry a term that it leads to; two reasons count more than one."""
        if key not in self._known:
            scores = {pk: weight / FULL for pk, weight in self.postings[key].items()}
            for term, weight in self.terms[key]:
                share = weight / FULL
                for pk in self.postings[term]:
                    own = scores.get(pk, 0.0)
                    scores[pk] = own + share * (1 - own)
            self._known[key] = scores
        return self._known[key]
