"""The words of a French text, one by one, with their place in it.

Elisions, inclusive endings and hyphens are read here: *l’accueil* holds « accueil », *exilé·es*, *exilé.e.s* and
*exilé-e-s* hold « exilé », *sans-papiers* and *sans papiers* hold « papiers » and the compound « sanspapiers ».
Acronyms are read without their signs: *E&P*, *S.D.F.*
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from home.search.stemming import fold, stem

_FILLER = "\x01"  # what belongs to the word before it and is not read: « ·es »
_UNSEEN = dict.fromkeys(map(ord, "\x00\x01\x02\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_JOINT = "\x02"  # between the letters of an acronym: « E&P », « S.D.F. »
_WORD = re.compile(rf"([^\W_]+(?:{_JOINT}[^\W_])*){_FILLER}*")
_ACRONYM = re.compile(r"(?<![^\W_])[^\W\d_](?:[.&][^\W\d_])+(?![^\W_])")
_APOSTROPHES = "'’ʼ‘"
_HYPHENS = "-‐‑"
_ELISION = re.compile(
    rf"(?<![^\W_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu)[{_APOSTROPHES}]", re.IGNORECASE
)
_ENDING = (
    r"(?:(?:trice|rice|ice|euse|ière|ère|ienne|enne|esse|ale|lle|le|ne|sse|se|te|ve|fe|e)s?|s)"  # exilé.es
)
_INCLUSIVE = re.compile(
    rf"(?<=[^\W\d_])(?:[·•‧∙⋅・][^\W\d_]+)+"
    rf"|(?<=[^\W\d_][^\W\d_])(?:[{_HYPHENS}./]{_ENDING})(?:[{_HYPHENS}./]s)?(?![^\W_])"
    rf"|(?<=[^\W\d_][^\W\d_])\({_ENDING}\)(?:s|\(s\))?(?![^\W_])"
)
STOP_WORDS = frozenset(
    (
        "a à ai aie ainsi alors as au aucun aucune aujourd aussi autre autres aux avaient avait avant avec "
        "avez avoir avons car ce ceci cela celle celles celui ces cet cette ceux chez ci combien comme "
        "comment contre d dans de depuis des dès devoir doit doivent donc dont du elle elles en entre es "
        "est et étaient était être été eu eux existe existent exister faire fais fait font hui ici il ils "
        "ira j je jusqu l la là laquelle le lequel les lesquelles lesquels leur leurs lors lui m ma mais me "
        "même mêmes mes moi moins mon n ne ni nos notre nous on ont or ou où par pas peu peut peuvent peux "
        "plus plusieurs pour pourquoi pouvoir puis puisqu qu quand que quel quelle quelles quelqu quelque "
        "quelques quels qui quoi quoiqu s sa se sera serait ses si soi sois soit sommes son sont sous suis "
        "sur t ta te tes toi ton tous tout toute toutes très trouve trouvent trouver tu un une va vais vers "
        "veut veux veulent vont vos votre vous vouloir y ça sans non"
    ).split()
)
# They mean something with the word they deny: « sans papiers » is no « papiers ».
DENIALS = frozenset(("sans", "non"))


@dataclass(frozen=True)
class Word:
    """One word of a text: from where to where it stands, and how it is written there."""

    start: int
    end: int
    written: str
    hyphenated: bool  # tied by a hyphen to the word before it

    @cached_property
    def folded(self) -> str:
        return fold(self.written)

    @cached_property
    def stem(self) -> str:
        return stem(self.written)

    @property
    def is_stop_word(self) -> bool:
        return self.written.casefold() in STOP_WORDS or (len(self.written) == 1 and self.written.isalpha())

    @property
    def is_denial(self) -> bool:
        return self.written.lower() in DENIALS


def readable(text: str) -> str:
    """*text* with its accents composed and without the signs that nobody sees."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN))


def words(text: str) -> list[Word]:
    """The words of *text*, which must be ``readable``, in order and with their places."""
    masked = _ELISION.sub(lambda match: " " * len(match[0]), text)
    masked = _INCLUSIVE.sub(lambda match: _FILLER * len(match[0]), masked)
    masked = _ACRONYM.sub(lambda match: _JOINT.join(match[0][::2]), masked)
    found: list[Word] = []
    for match in _WORD.finditer(masked):
        between = masked[found[-1].end : match.start()] if found else ""
        written = match[1].replace(_JOINT, "")
        found.append(Word(match.start(), match.end(), written, between != "" and between in _HYPHENS))
    return found


def groups(found: list[Word]) -> Iterator[list[Word]]:
    """*found* cut where no hyphen ties the words: « porte-parole » is one group of two."""
    group: list[Word] = []
    for word in found:
        if group and not word.hyphenated:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def joined(parts: list[Word]) -> str:
    """The stem of the words written as one: « sans papiers » → « sanspapi »."""
    return stem("".join(part.folded for part in parts))


def compounds(found: list[Word]) -> Iterator[str]:
    """The stems under which the compounds of a text are found besides their parts."""
    for group in groups(found):
        if len(group) > 1:
            yield joined(group)
    for denial, denied in itertools.pairwise(found):
        if denial.is_denial and not denied.is_stop_word:
            yield joined([denial, denied])


def keys_of(found: list[Word]) -> Iterator[str]:
    """The keys under which a text with these words is found."""
    yield from (word.stem for word in found if not word.is_stop_word)
    yield from compounds(found)
