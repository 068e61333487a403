"""What somebody typed, read as a query: words, « phrases entre guillemets », and words to leave out (``-mot``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from home.search.asides import without_asides
from home.search.equivalents import OTHER_WORD, equivalents_of, longest_phrase
from home.search.indexing import phrase_of
from home.search.units import Key, parts_of_compounds, units
from home.search.words import Word, keys_of, readable, words

MAX_LENGTH = 200
MAX_SLOTS = 12
_QUOTED = re.compile(r"""(?P<minus>(?<!\S)[-−])?["«“”„](?P<phrase>[^"«»“”„]*)["»“”]""")
_LEFT_OUT = re.compile(r"(?<!\S)[-−](?=[^\W_])(\S+)")


@dataclass(frozen=True)
class Slot:
    """One thing looked for: the words as typed, and the keys that answer it, each way with what it is worth (0 to 1).

    A way of several keys needs all of them: « titre de séjour ».
    """

    written: str
    ways: tuple[tuple[Key, float], ...]


class Phrasing(NamedTuple):
    """The stems, in order, that a page has to hold, and those that it must not."""

    held: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass
class Query:
    slots: list[Slot] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    phrase_keys: set[str] = field(default_factory=set)  # what a page holds that holds the phrases
    excluded: list[Key] = field(default_factory=list)
    excluded_phrases: list[str] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """Every key that has to be looked up."""
        ways = [way for slot in self.slots for way, _worth in slot.ways]
        return self.phrase_keys.union(*ways, *self.excluded)

    @property
    def phrasing(self) -> Phrasing:
        """What is asked of the order of the words: queries that ask the same of it find the same pages within reach."""
        return Phrasing(tuple(self.phrases), tuple(self.excluded_phrases))


def parse(text: str) -> Query:
    """Read *text*, whatever it is. Quotes that nobody closed and lone signs count as spaces."""
    query = Query()
    plain = readable(text[:MAX_LENGTH])
    for match in _QUOTED.finditer(plain):
        listed = words(match["phrase"])
        phrase = phrase_of(listed)
        if not list(keys_of(listed)):
            continue
        if match["minus"]:
            query.excluded_phrases.append(phrase)
        else:
            query.phrases.append(phrase)
            query.phrase_keys.update(word.stem for word in listed if not word.is_stop_word)
            query.slots += [Slot(written, ((way, 1.0),)) for written, way in units(listed)]
    plain = _QUOTED.sub(" ", plain)
    query.excluded = [way for left_out in _LEFT_OUT.findall(plain) for _, way in units(words(left_out))]
    query.slots += slots(without_asides(words(_LEFT_OUT.sub(" ", plain))))
    query.slots = list({slot.ways: slot for slot in query.slots}.values())[:MAX_SLOTS]
    return query


def slots(found: list[Word]) -> list[Slot]:
    """What is looked for, with other words for the same."""
    listed = units(found)
    parts = parts_of_compounds(found)
    result: list[Slot] = []
    while listed:
        length = longest_phrase([way for _, way in listed])
        taken, listed = listed[:length], listed[length:]
        own = tuple(key for _, way in taken for key in way)
        apart = ((parts[own], OTHER_WORD),) if own in parts else ()
        ways = ((own, 1.0), *equivalents_of(own), *apart)
        result.append(Slot(" ".join(written for written, _ in taken), ways))
    return result
