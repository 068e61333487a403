"""E-mail addresses, those disguised from robots included."""

from __future__ import annotations

import re
from collections.abc import Iterator

from home.moderation.scanner.spans import Kind, Span

# Possessive (« ++ »), and never begun inside itself: a long run of letters is read once, not once a letter.
LOCAL = r"(?<![\w.+%'@-])[\w.+%'-]++"
LABEL = r"\w(?:[\w-]{0,61}\w)?"
AT = (
    r"(?:\s?@\s?|\s?[\[({<]\s?(?:at|arobase|arobas|aro|a|@)\s?[\])}>]\s?|\s(?:arobase|arobas)\s"
    r"|\schez\s(?=(?:gmail|outlook|hotmail|yahoo|proton|protonmail|orange|free|laposte|gmx|riseup|posteo)\b))"
)
DOT = r"(?:\.|\s?[\[({<]\s?(?:dot|point|pt|punto|punkt|\.)\s?[\])}>]\s?|\s(?:point|dot)\s)"
EMAIL = re.compile(rf"{LOCAL}{AT}(?:{LABEL}{DOT}){{1,5}}[^\W\d_]{{2,24}}(?!\w)", re.IGNORECASE)
SPELT_OUT = re.compile(
    rf"{LOCAL}\sat\s(?:{LABEL}\s(?:dot|point)\s){{1,4}}[^\W\d_]{{2,24}}(?!\w)", re.IGNORECASE
)


def emails(text: str) -> Iterator[Span]:
    for pattern in (EMAIL, SPELT_OUT):
        for match in pattern.finditer(text):
            yield Span(Kind.EMAIL, *match.span())
