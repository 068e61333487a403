"""What people write around what they look for: « exemples de … », « comment monter … », « je voudrais savoir … »."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from home.search.words import Word, readable, words

FILE = Path(__file__).with_name("asides.toml")


def without_asides(found: list[Word]) -> list[Word]:
    """The words of *found* that say what is looked for; all of them where nothing else is said."""
    kept: list[Word] = []
    rest = found
    while rest:
        length = next((length for length in _lengths() if _folded(rest[:length]) in _asides()), 0)
        kept += rest[: 1 - bool(length)]
        rest = rest[length or 1 :]
    return kept if any(not word.is_stop_word for word in kept) else found


def _folded(found: list[Word]) -> tuple[str, ...]:
    return tuple(word.folded for word in found)


@cache
def _asides() -> frozenset[tuple[str, ...]]:
    return frozenset(_folded(words(readable(text))) for text in tomllib.loads(FILE.read_text())["asides"])


@cache
def _lengths() -> list[int]:
    """How many words an aside may have, the longest first."""
    return sorted({len(aside) for aside in _asides()}, reverse=True)
