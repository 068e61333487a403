"""The units of meaning in what somebody typed: mostly single words, « sans papiers » and « rendez-vous » being one."""

from __future__ import annotations

from home.search.words import Word, groups, joined

Key = tuple[str, ...]


def units(found: list[Word]) -> list[tuple[str, Key]]:
    """The words that mean something: as they are written, and under which key; « sans papiers » is one of them."""
    result: list[tuple[str, Key]] = []
    denial: Word | None = None
    for group in groups(found):
        start = [denial] if denial else []
        denial = group[-1] if group[-1].is_denial else None
        meaning = [word for word in group if not word.is_stop_word]
        if not meaning:
            continue
        whole = [*start, *group]
        together = len(whole) > 1
        result.append((_written(whole), (joined(whole),) if together else (meaning[0].stem,)))
    return result


def parts_of_compounds(found: list[Word]) -> dict[Key, Key]:
    """By the key of each compound of several words that mean something, their keys: « mal-logement » has two."""
    parts: dict[Key, Key] = {}
    for group in groups(found):
        meaning = [word.stem for word in group if not word.is_stop_word]
        if len(meaning) > 1:
            parts[(joined(group),)] = tuple(meaning)
    return parts


def _written(group: list[Word]) -> str:
    return " ".join(word.written for word in group)
