"""The words of the site as they are spelled, for who mistypes one or has typed but its beginning."""

from __future__ import annotations

from collections.abc import Iterable

from home.search.models import KEY_LENGTH, Spelling
from home.search.words import Word

SHORTEST = 4


def keep(found: Iterable[Word]) -> None:
    """Remember how these words are spelled."""
    spellings = {word.folded: word for word in found if not word.is_stop_word}
    Spelling.objects.bulk_create(
        [
            Spelling(folded=folded, written=word.written.lower(), key=word.stem)
            for folded, word in sorted(spellings.items())
            if folded.isalpha() and SHORTEST <= len(folded) <= KEY_LENGTH
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
