"""The same text with the typography taken out, so that « 06 12 » is found however its spaces were typed."""

from __future__ import annotations

import sys
import unicodedata

INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
)
TWINS = {
    " ": "\t\v\f\r\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{HAIR SPACE}"
    "\N{EN SPACE}\N{EM SPACE}\N{PUNCTUATION SPACE}\N{IDEOGRAPHIC SPACE}",
    "-": "‐‑‒–—―−﹣－",
    "'": "’‘ʼ′`´＇",
    "·": "•⋅∙・‧",
    "°": "º˚",
    "@": "＠﹫",
    "+": "＋",
    ".": "．。",
    "/": "／⁄",
}
FOLDS = {ord(twin): plain for plain, twins in TWINS.items() for twin in twins} | {
    code: str(unicodedata.digit(chr(code)))
    for code in range(0x80, sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in ("Nd", "No") and unicodedata.digit(chr(code), None) is not None
}


def legible(text: str) -> str:
    """*text* without the characters that nobody sees, with accents in one piece."""
    return unicodedata.normalize("NFC", text).translate(INVISIBLE)


def folded(text: str) -> str:
    """*text* with one kind of space, dash, apostrophe and digit; every character stays at its place."""
    return text.translate(FOLDS)


def plain(word: str) -> str:
    """*word* in lower case and without accents."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
