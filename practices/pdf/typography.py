"""French typography of what people typed: spaces that must not break, wherever they were typed as plain ones."""

from __future__ import annotations

import re

NBSP, NARROW = "\u00a0", "\u202f"
TAG = re.compile(r"(<style.*?</style>|<[^>]*>)", re.DOTALL)
RULES = [
    (re.compile(r"(?<=\S)[ \u00a0](?=[;!?](?!\w))"), NARROW),
    (re.compile(r"(?<=\S) (?=[:»€%](?!\w))"), NBSP),
    (re.compile(r"« "), f"«{NBSP}"),
    (re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))"), NARROW),
    (
        re.compile(
            r"(?<=\d) (?=(?:€|%|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre)\b)"
        ),
        NBSP,
    ),
    (re.compile(r"(?<=\d) (?=(?:novembre|décembre|personnes?|communes?|ans?|mois|heures?)\b)"), NBSP),
    (re.compile(r"(?<=\b[nN]°) |(?<=\b[pP]\.) (?=\d)"), NBSP),
]
HEADING = re.compile(r"(</?h)([1-6])\b")
DEEPEST = 6


def no_breaks(html: str) -> str:
    """*html* with no-break spaces in its text; tags, attributes and styles stay as they are."""
    parts = TAG.split(html)
    parts[::2] = [_spaced(text) for text in parts[::2]]
    return "".join(parts)


def lower_headings(html: str, by: int) -> str:
    """*html* with every heading *by* levels deeper: a whole document becomes a chapter of another."""
    return HEADING.sub(lambda found: f"{found[1]}{min(int(found[2]) + by, DEEPEST)}", html)


def _spaced(text: str) -> str:
    for pattern, space in RULES:
        text = pattern.sub(space, text)
    return text
