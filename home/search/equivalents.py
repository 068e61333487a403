"""Other words for the same thing, which no theme knows: « toit » and « logement », « docteur » and « soins »."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from home.search.units import Key, units
from home.search.words import readable, words

FILE = Path(__file__).with_name("equivalents.toml")
OTHER_WORD = 0.3  # what another word for the same is worth
LONGEST = 4


def longest_phrase(ways: list[Key]) -> int:
    """How many of the first *ways* make up one thing that has other words: « titre de séjour » has two."""
    known = _groups()
    for length in range(min(LONGEST, len(ways)), 1, -1):
        if tuple(key for way in ways[:length] for key in way) in known:
            return length
    return 1


def equivalents_of(keys: Key) -> tuple[tuple[Key, float], ...]:
    """The other ways to say *keys*, each with what it is worth."""
    return tuple((way, OTHER_WORD) for way in _groups().get(keys, ()) if way != keys)


@cache
def _groups() -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = {}
    for group in tomllib.loads(FILE.read_text())["groups"]:
        ways = [tuple(key for _, way in units(words(readable(text))) for key in way) for text in group]
        for way in ways:
            found[way] = list(dict.fromkeys([*found.get(way, []), *ways]))
    return found
