"""French words brought to a common form, the same for the index and for a query, on every database.

*Hébergements*, *hébergement* and *hebergement* become one stem. Done here and not by the database, because
SQLite has no French stemming and PostgreSQL's is deaf to missing accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+", re.UNICODE)
# Elisions stand apart from the word they lean on: « l’accueil » is found by « accueil ».
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
INCLUSIVE_ENDING = re.compile(r"[·•]\w+")
STOP_WORDS = frozenset(
    (
        "a à au aux avec ce ces cet cette dans de des du elle elles en et eux il ils je la le les leur leurs "
        "lui ma mais me même mes moi mon ne nos notre nous on ou où par pas pour qu que qui sa se ses si son "
        "sur ta te tes toi ton tu un une vos votre vous est sont été être y"
    ).split()
)

_stemmer = snowballstemmer.stemmer("french")


def fold(word: str) -> str:
    """*word* in lower case without accents: « Réfugié·e » → « refugie·e »."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def singular(word: str) -> str:
    """*word* without the mark of its plural: « orangers » → « oranger », « locaux » → « local ».

    Snowball alone stems « orangers » and « oranger » differently. Words that end so in the singular too are cut in
    the same way on both sides, which is all that matters here.
    """
    if len(word) <= 3:
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    return word[:-1] if word.endswith(("s", "x")) else word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The folded stem of one word, whose accents may be missing."""
    return fold(_stemmer.stemWord(singular(word.casefold())))


def words(text: str) -> Iterator[str]:
    """The words of *text* that mean something, in order; « modérateur·rices » counts as « modérateur »."""
    plain = INCLUSIVE_ENDING.sub("", ELISION.sub(" ", text))
    return (word for word in WORD.findall(plain) if word.casefold() not in STOP_WORDS)


def stems(text: str) -> Iterator[str]:
    """What the index keeps of *text*: each word's stem, and the stem of the word typed without its accents."""
    for word in words(text):
        accented, bare = stem(word), stem(fold(word))
        yield accented
        if bare != accented:
            yield bare


def query_stems(text: str) -> list[str]:
    """What a query looks for: one stem a word."""
    return [stem(word) for word in words(text)]
