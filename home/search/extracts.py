"""The passage of a page that answers, with the words marked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from home.search.indexing import body_texts
from home.search.parsing import Query, parse
from home.search.units import Key
from home.search.words import Word, joined, readable, words

if TYPE_CHECKING:
    from home.pages.base import BasePage

LENGTH = 34  # words
NEAR = 3  # words between those of « titre de séjour »
LEAD = 6  # words before the first one marked, when the sentence begins earlier
SENTENCE_ENDS = ".!?…;:"

parsed = lru_cache(maxsize=64)(parse)


@dataclass(frozen=True)
class Hit:
    """Where a text answers: its words from ``first`` to ``last``; 1 for the word itself, less for another word."""

    first: int
    last: int
    slot: int
    worth: float


def marked(text: str, typed: str) -> SafeString:
    """*text* with the words of the query *typed* in ``<mark>``."""
    plain = readable(str(text))
    found = words(plain)
    return _with_marks(plain, [_place(found, hit) for hit in _hits(found, parsed(typed))])


def extract(page: BasePage, typed: str) -> SafeString:
    """The sentences of *page* that answer *typed* best, the words marked; its introduction where none does."""
    query = parsed(typed)
    best: tuple[str, int, list[Word]] = ("", 0, [])
    best_worth = -1.0
    for place, part in enumerate([page.introduction, *body_texts(page, own_words=True)]):
        text = readable(str(part))
        found = words(text)
        worth, first = _best_passage(_hits(found, query))
        if place == 0:
            worth *= 1.2  # what was written to introduce the page reads better than a passage of it
        if worth > best_worth:
            best, best_worth = (text, first, found), worth
    return _cut(*best, query)


def _hits(found: list[Word], query: Query) -> list[Hit]:
    """Where *found* answers the slots of *query*, in order."""
    by_key: dict[str, list[tuple[Key, int, float]]] = {}
    for place, slot in enumerate(query.slots):
        for way, worth in slot.ways:
            for key in way:
                by_key.setdefault(key, []).append((way, place, worth))
    hits = []
    for place, word in enumerate(found):
        before = found[place - 1] if place else None
        together = joined([before, word]) if before and (word.hyphenated or before.is_denial) else ""
        first, key = (place - 1, together) if together in by_key else (place, word.stem)
        if key in by_key and not (key == word.stem and word.is_stop_word):
            near = {one.stem for one in found[max(0, place - NEAR) : place + NEAR + 1]} | {key}
            whole = [(worth, -number) for way, number, worth in by_key[key] if near.issuperset(way)]
            if whole:
                worth, number = max(whole)
                hits.append(Hit(first, place, -number, worth))
    return hits


def _best_passage(hits: list[Hit]) -> tuple[float, int]:
    """What the passage that answers most is worth, and the word of its first hit."""
    best, start = 0.0, 0
    for number, hit in enumerate(hits):
        answered: dict[int, float] = {}
        inside = 0
        for other in hits[number:]:
            if other.last - hit.first >= LENGTH - LEAD:
                break
            answered[other.slot] = max(other.worth, answered.get(other.slot, 0.0))
            inside += 1
        worth = sum(answered.values()) + inside / 100
        if worth > best:
            best, start = worth, hit.first
    return best, start


def _cut(text: str, first: int, found: list[Word], query: Query) -> SafeString:
    if not found:
        return SafeString()
    start = _beginning(text, found, first)
    last = min(start + LENGTH, len(found)) - 1
    begin = found[start].start if start else 0
    end = found[last].end if last + 1 < len(found) else len(text)
    places = [(a - begin, b - begin) for a, b in (_place(found, hit) for hit in _hits(found, query))]
    inside = [(a, b) for a, b in places if a >= 0 and b <= end - begin]
    passage = _with_marks(text[begin:end], inside)
    return SafeString(f"{'… ' if start else ''}{passage}{' …' if end < len(text) else ''}")


def _beginning(text: str, found: list[Word], first: int) -> int:
    """The word where a passage around the word *first* begins: with its sentence where that is near."""
    for place in range(first, max(first - 2 * LEAD, 0), -1):
        between = text[found[place - 1].end : found[place].start]
        if any(sign in between for sign in SENTENCE_ENDS):
            return place
    return 0 if first <= 2 * LEAD else first - LEAD


def _place(found: list[Word], hit: Hit) -> tuple[int, int]:
    return found[hit.first].start, found[hit.last].end


def _with_marks(text: str, places: list[tuple[int, int]]) -> SafeString:
    pieces: list[tuple[str, str, str, str]] = []
    done = 0
    for start, end in sorted(places):
        if start >= done:
            pieces.append((text[done:start], SafeString("<mark>"), text[start:end], SafeString("</mark>")))
            done = end
    return format_html_join("", "{}{}{}{}", [*pieces, (text[done:], "", "", "")])
